using AiGateway.Domain.Ledger;

namespace AiGateway.Engine;

/// <summary>
/// Expires what no log line has cleared, for closed periods too, and finishes postings that a crash left open. Any
/// number of sweeps
/// may run at once, and be killed at any time.
/// </summary>
public sealed class Sweep(
    IAccountStore accounts,
    ILedgerStore ledger,
    IPostingStore postings,
    Settler settler,
    Pacing pacing,
    SweepOptions options)
{
    private const int PagesMax = 10_000;

    // An expression holds 4 KB: a day can have hundreds of buckets' names in it.
    private const int PastAtOnce = 4;

    private readonly SafeRetry retry = new(pacing);
    private readonly OpenPostings open = new(postings, pacing);

    /// <summary>
    /// One pass over all accounts. It waits for the confirmation time at least once. How far the index is behind is
    /// measured twice: by what it still shows although it is closed, and by probes that it should show by now.
    /// </summary>
    /// <exception cref="IndexLagException">The open index is too far behind: nothing was released.</exception>
    /// <exception cref="StoreFailedException">The store gave no answer; run it again.</exception>
    public async Task<SweepReport> RunAsync(CancellationToken stop)
    {
        var probes = new IndexProbes(ledger, pacing);
        await probes.SendAsync(stop);
        await FinishPostingsAsync(stop);
        var newest = options.NewestExpired(pacing.Now);
        var shards = new ShardRecall(accounts, pacing);
        var stale = await FindAsync(newest, shards, stop);
        foreach (var account in stale)
        {
            await RemoveAsync(account.Account, account.Past, stop);
        }

        var recalled = await shards.RunAsync(stop);
        var buckets = BucketsToLookThrough(newest, stale);
        var entries = new OpenEntries(ledger, settler, pacing);

        if (!await IsQuietAsync(entries, probes, buckets, stop))
        {
            return new SweepReport(entries.Expired, 0, LagOf(entries, probes), "The open index still shows expired entries.")
            {
                Recalled = recalled,
            };
        }

        var released = 0;
        string? left = null;
        foreach (var account in stale.Where(account => account.Buckets.Count > 0))
        {
            if (await open.FinishAsync(account.Account, stop))
            {
                released += await ReleaseAsync(account, stop);
                await RemovePastAsync(account.Account, stop);
            }
            else
            {
                left = $"Postings of {account.Account} could not be applied.";
            }
        }

        return new SweepReport(entries.Expired, released, LagOf(entries, probes), left) { Recalled = recalled };
    }

    // What a crash left open: no batch may ever touch those accounts again, and they need not have an item yet.
    private async Task FinishPostingsAsync(CancellationToken stop)
    {
        var finished = new HashSet<AccountKey>();
        string? cursor = null;
        for (var page = 0; page < PagesMax; page++)
        {
            var from = cursor;
            var scanned = await retry.ReadAsync("open postings", () => postings.ScanOpenAsync(from, stop), stop);
            foreach (var account in scanned.Postings.Select(posting => posting.Account).Where(finished.Add))
            {
                await open.FinishAsync(account, stop);
            }

            cursor = scanned.Cursor;
            if (cursor is null)
            {
                return;
            }
        }
    }

    private async Task<IReadOnlyList<StaleAccount>> FindAsync(
        long newest, ShardRecall shards, CancellationToken stop)
    {
        var now = pacing.Now;
        var found = new List<StaleAccount>();
        string? cursor = null;
        for (var page = 0; page < PagesMax; page++)
        {
            var from = cursor;
            var scanned = await retry.ReadAsync("account scan", () => accounts.ScanAsync(from, stop), stop);
            foreach (var account in scanned.Accounts)
            {
                found.Add(new StaleAccount(
                    account.Account, ExpiredBuckets(account, newest), StaleTotals.OfAnyZone(account, now)));
                shards.Note(account);
            }

            cursor = scanned.Cursor;
            if (cursor is null)
            {
                return found;
            }
        }

        throw new InvalidOperationException($"There are more than {PagesMax} pages of accounts.");
    }

    // The charge of what expired may have brought a window back that is over.
    private async Task RemovePastAsync(AccountKey account, CancellationToken stop)
    {
        var now = pacing.Now;
        var totals = await retry.ReadAsync("account", () => accounts.ReadAsync(account, stop), stop);
        if (totals is not null)
        {
            await RemoveAsync(account, StaleTotals.OfAnyZone(totals, now), stop);
        }
    }

    // Minutes, hours and days that are over and that no write has removed: processes that just began know of none. One
    // that changed meanwhile is left to the next sweep.
    private async Task RemoveAsync(
        AccountKey account, IReadOnlyDictionary<Total, RunningTotal> past, CancellationToken stop)
    {
        foreach (var totals in past.Chunk(PastAtOnce))
        {
            var seen = totals.ToDictionary(total => total.Key, total => total.Value);
            await retry.RunAsync(() => accounts.RemoveAsync(account, seen, stop), stop);
        }
    }

    // A request that began in an older bucket may hold in this one: its life is shorter than the time-to-live.
    private SortedSet<long> BucketsToLookThrough(long newest, IReadOnlyList<StaleAccount> stale)
    {
        var buckets = new SortedSet<long>();
        foreach (var last in stale.SelectMany(account => account.Buckets).Distinct())
        {
            AddRange(buckets, last - options.BucketsOfLife, last);
        }

        AddRange(buckets, newest - options.LookbackBuckets, newest);
        return buckets;
    }

    // Nothing open, twice, the confirmation time apart, and probes shown that are young enough.
    private async Task<bool> IsQuietAsync(
        OpenEntries entries, IndexProbes probes, SortedSet<long> buckets, CancellationToken stop)
    {
        var quietLooks = 0;
        for (var look = 0; look < options.LooksMax; look++)
        {
            quietLooks = await entries.LookAsync(buckets, stop) ? quietLooks + 1 : 0;
            await probes.LookAsync(stop);
            if (entries.Lag > options.IndexLagMax)
            {
                throw new IndexLagException(entries.Lag, options.IndexLagMax);
            }

            if (quietLooks >= 2 && probes.Lag <= options.IndexLagMax)
            {
                return true;
            }

            await pacing.DelayAsync(options.Confirmation, stop);
        }

        return probes.Lag <= options.IndexLagMax
            ? false
            : throw new IndexLagException(probes.Lag ?? options.TimeToLive, options.IndexLagMax);
    }

    private static TimeSpan LagOf(OpenEntries entries, IndexProbes probes) =>
        probes.Lag > entries.Lag ? probes.Lag.Value : entries.Lag;

    // What stands there now belongs to no live request. One that changed meanwhile is left to the next sweep.
    private async Task<int> ReleaseAsync(StaleAccount stale, CancellationToken stop)
    {
        var account = stale.Account;
        var totals = await retry.ReadAsync("account", () => accounts.ReadAsync(account, stop), stop);
        var released = 0;
        foreach (var (total, running) in totals?.Totals ?? new Dictionary<Total, RunningTotal>())
        {
            foreach (var (bucket, amount) in running.Buckets.Where(bucket => stale.Buckets.Contains(bucket.Key)))
            {
                var answer = await retry.RunAsync(
                    () => accounts.ExpireBucketAsync(account, total, new BucketAmount(bucket, amount), stop), stop);
                released += answer is StoreResult<AccountTotals>.Done ? 1 : 0;
            }
        }

        return released;
    }

    private static IReadOnlyList<long> ExpiredBuckets(AccountTotals account, long newest) =>
        [.. account.Totals.Values
            .SelectMany(total => total.Buckets.Keys)
            .Where(bucket => bucket <= newest)
            .Distinct()];

    private static void AddRange(SortedSet<long> buckets, long first, long last)
    {
        for (var bucket = first; bucket <= last; bucket++)
        {
            buckets.Add(bucket);
        }
    }
}
