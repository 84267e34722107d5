using System.Text;

namespace AiGateway.Domain.Budgets;

/// <summary>
/// How many bytes a scope's limits take of its month item at worst, so that it stays under 1 KB and a reserve costs one
/// write unit. The test of the item's size holds these figures against real items.
/// </summary>
internal static class MonthItemSize
{
    public const int BytesMax = 1_024;

    /// <summary>The key's names, the period, and the month's own totals, which are booked limited or not.</summary>
    private const int Base = 105;

    /// <summary>A shard's number in the key.</summary>
    private const int ShardNumber = 3;

    public static int Of(Scope scope, IEnumerable<(Window Window, Dimension Dimension)> limits, int shards = 1) =>
        Base + Encoding.UTF8.GetByteCount(scope.Value)
        + limits.Sum(limit => Of(limit.Window, limit.Dimension)
            + (shards > 1 ? OfShard(limit.Window, limit.Dimension) : 0))
        + (shards > 1 ? ShardNumber : 0);

    // Three minutes stand in it at once, with a bucket each; of the others the current one with eight buckets, and the
    // one before. Other windows have items of their own.
    private static int Of(Window window, Dimension dimension) => (window, dimension) switch
    {
        (Window.Minute, Dimension.Usd) => 213,
        (Window.Minute, Dimension.Tokens) => 174,
        (Window.Minute, _) => 162,
        (Window.Hour, Dimension.Usd) => 262,
        (Window.Hour, Dimension.Tokens) => 212,
        (Window.Hour, _) => 198,
        (Window.Day, Dimension.Usd) => 220,
        (Window.Day, Dimension.Tokens) => 170,
        (Window.Day, _) => 156,
        (Window.Month, Dimension.Usd) => 120,
        (Window.Month, Dimension.Tokens) => 88,
        (Window.Month, _) => 80,
        _ => 0,
    };

    // What was moved, and the limit that it was granted under, of every instance that stands in the item; what is
    // negative takes one more.
    private static int OfShard(Window window, Dimension dimension) => (window, dimension) switch
    {
        (Window.Minute, Dimension.Usd) => 108,
        (Window.Minute, Dimension.Tokens) => 90,
        (Window.Minute, _) => 84,
        (Window.Hour, Dimension.Usd) => 72,
        (Window.Hour, Dimension.Tokens) => 60,
        (Window.Hour, _) => 56,
        (Window.Day, Dimension.Usd) => 60,
        (Window.Day, Dimension.Tokens) => 48,
        (Window.Day, _) => 44,
        (Window.Month, Dimension.Usd) => 26,
        (Window.Month, Dimension.Tokens) => 20,
        (Window.Month, _) => 18,
        _ => 0,
    };
}
