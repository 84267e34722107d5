using AiGateway.Domain;
using AiGateway.Domain.Budgets;
using AiGateway.Domain.Ledger;

namespace AiGateway.Engine.Tests.Contract;

/// <summary>Values for the shared test of the stores.</summary>
internal static class ContractData
{
    public const long Bucket = 5_876_000;

    public static readonly DateTimeOffset Admitted = DateTimeOffset.FromUnixTimeSeconds(Bucket * HoldBucket.Seconds);

    public static readonly AccountKey Payments = new(TeamScope("payments"), "2025-11");

    public static readonly Total MonthUsd = new("M", Dimension.Usd);

    public static readonly Total MonthTokens = new("M", Dimension.Tokens);

    public static readonly Total DayRequests = new("d12", Dimension.Requests);

    public static Scope TeamScope(string name) =>
        Scope.Team(((Outcome<ScopePart>.Ok)ScopePart.Parse(name)).Value);

    public static ReserveWrite Hold(AccountKey account, decimal usd, decimal? ceiling, long bucket = Bucket) => new(
        account,
        bucket,
        [new(MonthUsd, usd), new(DayRequests, 1)],
        ceiling is { } most ? [new(MonthUsd, most)] : [],
        []);

    public static Attempt AttemptOf(string id, decimal usd, long bucket = Bucket) => new(
        id,
        bucket,
        Admitted,
        new AttemptCall("openai", "gpt-4.1-mini", "/v1/chat/completions", null, true),
        new Usd(usd),
        new HoldBounds(HoldMode.WorstCase, 1200, 300, 1),
        RetryPolicy.Release,
        ExpiryPolicy.Charge,
        [new AccountHold(Payments, [new(MonthUsd, usd), new(DayRequests, 1), new(MonthTokens, 0)])]);

    public static LedgerEntry Held(string requestId, params Attempt[] attempts) => new(
        requestId, EntryState.Held, 1, "payments", Admitted, attempts, [], [], null, null);

    public static LedgerEntry Voided(string requestId) => Held(requestId) with
    {
        State = EntryState.Void,
        Version = 2,
        Result = new EntryResult(null, "over_limit", null, "m", null, null, null, Usd.Zero, Admitted),
    };

    public static LedgerEntry Measured(LedgerEntry held, decimal usd, string postingId) => held with
    {
        State = EntryState.Measured,
        Version = held.Version + 1,
        Settled = [new AccountHold(Payments, [new(MonthUsd, usd), new(DayRequests, 1)])],
        Result = new EntryResult(
            new Usd(usd), "complete", "openai", "gpt-4.1-mini", "openai#gpt-4.1-mini", 100, 20, Usd.Zero, Admitted),
        PostingId = postingId,
    };

    public static Posting PostingOf(string id, decimal settled, decimal released, long bucket = Bucket) => new(
        Payments,
        id,
        [
            new(MonthUsd, settled, 0m, released == 0m ? [] : [new(bucket, released)]),
            new(DayRequests, 1m, 0m, released == 0m ? [] : [new(bucket, 1m)]),
        ]);
}
