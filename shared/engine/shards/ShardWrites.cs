using AiGateway.Domain.Ledger;

namespace AiGateway.Engine;

/// <summary>The writes of one move: what every shard gives or takes, each on its condition. Pure.</summary>
internal static class ShardWrites
{
    /// <summary>What one transaction takes.</summary>
    internal const int ItemsMax = 100;

    /// <summary>
    /// Moves and holds for all items that refused, in one transaction. Null: what was seen together does not fit one
    /// of them.
    /// </summary>
    /// <param name="plan">With the accounts routed to their shards.</param>
    /// <param name="refused">The holds that were refused, as they were sent.</param>
    /// <param name="seen">The items, as they were last seen; null: never.</param>
    public static IReadOnlyList<ShardWrite>? Of(
        ReservePlan plan, IReadOnlyList<ReserveWrite> refused, Func<AccountKey, AccountTotals?> seen)
    {
        var writes = new List<ShardWrite>();
        foreach (var hold in refused)
        {
            if (Of(plan, hold, plan.Shards[hold.Account.Scope], seen) is not { } own)
            {
                return null;
            }

            writes.AddRange(own);
        }

        return writes.Count > ItemsMax ? null : writes;
    }

    private static IEnumerable<ShardWrite>? Of(
        ReservePlan plan, ReserveWrite hold, int shards, Func<AccountKey, AccountTotals?> seen)
    {
        var gather = new ShardGather(hold.Account.Shard, shards, shard => seen(hold.Account.At(shard)));
        var moved = new List<(ShardNeed Need, IReadOnlyDictionary<int, decimal> Moves)>();
        foreach (var limit in ReserveWrites.LowestOn(plan, hold.Account))
        {
            var need = new ShardNeed(limit.Total, limit.Amount, LimitCheck.NeededBy(plan.Attempt, limit));
            if (gather.Of(need) is not { } moves)
            {
                return null;
            }

            moved.Add((need, moves));
        }

        return moved.SelectMany(total => total.Moves.Keys).Append(hold.Account.Shard).Distinct()
            .Select(shard => shard == hold.Account.Shard ? Own(hold, moved) : Other(hold, shard, moved));
    }

    // What it takes makes room before the hold is held against it.
    private static ShardWrite Own(
        ReserveWrite hold, List<(ShardNeed Need, IReadOnlyDictionary<int, decimal> Moves)> moved)
    {
        var shard = hold.Account.Shard;
        var taken = moved.Where(total => total.Moves.ContainsKey(shard)).ToList();
        return new ShardWrite(
            hold with
            {
                Stale = [],
                Ceilings = [.. moved.Select(total => new TotalAmount(
                    total.Need.Total,
                    PartOf(shard, total.Need) - total.Need.Hold - total.Moves.GetValueOrDefault(shard)))],
                GrantedUnder = [.. hold.GrantedUnder
                    .Where(granted => taken.TrueForAll(total => total.Need.Total != granted.Total))],
            },
            [.. taken.Select(total => new TotalAmount(total.Need.Total, total.Moves[shard]))],
            shard == 0 ? [] : [.. taken.Select(total => new TotalAmount(total.Need.Total, total.Need.Limit))]);
    }

    private static ShardWrite Other(
        ReserveWrite hold, int shard, List<(ShardNeed Need, IReadOnlyDictionary<int, decimal> Moves)> moved)
    {
        var given = moved.Where(total => total.Moves.ContainsKey(shard)).ToList();
        return new ShardWrite(
            new ReserveWrite(
                hold.Account.At(shard),
                hold.Bucket,
                [],
                [.. given.Select(total => new TotalAmount(
                    total.Need.Total, PartOf(shard, total.Need) - total.Moves[shard]))],
                []),
            [.. given.Select(total => new TotalAmount(total.Need.Total, total.Moves[shard]))],
            shard == 0 ? [] :
            [
                .. given.Where(total => total.Moves[shard] < 0m)
                    .Select(total => new TotalAmount(total.Need.Total, total.Need.Limit)),
            ]);
    }

    private static decimal PartOf(int shard, ShardNeed need) => shard == 0 ? need.Limit : 0m;
}
