using System.Collections.Concurrent;
using AiGateway.Domain.Ledger;

namespace AiGateway.Engine;

/// <summary>
/// The items of sharded accounts as this process last saw them. Only ever a hint: what it leads to is a condition of
/// the write.
/// </summary>
public sealed class ShardMemory
{
    /// <summary>Younger than this it may be told to a client.</summary>
    internal static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);

    /// <summary>Younger than this a move may be planned with it where little is left.</summary>
    internal static readonly TimeSpan Recent = TimeSpan.FromMilliseconds(250);

    private const int ItemsMax = 10_000;

    private readonly ConcurrentDictionary<AccountKey, (AccountTotals Totals, DateTimeOffset At)> items = new();

    /// <summary>Null: never seen.</summary>
    public AccountTotals? Find(AccountKey shard) =>
        items.TryGetValue(shard, out var seen) ? seen.Totals : null;

    public bool IsFresh(AccountKey shard, DateTimeOffset now) => IsYounger(shard, now, Fresh);

    public bool IsRecent(AccountKey shard, DateTimeOffset now) => IsYounger(shard, now, Recent);

    public bool IsSeenSince(AccountKey shard, DateTimeOffset time) =>
        items.TryGetValue(shard, out var seen) && seen.At >= time;

    public void Note(AccountTotals totals, DateTimeOffset at)
    {
        if (items.Count >= ItemsMax)
        {
            items.Clear();
        }

        items[totals.Account] = (totals, at);
    }

    /// <summary>What the process still has under way.</summary>
    internal LateCalls Late { get; } = new();

    /// <summary>What the shards come to together, as far as they were seen.</summary>
    public AccountTotals SumOf(AccountKey account, int shards) => AccountTotals.Sum(
        account.Whole(),
        [.. Enumerable.Range(0, shards).Select(shard => Find(account.At(shard))).OfType<AccountTotals>()]);

    private bool IsYounger(AccountKey shard, DateTimeOffset now, TimeSpan age) =>
        items.TryGetValue(shard, out var seen) && now < seen.At + age;
}
