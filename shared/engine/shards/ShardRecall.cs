using AiGateway.Domain.Ledger;

namespace AiGateway.Engine;

/// <summary>
/// Gives back to shard 0 what lies idle on others (a shard that is not used any more, a share of a limit that was
/// lowered), and charges it with what a shard spent beyond its share, so that the others count it too. Needs no
/// configuration: a shard in use has holds. A share that is recalled too early is moved again by the next request.
/// </summary>
internal sealed class ShardRecall(IAccountStore accounts, Pacing pacing)
{
    /// <summary>Without a hold in so many buckets a shard lies idle.</summary>
    private const int IdleBuckets = 2;

    private readonly SafeRetry retry = new(pacing);
    private readonly List<AccountTotals> shards = [];
    private readonly HashSet<(AccountKey Bank, Total Total)> limited = [];

    /// <summary>One item of a scan.</summary>
    public void Note(AccountTotals item)
    {
        if (item.Account.Shard > 0)
        {
            shards.Add(item);
            return;
        }

        foreach (var (total, running) in item.Totals)
        {
            if (running.Granted is not null)
            {
                limited.Add((item.Account, total));
            }
        }
    }

    /// <returns>How many running totals moved.</returns>
    public async Task<int> RunAsync(CancellationToken stop)
    {
        var recalled = 0;
        foreach (var shard in shards)
        {
            foreach (var total in Movable(shard))
            {
                var (bank, own) = Moves(shard.Account, total.Key, total.Value.Committed);
                var answer = await retry.RunAsync(() => accounts.MoveAsync([bank, own], stop), stop);
                recalled += answer is StoreResult<IReadOnlyList<AccountTotals>>.Done ? 1 : 0;
            }
        }

        return recalled;
    }

    // Minutes and hours are over before it matters.
    private IEnumerable<KeyValuePair<Total, RunningTotal>> Movable(AccountTotals shard)
    {
        var newest = HoldBucket.Containing(pacing.Now) - IdleBuckets;
        var isIdle = shard.Totals.Values.SelectMany(total => total.Buckets.Keys).All(bucket => bucket < newest);
        return shard.Totals.Where(total => IsLimited(shard, total)
            && total.Key.Window[0] is not ('n' or 'h')
            && (total.Value.Committed > 0m
                || (isIdle && (total.Value.Committed < 0m || total.Value.Granted != ShardShare.UnderNoLimit))));
    }

    // What a shard was never granted anything of may be spent there before there was a limit.
    private bool IsLimited(AccountTotals shard, KeyValuePair<Total, RunningTotal> total) => total.Value.Granted is not null
        || (total.Value.Committed > 0m && limited.Contains((shard.Account.Whole(), total.Key)));

    // On condition that the shard still has that much, or still lacks it. What it lacks may come back to it (an expired
    // hold
    // counts twice until its bucket is released): then that is no share before shard 0 has looked at it, which may have
    // given
    // more than there is. The same of what was idle: the limit may have been another one meanwhile.
    private static (ShardWrite Bank, ShardWrite Own) Moves(AccountKey shard, Total total, decimal committed) => (
        new ShardWrite(
            new ReserveWrite(shard.Whole(), 0, [], [], []), [new TotalAmount(total, committed)], []),
        new ShardWrite(
            new ReserveWrite(shard, 0, [], committed < 0m ? [new TotalAmount(total, committed)] : [], []),
            [new TotalAmount(total, -committed)],
            [new TotalAmount(total, ShardShare.UnderNoLimit)])
        {
            AtLeast = committed > 0m ? [new TotalAmount(total, committed)] : [],
        });
}
