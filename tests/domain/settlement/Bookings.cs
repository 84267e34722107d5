using AiGateway.Domain.AccessLog;
using AiGateway.Domain.Budgets;
using AiGateway.Domain.Identity;
using AiGateway.Domain.Ledger;
using AiGateway.Domain.Pricing;
using AiGateway.Domain.Settlement;
using AiGateway.Domain.Tests.AccessLog;
using AiGateway.Tests;

namespace AiGateway.Domain.Tests.Settlement;

/// <summary>Books single lines on made-up entries, with a small book of published prices.</summary>
internal static class Bookings
{
    public static readonly DateTimeOffset Now = new(2026, 11, 21, 15, 0, 0, TimeSpan.Zero);

    private static readonly AccountKey Account = new(((Outcome<Scope>.Ok)Scope.Parse("team#payments")).Value, "2026-11");

    /// <summary>
    /// Published list prices, dollars for a million tokens, as hard-coded in the tests that compare with them.
    /// </summary>
    public static PriceBook Book { get; } = PriceBook.Of(
        Chat("openai", "gpt-4o-mini", 128_000, 16_384, Rates(0.15m, 0.6m, 0.075m, null)),
        Chat("anthropic", "claude-sonnet-4-5", 200_000, 64_000, Rates(3m, 15m, 0.3m, 3.75m)),
        Chat(
            "aws.bedrock",
            "us.anthropic.claude-haiku-4-5-20251001-v1:0",
            200_000,
            64_000,
            Rates(1.1m, 5.5m, 0.11m, 1.375m)),
        new ModelPrice
        {
            Provider = "openai",
            Model = "text-embedding-3-small",
            Source = "test",
            EffectiveFrom = new DateOnly(2025, 1, 1),
            Kind = ModelKind.Embedding,
            ContextWindow = 8_191,
            Cards = [new RateCard(ServiceTier.Standard, 0, new() { Input = 0.02m / 1_000_000m })],
        });

    public static LineBooking OfCase(string name) => Of(Recorded.Case(name).AccessLines.Single());

    public static LineBooking Of(string text) =>
        Assert.IsType<Outcome<LineBooking>.Ok>(Read(Lines.Access(text))).Value;

    public static Outcome<LineBooking> Read(AccessLine line) => LineBooking.Read(
        line, CallerResolution.Resolve(LineClaims.Of(line.Caller), CallerDirectory.Empty), Book, Now, () => []);

    public static LedgerEntry Held(
        decimal hold, long input, long output, HoldMode mode = HoldMode.WorstCase, string? serviceTier = "default") => new(
            "r-1",
            EntryState.Held,
            1,
            "payments",
            Now,
            [
                new Attempt(
                    "a",
                    HoldBucket.Containing(Now),
                    Now,
                    new AttemptCall("openai", "gpt-4o-mini", "/v1/chat/completions", serviceTier, true),
                    new Usd(hold),
                    new HoldBounds(mode, input, output, 1),
                    RetryPolicy.Release,
                    ExpiryPolicy.Charge,
                    [new AccountHold(Account, [new TotalAmount(new Total("M", Dimension.Usd), hold)])]),
            ],
            [],
            [],
            null,
            null);

    private static ModelPrice Chat(string provider, string model, long window, long output, TokenRates rates) => new()
    {
        Provider = provider,
        Model = model,
        Source = "test",
        EffectiveFrom = new DateOnly(2025, 1, 1),
        Kind = ModelKind.Chat,
        ContextWindow = window,
        MaxOutputTokens = output,
        Cards = [new RateCard(ServiceTier.Standard, 0, rates)],
    };

    private static TokenRates Rates(decimal input, decimal output, decimal cacheRead, decimal? cacheWrite) => new()
    {
        Input = input / 1_000_000m,
        Output = output / 1_000_000m,
        CacheRead = cacheRead / 1_000_000m,
        CacheWrite = cacheWrite / 1_000_000m,
    };
}
