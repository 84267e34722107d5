using AiGateway.Domain.Budgets;
using AiGateway.Domain.Ledger;

namespace AiGateway.Domain.Tests.Ledger;

/// <summary>Entries and bookings for the ledger's tests.</summary>
internal static class LedgerData
{
    public const long Bucket = 5_980_000;

    public static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeSeconds(Bucket * HoldBucket.Seconds);

    public static readonly Total Usd = new("M", Dimension.Usd);

    public static readonly Total Tokens = new("M", Dimension.Tokens);

    public static readonly Total Requests = new("d21", Dimension.Requests);

    public static readonly Total Running = new(Total.InFlight, Dimension.Requests);

    public static AccountKey Team(string name) =>
        new(Scope.Team(((Outcome<ScopePart>.Ok)ScopePart.Parse(name)).Value), "2026-11");

    public static Attempt Attempt(
        string id,
        decimal hold,
        string team = "payments",
        RetryPolicy onRetry = RetryPolicy.Release,
        ExpiryPolicy onExpiry = ExpiryPolicy.Charge,
        long bucket = Bucket) => new(
        id,
        bucket,
        Now,
        new AttemptCall("openai", "gpt-4.1-mini", null, null, false),
        new Usd(hold),
        new HoldBounds(HoldMode.WorstCase, 1000, 200, 2),
        onRetry,
        onExpiry,
        [new AccountHold(Team(team), [new(Usd, hold), new(Tokens, 0m), new(Requests, 1m), new(Running, 1m)])]);

    public static LedgerEntry Held(params Attempt[] attempts) =>
        new("r1", EntryState.Held, attempts.Length, "payments", Now, attempts, [], [], null, null);

    public static Booking Line(EntryState state, decimal cost = 0m, long tokens = 0) => new(
        state,
        "late",
        Now,
        [new AccountHold(Team("late"), [new(Usd, 0m), new(Tokens, 0m)])],
        new BookedAmounts(new Usd(cost), tokens, 1),
        new EntryResult(null, "complete", "openai", "m", null, null, null, Domain.Usd.Zero, Now));

    public static SettlementStep.Write Write(LedgerEntry? current, Booking booking) =>
        Assert.IsType<SettlementStep.Write>(Transitions.Settle(current, "r1", booking));

    public static string Text(IEnumerable<AccountHold> holds) => string.Join("; ", holds.Select(hold =>
        $"{hold.Account}: {string.Join(", ", hold.Amounts.Select(Text))}"));

    public static string Text(IEnumerable<AccountChange> changes) => string.Join("; ", changes.Select(change =>
        $"{change.Account}: {string.Join(", ", change.Changes.Select(Text))}"));

    private static string Text(TotalAmount amount) =>
        $"{amount.Total.Window}.{amount.Total.Dimension}={amount.Amount:0.####}";

    private static string Text(TotalChange change) =>
        $"{change.Total.Window}.{change.Total.Dimension} s{change.Settled:0.####} e{change.Estimated:0.####}"
        + string.Concat(change.Released.Select(hold => $" -{hold.Amount:0.####}@{hold.Bucket - Bucket}"));
}
