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
}
