using AiGateway.Domain.Budgets;
using AiGateway.Domain.Ledger;
using AiGateway.Engine.Tests.Fakes;
using static AiGateway.Engine.Tests.Shards.ShardPlans;

namespace AiGateway.Engine.Tests.Shards;

/// <summary>Reservations of one process on a sharded scope, step by step.</summary>
public sealed class ShardReservationTests
{
    [Fact]
    public async Task Whatever_fits_is_admitted_in_two_round_trips_at_most_and_nothing_more()
    {
        var world = new ShardWorld(shards: 8);
        for (var number = 0; number < 100; number++)
        {
            Assert.IsType<ReserveOutcome.Admitted>(await world.AskAsync(1m, Limit(100m)));
            Assert.InRange(world.RoundTrips, 1, 2);
        }

        var refused = Assert.IsType<ReserveOutcome.OverLimit>(await world.AskAsync(1m, Limit(100m)));
        Assert.Equal((Hot, 100m, 2), (refused.Limit.Account, refused.Current![Usd].Committed, world.RoundTrips));
        Assert.Equal((100m, 100m, 0m), world.Sums());
        Assert.True(world.Items.Count == 8, $"{world.Items.Count} shards were used.");
    }

    [Fact]
    public async Task The_last_of_a_limit_is_gathered_from_several_shards()
    {
        var world = new ShardWorld(shards: 4);
        for (var number = 0; number < 28; number++)
        {
            await world.AskAsync(1m, Limit(40m));
        }

        Assert.IsType<ReserveOutcome.Admitted>(await world.AskAsync(12m, Limit(40m)));
        Assert.InRange(world.RoundTrips, 1, 2);
        Assert.Equal((40m, 40m, 0m), world.Sums());
    }

    [Fact]
    public async Task A_raised_limit_counts_at_once_and_a_lowered_one_takes_back_what_was_given_out()
    {
        var world = new ShardWorld(shards: 4);
        await AdmitAsync(world, 10, Limit(1_000m));
        await AdmitAsync(world, 20, Limit(2_000m));
        Assert.True(world.Items.Where(item => item.Account.Shard > 0).Sum(item => -item[Usd].Committed) > 40m);

        var admitted = 0;
        for (var number = 0; number < 60; number++)
        {
            admitted += await world.AskAsync(1m, Limit(70m)) is ReserveOutcome.Admitted ? 1 : 0;
        }

        Assert.Equal((40, 70m), (admitted, world.Sums().Held));
    }

    [Fact]
    public async Task Every_limited_total_of_an_item_has_shares_of_its_own_and_counts_stay_whole()
    {
        var world = new ShardWorld(shards: 4);
        var tokens = new Total("M", Dimension.Tokens);
        AccountLimit[] limits = [Limit(1_000m), Limit(1_234m, tokens)];
        for (var number = 0; number < 12; number++)
        {
            Assert.IsType<ReserveOutcome.Admitted>(await world.AskAsync(1m, limits));
        }

        var refused = Assert.IsType<ReserveOutcome.OverLimit>(await world.AskAsync(1m, limits));
        Assert.Equal((tokens, 1_200m), (refused.Limit.Total, refused.Current![tokens].Committed));
        Assert.All(world.Items, item => Assert.Equal(decimal.Truncate(item[tokens].Moved), item[tokens].Moved));
        Assert.Equal(0m, world.Items.Sum(item => item[tokens].Moved));
    }

    [Fact]
    public async Task A_refusal_beside_another_account_gives_everything_back()
    {
        var world = new ShardWorld(shards: 4);
        var other = Limit(5m, account: new AccountKey(Scope.Org, "2026-11"));
        await AdmitAsync(world, 5, Limit(100m), other);

        Assert.IsType<ReserveOutcome.OverLimit>(await world.AskAsync(1m, Limit(100m), other));
        Assert.Equal((5m, 5m, 0m), world.Sums());
    }

    [Theory]
    [InlineData(Fate.RequestLost)]
    [InlineData(Fate.AnswerLost)]
    public async Task A_move_without_an_answer_refuses_and_leaves_what_it_may_have_held_to_expiry(Fate fate)
    {
        var world = new ShardWorld(shards: 8) { Script = (call, _) => call.Method == "Move" ? fate : Fate.Normal };
        var outcome = await world.AskAsync(1m, Limit(100m));
        for (var number = 0; number < 100 && outcome is ReserveOutcome.Admitted; number++)
        {
            outcome = await world.AskAsync(1m, Limit(100m));
        }

        Assert.Equal(StoreFault.TimedOut, Assert.IsType<ReserveOutcome.StoreFailed>(outcome).Fault);
        Assert.Equal(1, outcome.HoldsLeft);
        Assert.Equal(0m, world.Sums().Moved);
        Assert.Equal(EntryState.Void, world.Tables.Ledger.Find(world.LastId)!.State);
    }

    [Fact]
    public async Task A_move_that_others_are_in_the_way_of_tries_the_plain_hold_before_the_next()
    {
        var moves = 0;
        var world = new ShardWorld(shards: 8)
        {
            Script = (call, _) => call.Method == "Move" && moves++ < 3 ? Fate.Conflict : Fate.Normal,
        };
        for (var number = 0; number < 100 && moves == 0; number++)
        {
            Assert.IsType<ReserveOutcome.Admitted>(await world.AskAsync(1m, Limit(300m)));
        }

        Assert.Equal(4, moves);
        Assert.Equal(
            ["Move", "Reserve", "Move", "Reserve", "Move", "Reserve", "Move"],
            world.Calls.SkipWhile(call => call != "Move").Where(call => call is "Move" or "Reserve"));
    }

    [Fact]
    public async Task Idle_shares_come_back_with_the_sweep_and_an_overdrawn_shard_is_paid_for()
    {
        var world = new ShardWorld(shards: 4);
        await AdmitAsync(world, 20, Limit(1_000m));
        await world.OverdrawAsync(world.Items.First(item => item.Account.Shard > 0).Account, 50m);
        world.Time.Now += TimeSpan.FromMinutes(90);
        var report = await world.SweepAsync();

        Assert.True(report.Recalled > 0, "Nothing was recalled.");
        await world.SweepAsync();
        Assert.All(world.Items.Where(item => item.Account.Shard > 0), item => Assert.Equal(0m, item[Usd].Committed));
        var bank = world.Items.Single(item => item.Account.Shard == 0)[Usd];
        Assert.Equal(world.Items.Sum(item => item[Usd].Settled + item[Usd].Estimated), bank.Committed);
        Assert.Equal(0m, world.Sums().Moved);
    }

    [Fact]
    public async Task Shares_that_got_lost_are_told_and_squared_on_shard_zero()
    {
        var world = new ShardWorld(shards: 4);
        await AdmitAsync(world, 10, Limit(100m));
        world.Tables.Accounts.Move([new ShardWrite(new ReserveWrite(Hot.At(1), 0, [], [], []), [new(Usd, -3m)], [])]);

        var wrong = Assert.Single((await world.Books().VerifyAsync(default)).Differences, found => found.IsError);
        Assert.Equal((Hot, DifferenceKind.Moved, -3m), (wrong.Account, wrong.Kind, wrong.OfAccount));
        await world.Books().RebuildAsync(default);
        Assert.DoesNotContain((await world.Books().VerifyAsync(default)).Differences, found => found.IsError);
    }

    private static async Task AdmitAsync(ShardWorld world, int count, params AccountLimit[] limits)
    {
        for (var number = 0; number < count; number++)
        {
            Assert.IsType<ReserveOutcome.Admitted>(await world.AskAsync(1m, limits));
        }
    }
}
