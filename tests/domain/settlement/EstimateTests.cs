using AiGateway.Domain.Budgets;
using AiGateway.Domain.Decisions;
using AiGateway.Domain.Identity;
using AiGateway.Domain.Ledger;
using AiGateway.Domain.Pricing;
using AiGateway.Domain.Settlement;
using AiGateway.Domain.Tests.AccessLog;

namespace AiGateway.Domain.Tests.Settlement;

/// <summary>
/// What is booked of a request whose figure nobody told: from its hold's bounds, its model's limits, its bytes. One
/// made-up price: a plain token in costs 1 and out 2, the dearest 3 and 5, on the priority tier 10 and 20 (millionths of
/// a dollar), and each request half a dollar.
/// </summary>
public static class EstimateTests
{
    private const string Cut = ""","http.status":200,"streaming":true""";

    private static readonly DateTimeOffset Started = new(2026, 11, 21, 14, 26, 23, TimeSpan.Zero);

    private static readonly ModelPrice Row = new()
    {
        Provider = "openai",
        Model = "m",
        Source = "test",
        EffectiveFrom = new DateOnly(2026, 11, 21),
        Kind = ModelKind.Chat,
        ContextWindow = 1_000,
        MaxOutputTokens = 100,
        RequestFeeUsd = 0.5m,
        Cards =
        [
            new RateCard(ServiceTier.Standard, 0, new()
            {
                Input = 0.000001m, CacheWrite = 0.000003m, Output = 0.000002m, Reasoning = 0.000005m,
            }),
            new RateCard(ServiceTier.Priority, 0, new() { Input = 0.00001m, Output = 0.00002m }),
        ],
    };

    [Fact]
    public static void Every_answer_that_was_asked_for_counts()
    {
        var unknown = On("", Held(choices: 3));
        var cut = On($"{Cut},\"response_bytes\":1000", Held(choices: 3));

        Assert.Equal((10L, 60L, 70L), (unknown.Result.InputTokens, unknown.Result.OutputTokens, unknown.Amounts.Tokens));
        Assert.Equal((10L, 60L, 70L), (cut.Result.InputTokens, cut.Result.OutputTokens, cut.Amounts.Tokens));
    }

    [Theory]
    [InlineData(HoldMode.WorstCase, "\"response_bytes\":7", 7, "0.500065")] // 10 x 3 + 7 x 5
    [InlineData(HoldMode.Expected, "\"response_bytes\":41", 11, "0.500032")] // 10 x 1 + (41 / 4 + 1) x 2
    [InlineData(HoldMode.Expected, "\"response_bytes\":41,\"stream_events\":6", 6, "0.500022")]
    [InlineData(HoldMode.Expected, "\"stream_events\":6", 20, "0.50005")] // how much went out is not known
    public static void A_part_is_estimated_at_the_prices_of_its_hold(HoldMode mode, string part, long output, string usd)
    {
        var booking = On($"{Cut},{part}", Held(mode));

        Assert.Equal((10L, output), (booking.Result.InputTokens, booking.Result.OutputTokens));
        Assert.Equal(usd, booking.Amounts.Cost.ToString());
    }

    [Fact]
    public static void Output_that_the_provider_counted_is_never_less_than_it_said()
    {
        var booking = On($"{Cut},\"gen_ai.usage.input_tokens\":8,\"gen_ai.usage.output_tokens\":500", Held());

        // 8 x 1 counted, 500 x 5.
        Assert.Equal((8L, 500L), (booking.Result.InputTokens, booking.Result.OutputTokens));
        Assert.Equal("0.502508", booking.Amounts.Cost.ToString());
    }

    [Theory]
    [InlineData(null, 100L, null, 100)]
    [InlineData(60L, 100L, null, 60)]
    [InlineData(160L, 100L, null, 100)]
    [InlineData(60L, null, null, 60)]
    [InlineData(null, null, 33L, 33)]
    [InlineData(0L, 100L, null, 100)]
    public static void Without_a_hold_the_least_that_is_known_bounds_the_output(long? asked, long? most, long? bytes, long output)
    {
        var line = (asked is null ? "" : $",\"gen_ai.request.max_tokens\":{asked}") + (bytes is null ? "" : $",\"response_bytes\":{bytes}");

        Assert.Equal((1_000L, output), Tokens(On(line, null, Row with { MaxOutputTokens = most })));
    }

    [Theory]
    [InlineData(null, 1_000L)]
    [InlineData(100L, null)]
    public static void Without_a_hold_and_a_limit_nothing_is_made_up(long? most, long? window) =>
        Assert.Throws<UnbookableLineException>(
            () => On("", null, Row with { MaxOutputTokens = most, ContextWindow = window }));

    [Theory]
    [InlineData(ModelKind.Embedding)]
    [InlineData(ModelKind.Rerank)]
    public static void Without_a_hold_what_answers_without_tokens_has_no_output(ModelKind kind) =>
        Assert.Equal((1_000L, 0L), Tokens(On("", null, Row with { Kind = kind })));

    [Fact]
    public static void A_part_of_an_unknown_models_answer_is_its_whole_hold()
    {
        var held = On($"{Cut},\"response_bytes\":1", Held(), Row with { Model = "another" });
        var alone = On($"{Cut},\"response_bytes\":1", null, Row with { Model = "another" });

        Assert.Equal("0.9", held.Amounts.Cost.ToString());
        Assert.DoesNotContain("Assumed", held.Result.PriceSource, StringComparison.Ordinal);
        Assert.Contains("Assumed", alone.Result.PriceSource, StringComparison.Ordinal);
    }

    [Fact]
    public static void An_entry_without_attempts_bounds_nothing()
    {
        var entry = Held() with { Attempts = [] };

        Assert.Equal(On("", null).Amounts, On("", entry).Amounts);
    }

    [Fact]
    public static void What_has_no_hold_is_counted_on_every_limit_of_its_window_but_not_as_in_flight()
    {
        var budget = Budget.Of(Scope.Org, Window.Day, BudgetMode.Hard, new LimitAmount(Dimension.Tokens, 5m)) with { InFlight = 3m };
        var line = Lines.Access(Line(""));
        var booking = ((Outcome<LineBooking>.Ok)LineBooking.Read(
            line, Caller(line), PriceBook.Of(Row), Started, budget)).Value.On(null);

        var org = booking.Accounts.Where(account => account.Account.Scope == Scope.Org);
        Assert.Equal(["d21", "M", "M", "M"], org.SelectMany(account => account.Amounts).Select(amount => amount.Total.Window));
    }

    internal static Booking On(string more, LedgerEntry? entry, ModelPrice? row = null)
    {
        var line = Lines.Access(Line(more));
        return ((Outcome<LineBooking>.Ok)LineBooking.Read(line, Caller(line), PriceBook.Of(row ?? Row), Started)).Value.On(entry);
    }

    private static (long?, long?) Tokens(Booking booking) => (booking.Result.InputTokens, booking.Result.OutputTokens);

    // Without a status: the client hung up, and nothing of the answer is known.
    private static string Line(string more) =>
        Lines.With($",\"gen_ai.provider.name\":\"openai\",\"gen_ai.request.model\":\"m\"{more}");

    private static Caller Caller(Domain.AccessLog.AccessLine line) =>
        CallerResolution.Resolve(LineClaims.Of(line.Caller), CallerDirectory.Empty);

    // Ten tokens in, twenty out, 90 cents.
    private static LedgerEntry Held(HoldMode mode = HoldMode.WorstCase, long choices = 1)
    {
        var entry = Bookings.Held(0.9m, 10, 20, mode);
        var attempt = entry.Attempts[0];
        return entry with { Attempts = [attempt with { Bounds = attempt.Bounds with { Choices = choices } }] };
    }
}
