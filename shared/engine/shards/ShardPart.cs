using AiGateway.Domain.Ledger;

namespace AiGateway.Engine;

/// <summary>One limited total of a move: what is needed, and who gives and takes for it.</summary>
internal sealed record ShardTotal(ShardNeed Need, ShardMoves Moves)
{
    public Total Total => Need.Total;

    public TotalAmount Grant => new(Total, Moves.Limit);

    public bool IsMovedOn(int shard) => Moves.ByShard.ContainsKey(shard);

    /// <summary>Before the move, so that it fits: all of the limit is shard 0's own part.</summary>
    public TotalAmount CeilingOf(int shard, decimal hold = 0m) =>
        new(Total, (shard == 0 ? Moves.Limit : 0m) - hold - Moves.Of(shard));

    public TotalAmount MoveOf(int shard) => new(Total, Moves.Of(shard));
}

/// <summary>What one shard's item does in a move. Pure.</summary>
internal static class ShardPart
{
    /// <summary>The shard that the hold is on: what it takes makes room before the hold is held against it.</summary>
    public static ShardWrite Own(ReserveWrite hold, IReadOnlyList<ShardTotal> totals)
    {
        var shard = hold.Account.Shard;
        var granted = totals
            .Where(total => total.Moves.GrantsAll || (shard == 0 ? total.Moves.Opens : total.IsMovedOn(shard)))
            .ToList();
        return new ShardWrite(
            hold with
            {
                Stale = [],
                Ceilings = [.. totals.Select(total => total.CeilingOf(shard, total.Need.Hold))],
                GrantedAtMost = [.. hold.GrantedAtMost.Where(IsStanding)],
                GrantedAtLeast = [.. totals.Where(total => hold.GrantedAtLeast.Any(least => least.Total == total.Total))
                    .Select(total => total.Grant).Where(IsStanding)],
            },
            [.. totals.Where(total => total.IsMovedOn(shard)).Select(total => total.MoveOf(shard))],
            [.. granted.Select(total => total.Grant)]);

        bool IsStanding(TotalAmount grant) => granted.TrueForAll(total => total.Total != grant.Total);
    }

    /// <summary>Shard 0, which gives and takes for others, and stays within the limit.</summary>
    public static ShardWrite Bank(AccountKey bank, IReadOnlyList<ShardTotal> totals)
    {
        var moved = totals.Where(total => total.IsMovedOn(0)).ToList();
        return new ShardWrite(
            new ReserveWrite(bank, 0, [], [.. moved.Select(total => total.CeilingOf(0))], [])
            {
                GrantedAtLeast = [.. moved.Where(total => !total.Moves.GrantsAll).Select(total => total.Grant)],
            },
            [.. moved.Select(total => total.MoveOf(0))],
            [.. moved.Select(total => total.Grant)]);
    }

    /// <summary>Another shard that is in use.</summary>
    public static ShardWrite Other(AccountKey account, IReadOnlyList<ShardTotal> totals)
    {
        var shard = account.Shard;
        var moved = totals.Where(total => total.IsMovedOn(shard)).ToList();
        return new ShardWrite(
            new ReserveWrite(account, 0, [], [.. moved.Select(total => total.CeilingOf(shard))], []),
            [.. moved.Select(total => total.MoveOf(shard))],
            [.. totals.Where(total => total.Moves.GrantsAll || total.Moves.Of(shard) < 0m).Select(total => total.Grant)]);
    }

    /// <summary>
    /// A shard that is not in use, as far as this process knows: nothing is granted on it under a lower limit, or that is
    /// granted anew as well. Where it was never written to, it is looked at and stays so.
    /// </summary>
    public static ShardWrite Unused(AccountKey account, IReadOnlyList<ShardTotal> totals, AccountTotals? seen)
    {
        var granted = totals.Where(total => total.Moves.GrantsAll).ToLookup(
            total => seen?[total.Total].Granted < total.Moves.Limit, total => total.Grant);
        return new ShardWrite(
            new ReserveWrite(account, 0, [], [], []) { GrantedAtLeast = [.. granted[false]] }, [], [.. granted[true]]);
    }
}
