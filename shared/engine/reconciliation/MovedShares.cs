using AiGateway.Domain.Ledger;

namespace AiGateway.Engine;

/// <summary>
/// What the shards of each account moved between each other: nothing is made and nothing is lost by a move. Pure.
/// </summary>
internal sealed class MovedShares
{
    private readonly Dictionary<(AccountKey Account, Total Total), (decimal Before, decimal After)> sums = [];

    public void Add(AccountKey shard, AccountLook before, AccountLook after)
    {
        var totals = (before.Totals?.Totals.Keys ?? []).Concat(after.Totals?.Totals.Keys ?? []).Distinct();
        foreach (var total in totals.Where(Comparison.IsKept))
        {
            var key = (shard.Whole(), total);
            var sum = sums.GetValueOrDefault(key);
            sums[key] = (sum.Before + before[total].Moved, sum.After + after[total].Moved);
        }
    }

    /// <summary>Shards are read one after the other: where something moved meanwhile, nothing can be said.</summary>
    public IReadOnlyList<Difference> Differences() =>
        [.. sums.Where(sum => sum.Value.Before != 0m || sum.Value.After != 0m).Select(sum => sum.Value.Before == sum.Value.After
            ? new Difference(sum.Key.Account, sum.Key.Total, DifferenceKind.Moved, sum.Value.After, 0m)
            : new Difference(sum.Key.Account, null, DifferenceKind.Busy, 0m, 0m))];
}
