using AiGateway.Domain.Ledger;
using AiGateway.Engine.Tests.Contract;
using static AiGateway.Engine.Tests.Shards.ShardPlans;

namespace AiGateway.Engine.Tests.Shards;

/// <summary>What one shard's item does in a move, and on which conditions.</summary>
public static class ShardPartTests
{
    private const long Bucket = 7;

    private static readonly Total Tokens = ContractData.MonthTokens;

    [Fact]
    public static void What_the_holds_shard_takes_makes_room_and_is_granted_anew() => Assert.Equal(
        "team#hot#1@2026-11: holds 5, moves -30, at most 25, grants 1000",
        Told(ShardPart.Own(Hold(1, atMost: 1_000m), [Moving(1_000m, false, (0, 30m), (1, -30m))])));

    [Fact]
    public static void Where_the_holds_shard_takes_nothing_its_share_must_stand_as_it_was_asked_for() => Assert.Equal(
        "team#hot#1@2026-11: holds 5, at most -5, granted at most 1000",
        Told(ShardPart.Own(Hold(1, atMost: 1_000m), [Moving(1_000m, false)])));

    [Theory]
    [InlineData(1000, "team#hot@2026-11: holds 5, moves -7, at most 1002, granted at least 1000")]
    [InlineData(600, "team#hot@2026-11: holds 5, moves -7, at most 602, granted at least 600")]
    public static void Shard_0_holds_within_the_lowest_limit_of_a_share(int limit, string told) => Assert.Equal(
        told, Told(ShardPart.Own(Hold(0, atLeast: 1_000m), [Moving(limit, false, (2, 7m), (0, -7m))])));

    [Theory]
    [InlineData(0, "team#hot@2026-11: holds 5, at most 995, grants 1000")]
    [InlineData(1, "team#hot#1@2026-11: holds 5, at most -5, grants 1000")]
    public static void Where_all_are_granted_anew_the_holds_shard_is_too(int shard, string told) => Assert.Equal(
        told, Told(ShardPart.Own(Hold(shard, 1_000m, 1_000m), [Moving(1_000m, true)])));

    [Fact]
    public static void Of_several_totals_each_has_its_own_conditions()
    {
        var hold = Hold(1, atMost: 1_000m) with
        {
            Stale = [new StaleTotal(new Total("d1", Tokens.Dimension), [1])],
            GrantedAtMost = [new(Usd, 1_000m), new(Tokens, 9_000m)],
        };
        var write = ShardPart.Own(
            hold,
            [
                Moving(1_000m, false, (0, 30m), (1, -30m)),
                new ShardTotal(new ShardNeed(Tokens, 9_000m, 100m), ShardMoves.None(9_000m)),
            ]);

        Assert.Equal([new(Usd, 25m), new TotalAmount(Tokens, -100m)], write.Hold.Ceilings);
        Assert.Equal([new TotalAmount(Tokens, 9_000m)], write.Hold.GrantedAtMost);
        Assert.Equal(([], 1, 1), (write.Hold.Stale, write.Moves.Count, write.Grants.Count));
    }

    [Theory]
    [InlineData(false, "team#hot@2026-11: moves 30, at most 970, granted at least 1000, grants 1000")]
    [InlineData(true, "team#hot@2026-11: moves 30, at most 970, grants 1000")]
    public static void Shard_0_gives_within_the_limit_and_remembers_what_it_is_given_under(bool grantsAll, string told) =>
        Assert.Equal(told, Told(ShardPart.Bank(Hot, [Moving(1_000m, grantsAll, (0, 30m), (1, -30m)), Still(Tokens)])));

    [Theory]
    [InlineData(7, false, "team#hot#2@2026-11: moves 7, at most -7")]
    [InlineData(-3, false, "team#hot#2@2026-11: moves -3, at most 3, grants 1000")]
    [InlineData(7, true, "team#hot#2@2026-11: moves 7, at most -7, grants 1000")]
    public static void Another_shard_gives_what_it_has_and_is_granted_what_it_takes(int amount, bool grantsAll, string told) =>
        Assert.Equal(told, Told(ShardPart.Other(Hot.At(2), [Moving(1_000m, grantsAll, (0, 30m), (2, amount)), Still(Tokens)])));

    [Fact]
    public static void Where_all_are_granted_anew_a_shard_that_moves_nothing_is_too() => Assert.Equal(
        "team#hot#2@2026-11: grants 1000", Told(ShardPart.Other(Hot.At(2), [Moving(1_000m, true, (0, 30m), (1, -30m))])));

    [Theory]
    [InlineData(999, "team#hot#9@2026-11: grants 1000")]
    [InlineData(1000, "team#hot#9@2026-11: granted at least 1000")]
    [InlineData(2000, "team#hot#9@2026-11: granted at least 1000")]
    [InlineData(null, "team#hot#9@2026-11: granted at least 1000")]
    public static void A_shard_that_is_not_in_use_is_granted_anew_only_where_it_was_under_a_lower_limit(int? granted, string told)
    {
        var seen = new AccountTotals(Hot.At(9), new Dictionary<Total, RunningTotal> { [Usd] = RunningTotal.Zero with { Granted = granted } });

        Assert.Equal(told, Told(ShardPart.Unused(Hot.At(9), [Moving(1_000m, true, (0, 30m)), Still(Tokens)], seen)));
    }

    [Fact]
    public static void A_shard_that_was_never_seen_is_only_looked_at() => Assert.Equal(
        "team#hot#9@2026-11: granted at least 1000", Told(ShardPart.Unused(Hot.At(9), [Moving(1_000m, true)], null)));

    private static ReserveWrite Hold(int shard, decimal? atMost = null, decimal? atLeast = null) =>
        new(Hot.At(shard), Bucket, [new(Usd, 5m)], [new(Usd, 0m)], [])
        {
            GrantedAtMost = atMost is { } most ? [new(Usd, most)] : [],
            GrantedAtLeast = atLeast is { } least ? [new(Usd, least)] : [],
        };

    private static ShardTotal Moving(decimal limit, bool grantsAll, params (int Shard, decimal Amount)[] moves) => new(
        new ShardNeed(Usd, 1_000m, 5m),
        new ShardMoves(moves.ToDictionary(move => move.Shard, move => move.Amount), limit, grantsAll));

    private static ShardTotal Still(Total total) => new(new ShardNeed(total, 500m, 1m), ShardMoves.None(500m));

    private static string Told(ShardWrite write)
    {
        Assert.Equal(write.Hold.Amounts.Count > 0 ? Bucket : 0, write.Hold.Bucket);
        Assert.Empty(write.Hold.Stale);
        return $"{write.Account}:" + string.Join(
            ',',
            new[]
            {
                Told("holds", write.Hold.Amounts), Told("moves", write.Moves), Told("at most", write.Hold.Ceilings),
                Told("at least", write.AtLeast), Told("granted at most", write.Hold.GrantedAtMost),
                Told("granted at least", write.Hold.GrantedAtLeast), Told("grants", write.Grants),
            }.OfType<string>());
    }

    private static string? Told(string what, IReadOnlyList<TotalAmount> amounts) => amounts switch
    {
        [] => null,
        [{ Total: var total, Amount: var amount }] when total == Usd => FormattableString.Invariant($" {what} {amount:0.##}"),
        _ => throw new InvalidOperationException($"More than one total, or another: {what}"),
    };
}
