using AiGateway.Domain.Budgets;
using AiGateway.Domain.Ledger;
using AiGateway.Engine.Tests.Contract;
using static AiGateway.Engine.Tests.Shards.ShardPlans;

namespace AiGateway.Engine.Tests.Shards;

/// <summary>
/// A limit that is raised and put back to what it was: what shards were given before must not be spent on top of what was
/// spent meanwhile.
/// </summary>
public sealed class ShardLimitChangeTests
{
    private const decimal Low = 100m;
    private const decimal High = 200m;

    [Theory]
    [InlineData(2, 2)]
    [InlineData(8, 8)]
    [InlineData(64, 64)]
    [InlineData(8, 2)]
    [InlineData(64, 3)]
    public async Task Nothing_is_admitted_beyond_a_limit_that_was_raised_and_put_back(int shards, int meanwhile)
    {
        var before = new ShardWorld(shards) { Process = "before" };
        await AdmitAsync(before, 20, 0.1m, Low);
        Assert.Contains(before.Items, item => item.Account.Shard > 0 && item[Usd].Committed < -0.1m);

        var during = new ShardWorld(meanwhile, before) { Process = "during" };
        await AdmitAsync(during, 20, 5m, High);
        await SpendsNothingAsync(before, 4 * shards, Low);
        await SpendsNothingAsync(new ShardWorld(shards, before) { Process = "after" }, 4 * shards, Low);

        Assert.Equal((102m, 102m, 0m), before.Sums());
        await AdmitAsync(during, 40, 1m, High);
    }

    [Fact]
    public async Task Beyond_the_lowest_limit_that_was_granted_under_every_share_is_granted_anew()
    {
        var world = new ShardWorld(shards: 4);
        await AdmitAsync(world, 20, 1m, Low);
        await AdmitAsync(world, 4, 10m, High);
        Assert.Equal(Low, Assert.Single(Granted(world)));

        await AdmitAsync(world, 5, 10m, High);
        Assert.Equal(High, Assert.Single(Granted(world)));
        Assert.Equal(4, world.Items.Count);
    }

    /// <summary>While some processes know the new limit and some the old one.</summary>
    [Fact]
    public async Task Shares_of_a_lower_limit_count_under_a_higher_one()
    {
        var low = new ShardWorld(shards: 4) { Process = "low" };
        await AdmitAsync(low, 20, 0.1m, Low);
        var high = new ShardWorld(shards: 4, low) { Process = "high" };
        await AdmitAsync(high, 1, 0.1m, High);
        var moves = 0;
        for (var number = 0; number < 100; number++)
        {
            var (asking, limit) = number % 2 == 0 ? (low, Low) : (high, High);
            Assert.IsType<ReserveOutcome.Admitted>(await asking.AskAsync(0.1m, Limit(limit)));
            moves += asking.RoundTrips - 1;
        }

        Assert.Equal(0, moves);
    }

    /// <summary>Two windows with an item each, on more shards than one transaction takes twice.</summary>
    [Fact]
    public async Task Two_items_that_both_have_to_grant_anew_do_so_one_after_the_other()
    {
        AccountLimit[] Both(decimal amount) => [Limit(amount), Limit(amount, account: Week)];
        var world = new ShardWorld(shards: 64);
        await AdmitAsync(world, 9, 11m, Both(Low));
        var admitted = 0;
        for (var tries = 0; tries < 12; tries++)
        {
            admitted += await world.AskAsync(11m, Both(High)) is ReserveOutcome.Admitted ? 1 : 0;
        }

        Assert.InRange(admitted, 8, 9);
        Assert.Equal((admitted + 9) * 11m, world.Sums().Held);
    }

    /// <summary>As a month and a week begin at once, no shard has a share of either.</summary>
    [Fact]
    public async Task First_shares_of_two_items_wait_where_one_transaction_does_not_take_them_all()
    {
        var world = new ShardWorld(shards: 64);

        await AdmitAsync(world, 200, 0.01m, [Limit(Low), Limit(Low, account: Week)]);
    }

    private static AccountKey Week => Hot with { Period = "2026-W47" };

    private static IEnumerable<decimal> Granted(ShardWorld world) =>
        world.Items.Select(item => item[Usd].Granted).OfType<decimal>().Distinct();

    private static Task AdmitAsync(ShardWorld world, int count, decimal usd, decimal limit) =>
        AdmitAsync(world, count, usd, [Limit(limit)]);

    private static async Task AdmitAsync(ShardWorld world, int count, decimal usd, AccountLimit[] limits)
    {
        for (var number = 0; number < count; number++)
        {
            Assert.IsType<ReserveOutcome.Admitted>(await world.AskAsync(usd, limits));
            Assert.InRange(world.RoundTrips - world.SentAgain, 1, 2);
        }
    }

    private static async Task SpendsNothingAsync(ShardWorld world, int count, decimal limit)
    {
        for (var number = 0; number < count; number++)
        {
            Assert.IsType<ReserveOutcome.OverLimit>(await world.AskAsync(0.1m, Limit(limit)));
        }
    }
}
