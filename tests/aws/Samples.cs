using AiGateway.Domain;
using AiGateway.Domain.Budgets;
using AiGateway.Domain.Ledger;

namespace AiGateway.Aws.Tests;

/// <summary>Values that the tests of the stores share.</summary>
internal static class Samples
{
    public const long Bucket = 5_978_000;

    public static readonly DateTimeOffset Now = new(2026, 11, 21, 14, 5, 12, TimeSpan.Zero);

    public static readonly AccountKey Payments = Account("payments");

    public static readonly Total MonthUsd = new("M", Dimension.Usd);

    public static readonly Total DayTokens = new("d21", Dimension.Tokens);

    public static AccountKey Account(string team) => new(Scope.Team(Part(team)), "2026-11");

    public static ScopePart Part(string text) => ((Outcome<ScopePart>.Ok)ScopePart.Parse(text)).Value;

    public static Attempt Attempt(string id = "a1") => new(
        id,
        Bucket,
        Now,
        new AttemptCall("aws.bedrock", "anthropic.claude-sonnet", "/v1/messages", null, true),
        new Usd(0.25m),
        new HoldBounds(HoldMode.WorstCase, 12_000, 4_096, 1),
        RetryPolicy.Release,
        ExpiryPolicy.Charge,
        [new AccountHold(Payments, [new TotalAmount(MonthUsd, 0.25m), new TotalAmount(DayTokens, 16_096m)])]);

    public static LedgerEntry Held(string requestId, params Attempt[] attempts) => new(
        requestId, EntryState.Held, 1, "payments", Now, attempts.Length == 0 ? [Attempt()] : attempts, [], [], null, null);

    public static LedgerEntry Void(string requestId) => Held(requestId) with
    {
        State = EntryState.Void,
        Result = new EntryResult(null, "over_limit", null, null, null, null, null, Usd.Zero, Now),
    };

    public static LedgerEntry Measured(LedgerEntry held) => held with
    {
        State = EntryState.Measured,
        Version = held.Version + 1,
        Settled = [new AccountHold(Payments, [new TotalAmount(MonthUsd, 0.123456789012m)])],
        Result = new EntryResult(
            new Usd(0.123456789012m), "complete", "aws.bedrock", "anthropic.claude-sonnet", "book:2026-11-01", 9_000, 700, Usd.Zero, Now),
        PostingId = "0193-1",
    };

    public static Posting Posting(string id, params TotalChange[] changes) => new(Payments, id, changes);
}
