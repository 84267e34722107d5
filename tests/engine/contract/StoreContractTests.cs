using AiGateway.Domain.Ledger;
using static AiGateway.Engine.Tests.Contract.ContractData;

namespace AiGateway.Engine.Tests.Contract;

/// <summary>Fresh, empty stores to hold against the contract.</summary>
public sealed record Stores(IAccountStore Accounts, ILedgerStore Ledger, IPostingStore Postings);

/// <summary>
/// What every store of the engine does, one call at a time: the fake of the simulation and the real adapter alike.
/// </summary>
public abstract partial class StoreContractTests
{
    protected abstract Task<Stores> OpenAsync();

    [Fact]
    public async Task A_hold_is_added_to_committed_and_to_its_bucket()
    {
        var stores = await OpenAsync();
        Done(await stores.Accounts.ReserveAsync(Hold(Payments, 0.25m, 10m), default));
        var totals = Done(await stores.Accounts.ReserveAsync(Hold(Payments, 0.5m, 10m), default));

        Assert.Equal(0.75m, totals[MonthUsd].Committed);
        Assert.Equal(0.75m, totals[MonthUsd].Buckets[Bucket]);
        Assert.Equal(2m, totals[DayRequests].Committed);
        Assert.Equal(0m, totals[MonthUsd].Settled);
        AssertSame(totals, Done(await stores.Accounts.ReadAsync(Payments, default))!);
    }

    [Fact]
    public async Task A_hold_that_passes_a_ceiling_writes_nothing_and_shows_the_account()
    {
        var stores = await OpenAsync();
        Done(await stores.Accounts.ReserveAsync(Hold(Payments, 6m, 4m), default));
        var refused = await stores.Accounts.ReserveAsync(Hold(Payments, 5m, 5.999999999999m), default);

        Assert.Equal(6m, Current(refused)![MonthUsd].Committed);
        Assert.Equal(6m, Done(await stores.Accounts.ReadAsync(Payments, default))![MonthUsd].Committed);
    }

    [Fact]
    public async Task A_hold_that_fits_exactly_is_taken()
    {
        var stores = await OpenAsync();
        Done(await stores.Accounts.ReserveAsync(Hold(Payments, 6m, 4m), default));
        var totals = Done(await stores.Accounts.ReserveAsync(Hold(Payments, 4m, 6m), default));

        Assert.Equal(10m, totals[MonthUsd].Committed);
    }

    [Fact]
    public async Task Twelve_decimals_are_kept()
    {
        var stores = await OpenAsync();
        Done(await stores.Accounts.ReserveAsync(Hold(Payments, 0.000000000001m, null), default));
        var totals = Done(await stores.Accounts.ReserveAsync(Hold(Payments, 12345678.9m, null), default));

        Assert.Equal(12345678.900000000001m, totals[MonthUsd].Committed);
    }

    [Fact]
    public async Task Each_bucket_of_five_minutes_stands_alone()
    {
        var stores = await OpenAsync();
        Done(await stores.Accounts.ReserveAsync(Hold(Payments, 1m, null), default));
        var totals = Done(await stores.Accounts.ReserveAsync(Hold(Payments, 2m, null, Bucket + 1), default));

        Assert.Equal(1m, totals[MonthUsd].Buckets[Bucket]);
        Assert.Equal(2m, totals[MonthUsd].Buckets[Bucket + 1]);
    }

    [Fact]
    public async Task A_hold_is_given_back_only_where_the_bucket_has_that_much()
    {
        var stores = await OpenAsync();
        Done(await stores.Accounts.ReserveAsync(Hold(Payments, 1m, null), default));
        var more = await stores.Accounts.GiveBackAsync(Payments, Bucket, [new(MonthUsd, 2m)], default);
        var other = await stores.Accounts.GiveBackAsync(Payments, Bucket + 1, [new(MonthUsd, 1m)], default);
        var same = await stores.Accounts.GiveBackAsync(
            Payments, Bucket, [new(MonthUsd, 1m), new(DayRequests, 1m)], default);

        Assert.IsType<StoreResult<AccountTotals>.Refused>(more);
        Assert.IsType<StoreResult<AccountTotals>.Refused>(other);
        Assert.Equal(0m, Done(same)[MonthUsd].Committed);
        Assert.Equal(0m, Done(same)[DayRequests].Committed);
    }

    [Fact]
    public async Task A_bucket_expires_only_unchanged()
    {
        var stores = await OpenAsync();
        Done(await stores.Accounts.ReserveAsync(Hold(Payments, 1m, null), default));
        var changed = await stores.Accounts.ExpireBucketAsync(Payments, MonthUsd, new(Bucket, 0.5m), default);
        var totals = Done(await stores.Accounts.ExpireBucketAsync(Payments, MonthUsd, new(Bucket, 1m), default));

        Assert.IsType<StoreResult<AccountTotals>.Refused>(changed);
        Assert.Equal(0m, totals[MonthUsd].Committed);
        Assert.DoesNotContain(Bucket, totals[MonthUsd].Buckets.Keys);
        Assert.Equal(1m, totals[DayRequests].Buckets[Bucket]);
        Assert.IsType<StoreResult<AccountTotals>.Refused>(
            await stores.Accounts.ExpireBucketAsync(Payments, MonthUsd, new(Bucket, 1m), default));
    }

    [Fact]
    public async Task Totals_of_past_windows_are_removed_in_passing()
    {
        var stores = await OpenAsync();
        Done(await stores.Accounts.ReserveAsync(Hold(Payments, 1m, null), default));
        var write = new ReserveWrite(
            Payments, Bucket, [new(MonthUsd, 1m)], [], [new StaleTotal(DayRequests, [Bucket])]);
        var totals = Done(await stores.Accounts.ReserveAsync(write, default));

        Assert.DoesNotContain(DayRequests, totals.Totals.Keys);
        Assert.Equal(2m, totals[MonthUsd].Committed);
    }

    [Fact]
    public async Task A_bucket_that_is_not_named_stays_when_its_total_is_removed()
    {
        var stores = await OpenAsync();
        Done(await stores.Accounts.ReserveAsync(Hold(Payments, 1m, null), default));
        Done(await stores.Accounts.ReserveAsync(Hold(Payments, 1m, null, Bucket + 1), default));
        var write = new ReserveWrite(
            Payments, Bucket, [new(MonthUsd, 1m)], [], [new StaleTotal(DayRequests, [Bucket])]);
        var totals = Done(await stores.Accounts.ReserveAsync(write, default));

        Assert.Equal((0m, 1m), (totals[DayRequests].Committed, totals[DayRequests].Buckets[Bucket + 1]));
    }

    [Fact]
    public async Task Past_totals_are_removed_only_as_they_were_seen()
    {
        var stores = await OpenAsync();
        var seen = Done(await stores.Accounts.ReserveAsync(Hold(Payments, 1m, null), default))[DayRequests];
        var changed = Done(await stores.Accounts.ReserveAsync(Hold(Payments, 1m, null), default))[DayRequests];
        var stale = await stores.Accounts.RemoveAsync(
            Payments, new Dictionary<Total, RunningTotal> { [DayRequests] = seen }, default);
        Assert.Equal(2m, Current(stale)![DayRequests].Committed);

        var totals = Done(await stores.Accounts.RemoveAsync(
            Payments, new Dictionary<Total, RunningTotal> { [DayRequests] = changed }, default));
        Assert.DoesNotContain(DayRequests, totals.Totals.Keys);
        Assert.Equal(2m, totals[MonthUsd].Committed);
    }

    [Fact]
    public async Task An_account_that_nothing_was_written_to_is_null()
    {
        var stores = await OpenAsync();

        Assert.Null(Done(await stores.Accounts.ReadAsync(Payments, default)));
    }

    [Fact]
    public async Task Every_account_is_scanned_once()
    {
        var stores = await OpenAsync();
        List<AccountKey> written =
            [.. Enumerable.Range(1, 30).Select(n => new AccountKey(TeamScope($"t{n}"), "2025-11"))];
        foreach (var account in written)
        {
            Done(await stores.Accounts.ReserveAsync(Hold(account, 1m, null), default));
        }

        var found = new List<AccountKey>();
        string? cursor = null;
        do
        {
            var page = Done(await stores.Accounts.ScanAsync(cursor, default));
            found.AddRange(page.Accounts.Select(account => account.Account));
            cursor = page.Cursor;
        }
        while (cursor is not null);

        Assert.Equal(
            written.Select(account => account.ToString()).Order(), found.Select(account => account.ToString()).Order());
    }

    [Fact]
    public async Task A_total_is_corrected_only_as_it_was_seen_and_keeps_its_buckets()
    {
        var stores = await OpenAsync();
        var seen = Done(await stores.Accounts.ReserveAsync(Hold(Payments, 1m, null), default))[MonthUsd];
        var corrected = new RunningTotal(4m, 2m, 1m, seen.Buckets);
        var stale = await stores.Accounts.CorrectAsync(
            Payments, MonthUsd, seen with { Committed = 2m }, corrected, default);
        Assert.IsType<StoreResult<AccountTotals>.Refused>(stale);

        var total = Done(await stores.Accounts.CorrectAsync(Payments, MonthUsd, seen, corrected, default))[MonthUsd];
        Assert.Equal((4m, 2m, 1m, 1m), (total.Committed, total.Settled, total.Estimated, total.Buckets[Bucket]));

        var fresh = Done(await stores.Accounts.CorrectAsync(
            Payments, MonthTokens, RunningTotal.Zero, new(5m, 5m, 0m, RunningTotal.Zero.Buckets), default));
        Assert.Equal((5m, 5m), (fresh[MonthTokens].Committed, fresh[MonthTokens].Settled));
    }

    private static T Done<T>(StoreResult<T> result) => Assert.IsType<StoreResult<T>.Done>(result).Value;

    private static T? Current<T>(StoreResult<T> result) => Assert.IsType<StoreResult<T>.Refused>(result).Current;

    private static void AssertSame(AccountTotals expected, AccountTotals actual)
    {
        Assert.Equal(expected.Account, actual.Account);
        Assert.Equal(expected.Totals.Keys.Order(TotalOrder), actual.Totals.Keys.Order(TotalOrder));
        foreach (var (total, running) in expected.Totals)
        {
            Assert.Equal(running.Committed, actual[total].Committed);
            Assert.Equal(running.Settled, actual[total].Settled);
            Assert.Equal(running.Estimated, actual[total].Estimated);
            Assert.Equal(running.Buckets.OrderBy(b => b.Key), actual[total].Buckets.OrderBy(b => b.Key));
        }
    }

    private static readonly Comparer<Total> TotalOrder = Comparer<Total>.Create(
        (left, right) => string.CompareOrdinal($"{left}", $"{right}"));
}
