using AiGateway.Domain.Budgets;
using AiGateway.Domain.Ledger;

namespace AiGateway.Engine;

/// <summary>One limited total of an item that refused a hold.</summary>
/// <param name="Total">Which one.</param>
/// <param name="Limit">The lowest hard limit on it.</param>
/// <param name="Hold">What is to be held.</param>
internal readonly record struct ShardNeed(Total Total, decimal Limit, decimal Hold);

/// <summary>
/// Who gives what, so that a hold fits on its shard. Pure: it reckons with what was seen, and every part of it is a
/// condition of the
/// write. All moves pass through shard 0, which checks that no more than the limit is given out or spent.
/// </summary>
/// <param name="shard">The one that the hold is on.</param>
/// <param name="shards">How many there are.</param>
/// <param name="seen">The totals of a shard; null: never seen.</param>
internal sealed class ShardGather(int shard, int shards, Func<int, AccountTotals?> seen)
{
    private const int ExcessParts = 8;

    /// <summary>The first shares are this part of a later one: several moves may give them one after the other.</summary>
    private const int FirstParts = 4;

    /// <summary>The largest, where one transaction takes no more; the sweep has the others paid for.</summary>
    private const int DebtsMin = 40;

    /// <summary>While a first share has so many holds, the shards that have none get theirs with another's.</summary>
    private const int FirstHoldsMin = 8;

    /// <summary>False where one transaction would not take so many items.</summary>
    public bool GivesFirstShares { get; init; } = true;

    /// <summary>Null: all that was seen together does not fit the hold.</summary>
    public ShardMoves? Of(ShardNeed need)
    {
        var own = TotalOf(shard, need.Total) ?? RunningTotal.Zero;
        var bank = TotalOf(0, need.Total);
        var reach = ShardShare.ReachOf(need.Limit, bank);
        var opens = bank?.Granted is null;
        if (ShardShare.RoomOf(shard, reach, own) >= need.Hold
            && (need.Hold == 0m || (shard == 0 ? !opens : ShardShare.IsGranted(shard, need.Limit, own))))
        {
            return ShardMoves.None(reach);
        }

        if (opens)
        {
            return Opening(need, own) is { } first ? new ShardMoves(first, need.Limit) { Opens = true } : null;
        }

        if (reach == need.Limit)
        {
            return Moves(need, own, isLast: true) is { } moves ? new ShardMoves(moves, reach) : null;
        }

        // Before others have to give theirs, shard 0 goes beyond the lowest limit that a share was granted under.
        return Moves(need with { Limit = reach }, own, isLast: false) is { } within ? new ShardMoves(within, reach)
            : Moves(need, own, isLast: true, grantsAll: true) is { } beyond ? new ShardMoves(beyond, need.Limit, GrantsAll: true)
            : null;
    }

    // What other shards hold without a share, as where a limit is set when much is held already: shard 0 pays for it, as
    // if it had given that, so that it counts.
    private Dictionary<int, decimal>? Opening(ShardNeed need, RunningTotal own)
    {
        var debts = Enumerable.Range(1, shards - 1)
            .Where(other => other != shard)
            .Select(other => (Shard: other, Debt: TotalOf(other, need.Total)?.Committed ?? 0m))
            .Where(other => other.Debt > 0m)
            .OrderByDescending(other => other.Debt)
            .Take(GivesFirstShares ? shards : DebtsMin)
            .ToList();
        var owed = debts.Sum(other => other.Debt);
        if (Moves(need with { Limit = need.Limit - owed }, own, isLast: true) is not { } moves)
        {
            return null;
        }

        foreach (var (other, debt) in debts)
        {
            moves[other] = moves.GetValueOrDefault(other) - debt;
        }

        if (owed > 0m)
        {
            moves[0] = moves.GetValueOrDefault(0) + owed;
        }

        return moves;
    }

    private Dictionary<int, decimal>? Moves(ShardNeed need, RunningTotal own, bool isLast, bool grantsAll = false)
    {
        var room = ShardShare.RoomOf(shard, need.Limit, own);
        return shard == 0 ? IntoBank(need, need.Hold - room, isLast) : ThroughBank(need, room, isLast, grantsAll);
    }

    private Dictionary<int, decimal>? IntoBank(ShardNeed need, decimal required, bool isLast)
    {
        var moves = new Dictionary<int, decimal>();
        return required <= 0m ? moves : isLast && Take(moves, need, required) ? Balanced(moves) : null;
    }

    // Where more is given out than the limit (it was lowered, or something cost more than its hold), that comes back
    // first.
    private Dictionary<int, decimal>? ThroughBank(ShardNeed need, decimal room, bool isLast, bool grantsAll)
    {
        var bank = TotalOf(0, need.Total) is { } known ? ShardShare.RoomOf(0, need.Limit, known) : (decimal?)null;
        var over = Math.Max(0m, -bank ?? 0m);
        var required = need.Hold - room + over;
        var moves = new Dictionary<int, decimal> { [0] = -over };
        if (required <= 0m)
        {
            return Balanced(moves);
        }

        var left = bank is { } has ? Math.Max(0m, has) : required;
        var given = Math.Min(left, required);
        moves[0] += given;
        if (given < required)
        {
            return isLast && Take(moves, need, required - given) ? Balanced(moves) : null;
        }

        var share = ShardShare.RefillOf(left - required, shards, need.Total.Dimension);
        var first = ShardShare.PartOf(share, FirstParts, need.Total.Dimension);
        var others = GivesFirstShares && first >= FirstHoldsMin * need.Hold ? Ungranted(need, first, grantsAll) : [];
        foreach (var other in others)
        {
            moves[other] = -first;
        }

        moves[0] += others.Count == 0 ? share : first * (others.Count + 1);
        return Balanced(moves);
    }

    // As a window begins, or its limit changes, no shard has a share that counts, and everybody would move one at once.
    // Not one whose debt is more than that: its part of the move would be refused, and all of it with that.
    private List<int> Ungranted(ShardNeed need, decimal first, bool all) => [.. Enumerable.Range(1, shards - 1).Where(other =>
        other != shard && TotalOf(other, need.Total) is { } total && total.Committed <= first
        && (all || !ShardShare.IsGranted(other, need.Limit, total)))];

    // From the richest all of it, or what is enough and a part of the rest. Not more: it may have spent some by now.
    private bool Take(Dictionary<int, decimal> moves, ShardNeed need, decimal required)
    {
        var donors = Enumerable.Range(1, shards - 1)
            .Where(donor => donor != shard)
            .Select(donor => (Donor: donor, Room: TotalOf(donor, need.Total) is { } total ? -total.Committed : 0m))
            .Where(donor => donor.Room > 0m)
            .OrderByDescending(donor => donor.Room);
        foreach (var (donor, room) in donors)
        {
            if (required <= 0m)
            {
                break;
            }

            var given = room < required
                ? room
                : required + ShardShare.PartOf(room - required, ExcessParts, need.Total.Dimension);
            moves[donor] = given;
            required -= given;
        }

        return required <= 0m;
    }

    // What the others give is what this one takes.
    private Dictionary<int, decimal> Balanced(Dictionary<int, decimal> moves)
    {
        moves[shard] = -moves.Values.Sum();
        return moves;
    }

    private RunningTotal? TotalOf(int other, Total total) => seen(other)?[total];
}
