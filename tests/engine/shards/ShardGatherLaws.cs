using AiGateway.Domain.Budgets;
using AiGateway.Domain.Ledger;
using AiGateway.Tests;
using FsCheck;
using FsCheck.Fluent;

namespace AiGateway.Engine.Tests.Shards;

/// <summary>The laws of moving shares: pure, over any shards.</summary>
public static class ShardGatherLaws
{
    private const int Cases = 5_000;

    private static readonly Total Usd = new("M", Dimension.Usd);
    private static readonly Total Tokens = new("M", Dimension.Tokens);

    [Fact]
    public static void A_move_fits_the_hold_within_every_part_or_nothing_could() =>
        Check.One(Laws.Cases(Cases), Prop.ForAll(Any().ToArbitrary(), state =>
        {
            var moves = new ShardGather(state.Shard, state.Committed.Length, shard => Item(state, shard)).Of(state.Need);
            return moves is null ? !CouldFit(state) : Fits(state, moves) && IsWithinWhatWasGranted(state, moves);
        }));

    [Fact]
    public static void Nothing_is_made_and_nothing_lost_and_counts_stay_whole() =>
        Check.One(Laws.Cases(Cases), Prop.ForAll(Any().ToArbitrary(), state =>
        {
            var moves = new ShardGather(state.Shard, state.Committed.Length, shard => Item(state, shard)).Of(state.Need);
            return moves is null || (moves.ByShard.Values.Sum() == 0m
                && (state.Need.Total != Tokens || moves.ByShard.Values.All(moved => decimal.Truncate(moved) == moved)));
        }));

    // After it every donor is within its part, shard 0 within the limit, and the hold fits where it is.
    private static bool Fits(State state, ShardMoves moves)
    {
        decimal After(int shard) => state.Committed[shard] + moves.Of(shard);
        decimal PartOf(int shard) => shard == 0 ? moves.Limit : 0m;
        var isChecked = state.Shard == 0 || moves.ByShard.ContainsKey(0) || moves.ByShard.Count == 0;
        return isChecked
            && moves.ByShard.Keys.Where(shard => shard != state.Shard).All(shard => After(shard) <= PartOf(shard))
            && After(state.Shard) + state.Need.Hold <= PartOf(state.Shard);
    }

    // Beyond the lowest limit that a share was granted under only by granting all of them anew, and only where it must.
    private static bool IsWithinWhatWasGranted(State state, ShardMoves moves)
    {
        var lowest = Math.Min(state.Need.Limit, state.Lowest ?? state.Need.Limit);
        var left = lowest - state.Committed[0];
        var own = state.Shard == 0 ? left : -state.Committed[state.Shard];
        var couldWithin = own + (state.Shard == 0 ? 0m : left) >= state.Need.Hold && left >= 0m;
        return moves.Limit == (moves.GrantsAll ? state.Need.Limit : lowest)
            && (!moves.GrantsAll || (lowest < state.Need.Limit && !couldWithin));
    }

    // All shares together, less what shard 0 has given out too much, and what is held without a share where nothing was
    // granted yet.
    private static bool CouldFit(State state)
    {
        var owed = state.Lowest is null
            ? state.Committed.Where((_, index) => index > 0 && index != state.Shard).Sum(committed => Math.Max(0m, committed))
            : 0m;
        var room = -owed + state.Need.Limit - state.Committed[0] + state.Committed.Skip(1)
            .Select((committed, index) => index + 1 == state.Shard ? -committed : Math.Max(0m, -committed)).Sum();
        return room >= state.Need.Hold;
    }

    private static AccountTotals Item(State state, int shard) => new(
        ShardPlans.Hot.At(shard),
        new Dictionary<Total, RunningTotal>
        {
            [state.Need.Total] = new RunningTotal(state.Committed[shard], 0m, 0m, new Dictionary<long, decimal>())
            {
                Granted = shard == 0 ? state.Lowest : state.Granted,
            },
        });

    private static Gen<State> Any() =>
        from shards in Gen.Choose(2, 9)
        from shard in Gen.Choose(0, shards - 1)
        from isTokens in Gen.Elements(true, false)
        from limit in Gen.Choose(0, 1_000)
        from bank in Gen.Choose(-50, 1_300)
        from others in Gen.ListOf(Gen.Choose(-200, 20), shards - 1)
        from hold in Gen.Choose(0, 400)
        from granted in Gen.Elements<decimal?>(null, 10m, 500m, 2_000m)
        from lowest in Gen.Elements<decimal?>(null, 10m, 500m, 900m, 2_000m)
        let unit = isTokens ? 1m : 0.000001m
        select new State(
            shard,
            new ShardNeed(isTokens ? Tokens : Usd, limit * unit, Math.Min(hold, limit) * unit),
            [bank * unit, .. others.Select(other => other * unit)],
            granted * unit,
            lowest * unit);

    private sealed record State(int Shard, ShardNeed Need, decimal[] Committed, decimal? Granted, decimal? Lowest);
}
