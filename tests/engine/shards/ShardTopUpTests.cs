using AiGateway.Domain.Ledger;
using static AiGateway.Engine.Tests.Shards.ShardPlans;

namespace AiGateway.Engine.Tests.Shards;

/// <summary>When a shard is filled ahead of need, with how much, and on which conditions.</summary>
public static class ShardTopUpTests
{
    private const int Shards = 4;
    private const decimal Hold = 2m;
    private const decimal Low = ShardTopUp.LowHolds * Hold;

    /// <summary>Every shard may take this part of what shard 0 has left.</summary>
    private const decimal Enough = Low * Shards * 2;

    [Fact]
    public static void A_low_shard_takes_a_share_of_what_shard_0_has_if_it_is_low_still()
    {
        const decimal BankLeft = 3m * Enough;
        var writes = TopUp(limit: 10_000m, room: Low, BankLeft);

        Assert.NotNull(writes);
        Assert.Equal([0, 1], writes.Select(write => write.Account.Shard));
        Assert.All(writes, write => Assert.Empty(write.Hold.Amounts));
        var (bank, own) = (writes[0], writes[1]);
        Assert.Equal([new(Usd, 3m * Low)], bank.Moves);
        Assert.Equal([new(Usd, 10_000m - (3m * Low))], bank.Hold.Ceilings);
        Assert.Equal([new(Usd, 10_000m)], bank.Grants);
        Assert.Equal([new(Usd, 10_000m)], bank.Hold.GrantedAtLeast);
        Assert.Equal([new(Usd, -3m * Low)], own.Moves);
        Assert.Equal([new(Usd, -Low)], own.AtLeast);
        Assert.Equal([new(Usd, 10_000m)], own.Grants);
    }

    [Theory]
    [InlineData(0, 0, true)]
    [InlineData(1, 0, false)]
    [InlineData(0, -1, false)]
    public static void It_is_filled_where_it_is_low_and_a_share_is_not(int aboveLow, int beyondEnough, bool isFilled) =>
        Assert.Equal(isFilled, TopUp(10_000m, Low + aboveLow, Enough + (beyondEnough * Shards)) is not null);

    [Fact]
    public static void A_share_is_given_within_the_lowest_limit_that_one_was_granted_under()
    {
        const decimal Lowest = 9_000m;
        var bank = Item(0, Lowest - (3m * Enough), granted: Lowest);
        var writes = ShardTopUp.Of(PlanOf(10_000m, shard: 1), Item(1, -Low, granted: 9_500m), _ => bank)!;

        Assert.Equal([new(Usd, Lowest - (3m * Low))], writes[0].Hold.Ceilings);
        Assert.All(writes, write => Assert.Equal([new(Usd, Lowest)], write.Grants));
        Assert.Equal([new(Usd, Lowest)], writes[0].Hold.GrantedAtLeast);
        Assert.Null(ShardTopUp.Of(PlanOf(10_000m, shard: 1), Item(1, -Low), _ => Item(0, Lowest, granted: Lowest)));
    }

    [Fact]
    public static void Shard_0_is_nobodys_to_fill()
    {
        var plan = PlanOf(10_000m, shard: 0);

        Assert.Null(ShardTopUp.Of(plan, Item(0, 10_000m), _ => Item(0, 0m)));
    }

    [Fact]
    public static void Nothing_is_planned_with_a_shard_0_that_was_never_seen() =>
        Assert.Null(ShardTopUp.Of(PlanOf(10_000m, shard: 1), Item(1, -1m), _ => null));

    [Fact]
    public static void What_holds_nothing_is_never_low()
    {
        var plan = PlanOf(10_000m, shard: 1, hold: 0m);

        Assert.Null(ShardTopUp.Of(plan, Item(1, 0m), _ => Item(0, 0m)));
    }

    private static IReadOnlyList<ShardWrite>? TopUp(decimal limit, decimal room, decimal bankLeft) => ShardTopUp.Of(
        PlanOf(limit, shard: 1), Item(1, -room), key => key == Hot ? Item(0, limit - bankLeft) : null);

    private static ReservePlan PlanOf(decimal limit, int shard, decimal hold = Hold)
    {
        var account = Hot.At(shard);
        return Of("r1", "r1.1", DateTimeOffset.UnixEpoch, hold, Shards, Limit(limit, account: account));
    }

    [Fact]
    public static void Nothing_is_given_before_the_first_under_the_limit_has_looked_at_all_shards() =>
        Assert.Null(ShardTopUp.Of(PlanOf(10_000m, shard: 1), Item(1, -Low), _ => ShardPlans.Item(Hot.At(1), Usd, 0m)));

    // Of shard 0 a share was granted before, under a limit that is above all others.
    private static AccountTotals Item(int shard, decimal committed, decimal? granted = null) => new(
        Hot.At(shard),
        new Dictionary<Total, RunningTotal>
        {
            [Usd] = new RunningTotal(committed, 0m, 0m, new Dictionary<long, decimal>()) { Granted = granted ?? (shard == 0 ? 1_000_000m : null) },
        });
}
