using AiGateway.Domain.Budgets;
using AiGateway.Domain.Ledger;
using AiGateway.Engine.Tests.Fakes;
using static AiGateway.Engine.Tests.Shards.ShardPlans;

namespace AiGateway.Engine.Tests.Shards;

/// <summary>What no answer waits for: the undo after a lost move, and shares moved ahead of need.</summary>
public sealed class LateCallTests
{
    [Fact]
    public async Task A_refusal_after_a_lost_move_does_not_wait_for_its_undo()
    {
        var voids = 0;
        var world = new ShardWorld(shards: 8)
        {
            Script = (call, _) => call.Method switch
            {
                "Move" => Fate.Conflict,
                "Void" when voids++ < 3 => Fate.Throttled,
                _ => Fate.Normal,
            },
        };
        var other = Limit(100m, account: new AccountKey(Scope.Org, "2026-11"));
        var (admitted, outcome) = await AskUntilRefusedAsync(world, Limit(20m), other);

        Assert.Equal(1, Assert.IsType<ReserveOutcome.OverLimit>(outcome).HoldsLeft);
        Assert.Equal((2, 4), (world.RoundTrips, voids));
        Assert.Equal(EntryState.Void, world.Tables.Ledger.Find(world.LastId)!.State);
        Assert.Equal(admitted, world.Tables.Accounts.Committed(other.Account, Usd));
        Assert.Equal((admitted, admitted, 0m), world.Sums());
    }

    [Fact]
    public async Task An_undo_that_nobody_waits_for_and_that_has_no_answer_leaves_its_holds_to_expiry()
    {
        var world = new ShardWorld(shards: 8)
        {
            Script = (call, _) => call.Method switch
            {
                "Move" => Fate.Conflict,
                "GiveBack" => Fate.RequestLost,
                _ => Fate.Normal,
            },
        };
        var other = Limit(100m, account: new AccountKey(Scope.Org, "2026-11"));
        var (admitted, outcome) = await AskUntilRefusedAsync(world, Limit(20m), other);

        Assert.Equal(1, outcome.HoldsLeft);
        Assert.Equal(admitted + 1, world.Tables.Accounts.Committed(other.Account, Usd));
    }

    [Fact]
    public async Task Shares_move_ahead_of_need_so_that_hardly_a_request_waits_for_one()
    {
        var world = new ShardWorld(shards: 4);
        var waited = 0;
        var moves = 0;
        for (var number = 0; number < 9_000; number++)
        {
            Assert.IsType<ReserveOutcome.Admitted>(await world.AskAsync(1m, Limit(10_000m)));
            waited += world.RoundTrips > 1 ? 1 : 0;
            moves += world.Calls.Count(call => call == "Move");
        }

        Assert.Equal((9_000m, 9_000m, 0m), world.Sums());
        Assert.True(moves > 4 && waited <= moves / 3, $"{waited} waited for one of {moves} moves.");
    }

    [Fact]
    public async Task The_first_move_of_a_window_gives_every_shard_its_first_share()
    {
        var world = new ShardWorld(shards: 4);
        do
        {
            await world.AskAsync(1m, Limit(10_000m));
        }
        while (world.RoundTrips == 1);

        Assert.Equal([0, 1, 2, 3], world.Items.Select(item => item.Account.Shard).Order());
        Assert.All(world.Items.Where(item => item.Account.Shard > 0), item => Assert.Equal(
            (10_000m, true), (item[Usd].Granted, item[Usd].Moved < 0m)));
        Assert.Equal(0m, world.Sums().Moved);
    }

    [Fact]
    public async Task Only_so_many_are_under_way_at_once()
    {
        var late = new LateCalls();
        var answer = new TaskCompletionSource();
        for (var number = 0; number < LateCalls.RunningMax; number++)
        {
            Assert.True(late.TryStart(() => answer.Task));
        }

        Assert.False(late.TryStart(() => throw new InvalidOperationException("It was sent.")));
        Assert.Equal(LateCalls.RunningMax, late.Running);
        answer.SetResult();
        while (late.Running > 0)
        {
            await Task.Yield();
        }

        Assert.True(late.TryStart(() => Task.CompletedTask));
    }

    [Fact]
    public void A_bug_comes_out_once_with_the_next_request()
    {
        var late = new LateCalls();
        Assert.True(late.TryStart(() => throw new InvalidOperationException("a bug")));

        Assert.Equal("a bug", Assert.Throws<InvalidOperationException>(late.ThrowIfOneThrew).Message);
        late.ThrowIfOneThrew();
        Assert.Equal(0, late.Running);
    }

    private static async Task<(decimal Admitted, ReserveOutcome Outcome)> AskUntilRefusedAsync(
        ShardWorld world, params AccountLimit[] limits)
    {
        for (var admitted = 0m; ; admitted++)
        {
            var outcome = await world.AskAsync(1m, limits);
            if (outcome is not ReserveOutcome.Admitted)
            {
                return (admitted, outcome);
            }
        }
    }
}
