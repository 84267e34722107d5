using AiGateway.Domain;
using AiGateway.Domain.Budgets;
using AiGateway.Domain.Ledger;
using AiGateway.Engine;

namespace Sweep.Tests.Harness;

/// <summary>What the tests write and read beside the function, on any tables: holds, bookings, totals.</summary>
internal sealed record Books(IAccountStore Accounts, ILedgerStore Ledger, IPostingStore Postings)
{
    public static readonly Total MonthUsd = new("M", Dimension.Usd);

    public static AccountKey Account(string team = "payments", string month = "2026-11") =>
        new(((Outcome<Scope>.Ok)Scope.Parse($"team#{team}")).Value, month);

    /// <summary>Takes a hold without writing an entry: the process died in between.</summary>
    public async Task OrphanAsync(AccountKey account, decimal usd, DateTimeOffset at) =>
        Assert.IsType<StoreResult<AccountTotals>.Done>(await Accounts.ReserveAsync(
            new ReserveWrite(account, HoldBucket.Containing(at), [new(MonthUsd, usd)], [], []), default));

    /// <summary>Admits a request: hold and entry.</summary>
    public async Task HoldAsync(
        string requestId,
        decimal usd,
        DateTimeOffset at,
        AccountKey? account = null,
        ExpiryPolicy onExpiry = ExpiryPolicy.Charge)
    {
        var on = account ?? Account();
        await OrphanAsync(on, usd, at);
        Assert.IsType<StoreResult<LedgerEntry>.Done>(
            await Ledger.PutHeldAsync(EntryOf(requestId, usd, at, on, onExpiry), default));
    }

    /// <summary>A part of the limit moves to a shard, as a request on a hot scope moves it.</summary>
    public async Task GrantAsync(AccountKey account, int shard, decimal usd, decimal limit)
    {
        ShardWrite Move(AccountKey on, decimal amount) =>
            new(new ReserveWrite(on, 0, [], [], []), [new(MonthUsd, amount)], [new(MonthUsd, limit)]);
        Assert.IsType<StoreResult<IReadOnlyList<AccountTotals>>.Done>(await Accounts.MoveAsync(
            [Move(account, usd), Move(account with { Shard = shard }, -usd)], default));
    }

    /// <summary>Books a request's cost as cost_attribution does it.</summary>
    public Task<SettlementReport> BookAsync(
        string requestId, decimal usd, DateTimeOffset at, Pacing pacing, IPostingStore? over = null)
    {
        var ids = 0;
        var settler = new Settler(Ledger, over ?? Postings, pacing, () => $"{requestId}-{++ids}");
        return settler.SettleAsync([new SettlementRequest(requestId, _ => BookingOf(usd, at))], default);
    }

    public async Task<RunningTotal> UsdAsync(AccountKey? account = null)
    {
        var read = await Accounts.ReadAsync(account ?? Account(), default);
        return Assert.IsType<StoreResult<AccountTotals?>.Done>(read).Value?[MonthUsd] ?? RunningTotal.Zero;
    }

    public async Task<LedgerEntry> EntryAsync(string requestId)
    {
        var read = await Ledger.ReadAsync([requestId], default);
        return Assert.Single(Assert.IsType<StoreResult<IReadOnlyList<LedgerEntry>>.Done>(read).Value);
    }

    public async Task<int> OpenPostingsAsync(AccountKey? account = null)
    {
        var read = await Postings.ReadOpenAsync(account ?? Account(), default);
        return Assert.IsType<StoreResult<IReadOnlyList<Posting>>.Done>(read).Value.Count;
    }

    /// <summary>Changes an account past every protocol, as an outage that let requests through can.</summary>
    public async Task DriftAsync(decimal settled)
    {
        var seen = await UsdAsync();
        Assert.IsType<StoreResult<AccountTotals>.Done>(await Accounts.CorrectAsync(
            Account(), MonthUsd, seen, seen with { Settled = settled, Committed = settled }, default));
    }

    private static LedgerEntry EntryOf(
        string requestId, decimal usd, DateTimeOffset at, AccountKey account, ExpiryPolicy onExpiry)
    {
        var attempt = new Attempt(
            $"{requestId}-a1",
            HoldBucket.Containing(at),
            at,
            new AttemptCall("openai", "gpt-4o-mini", null, "default", false),
            new Usd(usd),
            new HoldBounds(HoldMode.WorstCase, 100, 100, 1),
            RetryPolicy.Release,
            onExpiry,
            [new AccountHold(account, [new(MonthUsd, usd)])]);
        return new LedgerEntry(requestId, EntryState.Held, 1, "payments", at, [attempt], [], [], null, null);
    }

    private static Booking BookingOf(decimal usd, DateTimeOffset at) => new(
        EntryState.Measured,
        "payments",
        at,
        [new AccountHold(Account(), [new(MonthUsd, 0m)])],
        new BookedAmounts(new Usd(usd), 0, 1),
        new EntryResult(new Usd(usd), "complete", null, null, null, null, null, Usd.Zero, at));
}
