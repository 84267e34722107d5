using AiGateway.Domain.Budgets;
using static AiGateway.Engine.Tests.Shards.ShardPlans;

namespace AiGateway.Engine.Tests.Shards;

/// <summary>Shards that hold more than was ever moved to them, as where a limit is set when much is held already.</summary>
public sealed class ShardDebtTests
{
    [Fact]
    public async Task A_limit_that_is_set_when_every_shard_holds_something_refuses_nobody_who_fits()
    {
        var world = new ShardWorld(shards: 4);
        for (var number = 0; number < 80; number++)
        {
            Assert.IsType<ReserveOutcome.Admitted>(await world.AskAsync(5m, Limit(1_000m) with { Mode = BudgetMode.Soft }));
        }

        for (var number = 0; number < 600; number++)
        {
            Assert.IsType<ReserveOutcome.Admitted>(await world.AskAsync(1m, Limit(1_000m)));
        }

        Assert.IsType<ReserveOutcome.OverLimit>(await world.AskAsync(1m, Limit(1_000m)));
        Assert.Equal((1_000m, 1_000m, 0m), world.Sums());
    }

    [Theory]
    [InlineData(4)]
    [InlineData(64)]
    public async Task A_limit_that_is_set_when_more_is_held_already_admits_nothing(int shards)
    {
        var before = new ShardWorld(shards) { Process = "before" };
        for (var number = 0; number < 200; number++)
        {
            Assert.IsType<ReserveOutcome.Admitted>(await before.AskAsync(1m, Limit(150m) with { Mode = BudgetMode.Soft }));
        }

        foreach (var world in (ShardWorld[])[before, new(shards, before) { Process = "new" }])
        {
            for (var number = 0; number < 4 * shards; number++)
            {
                Assert.IsType<ReserveOutcome.OverLimit>(await world.AskAsync(1m, Limit(150m)));
            }
        }

        Assert.Equal((200m, 200m, 0m), before.Sums());
        Assert.IsType<ReserveOutcome.Admitted>(await before.AskAsync(1m, Limit(201m)));
        Assert.IsType<ReserveOutcome.OverLimit>(await before.AskAsync(1m, Limit(201m)));
    }

    [Fact]
    public async Task What_others_hold_counts_from_the_first_under_the_limit()
    {
        var before = new ShardWorld(shards: 8) { Process = "before" };
        for (var number = 0; number < 90; number++)
        {
            await before.AskAsync(1m, Limit(100m) with { Mode = BudgetMode.Soft });
        }

        var admitted = 0;
        var world = new ShardWorld(shards: 8, before) { Process = "new" };
        for (var number = 0; number < 40; number++)
        {
            admitted += await world.AskAsync(1m, Limit(100m)) is ReserveOutcome.Admitted ? 1 : 0;
            Assert.InRange(world.RoundTrips - world.SentAgain, 1, 2);
        }

        Assert.Equal((10, 100m), (admitted, world.Sums().Held));
    }
}
