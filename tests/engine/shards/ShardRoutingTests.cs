using System.Globalization;
using AiGateway.Domain.Budgets;
using AiGateway.Domain.Ledger;
using static AiGateway.Engine.Tests.Shards.ShardPlans;

namespace AiGateway.Engine.Tests.Shards;

/// <summary>On which shard a request holds: evenly while there is plenty, then where room is known to be.</summary>
public static class ShardRoutingTests
{
    private const int Shards = 8;
    private const decimal Cap = 1_000m;

    private const decimal Hold = 2m;

    /// <summary>Four holds for each of eight shards.</summary>
    private const decimal Plenty = 4 * Shards * Hold;

    private static readonly Total Tokens = new("M", Dimension.Tokens);

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    [InlineData(2, 1)]
    [InlineData(3, 2)]
    [InlineData(4, 2)]
    [InlineData(14, 7)]
    public static void While_there_is_plenty_shard_0_has_half_of_the_load_of_each_other(int rolled, int shard)
    {
        var dice = new Dice(rolled);
        var routed = ShardRouting.Route(PlanOf(Limit(Cap)), new ShardMemory(), dice.Roll);

        Assert.Equal([(2 * Shards) - 1], dice.Sides);
        Assert.Equal([shard], routed.Limits.Select(limit => limit.Account.Shard));
        Assert.Equal([shard], routed.Attempt.Holds.Select(hold => hold.Account.Shard));
    }

    [Theory]
    [InlineData(0, 15)]
    [InlineData(-1, 7)]
    public static void With_four_holds_for_every_shard_left_on_shard_0_there_is_plenty(int more, int sides)
    {
        var dice = new Dice(0);
        ShardRouting.Route(PlanOf(Limit(Cap)), Knowing(Item(Hot, Usd, Cap - Plenty - more)), dice.Roll);

        Assert.Equal([sides], dice.Sides);
    }

    /// <summary>Shards from 1 on, each with so much left; what is not named has nothing.</summary>
    [Theory]
    [InlineData("", 4, 4)]      // of shards that all are dry the last one that was drawn
    [InlineData("1:2", 1, 1)]
    [InlineData("2:2 3:9", 2, 2)]
    [InlineData("2:1.99 3:2", 3, 3)]
    [InlineData("4:2", 4, 4)]
    [InlineData("5:2", 4, 4)]   // four draws, and no more
    public static void Towards_the_end_it_draws_until_a_shard_has_room(string rooms, int shard, int draws)
    {
        var known = rooms.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(room => room.Split(':'))
            .ToDictionary(room => int.Parse(room[0], CultureInfo.InvariantCulture), room => decimal.Parse(room[1], CultureInfo.InvariantCulture));
        var memory = Knowing([
            Item(Hot, Usd, Cap),
            .. Enumerable.Range(1, Shards - 1).Select(at => Item(Hot.At(at), Usd, -known.GetValueOrDefault(at))),
        ]);
        var dice = new Dice(0, 1, 2, 3, 4, 5);
        var routed = ShardRouting.Route(PlanOf(Limit(Cap)), memory, dice.Roll);

        Assert.Equal(shard, routed.Limits[0].Account.Shard);
        Assert.Equal(Enumerable.Repeat(Shards - 1, draws), dice.Sides);
    }

    [Fact]
    public static void A_shard_that_was_never_seen_is_tried()
    {
        var dice = new Dice(4);
        var routed = ShardRouting.Route(PlanOf(Limit(Cap)), Knowing(Item(Hot, Usd, Cap)), dice.Roll);

        Assert.Equal((5, 1), (routed.Limits[0].Account.Shard, dice.Sides.Count));
    }

    [Fact]
    public static void Every_hard_limit_of_the_scope_must_have_plenty_and_then_room()
    {
        AccountLimit[] limits = [Limit(Cap), Limit(100_000m, Tokens), Limit(0m, new("M", Dimension.Requests)) with { Mode = BudgetMode.Soft }];
        var memory = Knowing(
            Both(Hot, 0m, 100_000m), Both(Hot.At(1), -5m, 0m), Both(Hot.At(2), 0m, -500m), Both(Hot.At(3), -2m, -100m));
        var dice = new Dice(0, 1, 2, 3);
        var routed = ShardRouting.Route(PlanOf(limits), memory, dice.Roll);

        Assert.Equal([7, 7, 7], dice.Sides);
        Assert.All(routed.Limits, limit => Assert.Equal(3, limit.Account.Shard));
    }

    [Fact]
    public static void A_scope_has_one_shard_in_all_its_windows_and_what_is_not_spread_has_none()
    {
        var week = Hot with { Period = "2026-W47" };
        var org = new AccountKey(Scope.Org, "2026-11");
        var user = new AccountKey(Contract.ContractData.TeamScope("cold"), "2026-11");
        var plan = PlanOf(Limit(Cap), Limit(Cap, account: week), Limit(5m, account: org), Limit(5m, account: user));
        plan = plan with { Shards = new Dictionary<Scope, int> { [Hot.Scope] = Shards, [Scope.Org] = 1 } };
        var dice = new Dice(5);
        var routed = ShardRouting.Route(plan, Knowing(Item(org, Usd, 5m), Item(user, Usd, 5m)), dice.Roll);

        Assert.Equal([(2 * Shards) - 1], dice.Sides);
        AccountKey[] accounts = [Hot.At(3), week.At(3), org, user];
        Assert.Equal(accounts, routed.Limits.Select(limit => limit.Account));
        Assert.Equal(accounts, routed.Attempt.Holds.Select(hold => hold.Account));
    }

    [Fact]
    public static void A_plan_without_shards_stays_as_it_is()
    {
        var plan = PlanOf(Limit(Cap)) with { Shards = new Dictionary<Scope, int> { [Hot.Scope] = 1 } };

        Assert.Same(plan, ShardRouting.Route(plan, new ShardMemory(), new Dice().Roll));
    }

    private static ReservePlan PlanOf(params AccountLimit[] limits) =>
        Of("r1", "r1.1", DateTimeOffset.UnixEpoch, Hold, Shards, limits);

    private static ShardMemory Knowing(params AccountTotals[] items)
    {
        var memory = new ShardMemory();
        foreach (var item in items)
        {
            memory.Note(item, DateTimeOffset.UnixEpoch);
        }

        return memory;
    }

    private static AccountTotals Both(AccountKey account, decimal usd, decimal tokens) => new(
        account,
        new Dictionary<Total, RunningTotal>
        {
            [Usd] = RunningTotal.Zero with { Committed = usd },
            [Tokens] = RunningTotal.Zero with { Committed = tokens },
        });

    /// <summary>Falls as it is told, and tells how many sides it was to have.</summary>
    private sealed class Dice(params int[] falls)
    {
        public List<int> Sides { get; } = [];

        public int Roll(int sides)
        {
            Sides.Add(sides);
            return falls[Sides.Count - 1];
        }
    }
}
