using AiGateway.Domain.Budgets;
using AiGateway.Domain.Ledger;
using AiGateway.Engine.Tests.Fakes;
using static AiGateway.Engine.Tests.Shards.ShardPlans;

namespace AiGateway.Engine.Tests.Shards;

/// <summary>What a reservation on shards waits for, counts, remembers and tells.</summary>
public sealed class ShardRoundTests
{
    private static readonly AccountLimit Other = Limit(5m, account: new AccountKey(Scope.Org, "2026-11"));

    [Fact]
    public async Task A_move_is_the_second_round_trip_and_there_is_none_without_one()
    {
        var world = new ShardWorld(shards: 8);
        var moves = 0;
        for (var number = 0; number < 40; number++)
        {
            Assert.IsType<ReserveOutcome.Admitted>(await world.AskAsync(1m, Limit(300m)));
            var isMoved = world.Calls.Contains("Move");
            moves += isMoved ? 1 : 0;
            Assert.Equal(isMoved ? 2 : 1, world.RoundTrips);
        }

        Assert.True(moves > 3, $"Only {moves} moves.");
    }

    /// <summary>Others hold the items of so many moves: what is sent again for that is counted apart.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    public async Task Without_what_was_sent_again_a_move_is_the_second_round_trip(int conflicts)
    {
        var busy = 0;
        var world = new ShardWorld(shards: 8)
        {
            Script = (call, _) => call.Method == "Move" && busy-- > 0 ? Fate.Conflict : Fate.Normal,
        };
        var moves = 0;
        for (var number = 0; number < 30; number++)
        {
            busy = conflicts;
            Assert.IsType<ReserveOutcome.Admitted>(await world.AskAsync(1m, Limit(300m)));
            var isMoved = world.Calls.Count(call => call == "Reserve") > 1 || world.RoundTrips > 1;
            moves += isMoved ? 1 : 0;
            Assert.Equal(isMoved ? 2 : 1, world.RoundTrips - world.SentAgain);
            Assert.Equal(isMoved ? 2 * conflicts : 0, world.SentAgain);
        }

        Assert.True(moves > 3, $"Only {moves} moves.");
    }

    [Theory]
    [InlineData(false, 4, 19)]
    [InlineData(true, 20, 20)]
    public async Task A_move_that_others_are_always_in_the_way_of_ends_at_the_deadline_and_after_twenty_tries(
        bool standsStill, int least, int most)
    {
        var world = new ShardWorld(shards: 8)
        {
            StandsStill = standsStill, Script = (call, _) => call.Method == "Move" ? Fate.Conflict : Fate.Normal,
        };
        for (var number = 0; number < 30 && !world.Calls.Contains("Move"); number++)
        {
            await world.AskAsync(1m, Limit(300m));
        }

        Assert.InRange(world.Calls.Count(call => call == "Move"), least, most);
        Assert.True(world.Time.Now < world.Deadline, "It waited for longer than anybody does.");
    }

    [Fact]
    public async Task Before_the_next_move_it_waits_for_what_the_shards_hold_by_now()
    {
        var looking = new TaskCompletionSource();
        var isBusy = true;
        var world = new ShardWorld(shards: 8)
        {
            Script = (call, _) => call.Method == "Move" && isBusy ? Fate.Conflict : Fate.Normal,
        };
        world.Network.OnItsWay = call =>
            call.Method == "ReadAccount" && world.Network.Calls.Contains("Move") ? looking.Task : Task.CompletedTask;
        var asking = world.AskAsync(1m, Limit(300m));
        for (var number = 0; number < 30 && asking.IsCompleted; number++)
        {
            asking = world.AskAsync(1m, Limit(300m));
        }

        Assert.False(asking.IsCompleted, "It did not wait for what it asked.");
        var moves = world.Network.Calls.Count(call => call == "Move");
        isBusy = false;
        looking.SetResult();
        Assert.IsType<ReserveOutcome.Admitted>(await asking);
        Assert.Equal(moves + 1, world.Calls.Count(call => call == "Move"));
    }

    [Fact]
    public async Task A_process_that_knows_nothing_waits_for_its_look_at_all_shards()
    {
        var looking = new TaskCompletionSource();
        var world = new ShardWorld(shards: 4);
        world.Network.OnItsWay = call => call.Method == "ReadAccount" ? looking.Task : Task.CompletedTask;
        var asking = world.AskAsync(1m, Limit(1_000m));

        Assert.False(asking.IsCompleted, "It did not wait for what it asked.");
        looking.SetResult();
        Assert.IsType<ReserveOutcome.Admitted>(await asking);
        Assert.Equal(4, world.Calls.Count(call => call == "ReadAccount"));
        Assert.All(Enumerable.Range(0, 4), shard => Assert.NotNull(world.Memory.Find(Hot.At(shard))));
    }

    [Fact]
    public async Task What_is_admitted_is_told_with_all_shards_together()
    {
        var world = new ShardWorld(shards: 4);
        for (var number = 1; number <= 10; number++)
        {
            var admitted = Assert.IsType<ReserveOutcome.Admitted>(await world.AskAsync(1m, Limit(1_000m)));
            var sum = Assert.Single(admitted.Sums);
            Assert.Equal((Hot, (decimal)number, 0m), (sum.Account, sum[Usd].Committed, sum[Usd].Moved));
        }
    }

    /// <summary>The answer of the first round arrives so long after the deadline.</summary>
    [Theory]
    [InlineData(-1, true)]
    [InlineData(0, false)]
    public async Task A_dry_shard_is_refilled_only_before_the_deadline(int ticks, bool isMoved)
    {
        var world = new ShardWorld(shards: 8);
        world.Network.Applied = call =>
            world.Time.Now = call.Method == "Reserve" ? world.Deadline.AddTicks(ticks) : world.Time.Now;
        var calls = new List<string>();
        for (var number = 0; number < 30; number++)
        {
            await world.AskAsync(1m, Limit(1_000m));
            calls.AddRange(world.Calls);
        }

        Assert.Equal(isMoved, calls.Contains("Move"));
    }

    [Fact]
    public async Task What_was_taken_is_not_taken_again_where_a_move_was_in_the_way_of_another()
    {
        var isBusy = true;
        var world = new ShardWorld(shards: 8)
        {
            Script = (call, _) => call.Method == "Move" && isBusy ? Fate.Conflict : Fate.Normal,
        };
        var plenty = Other with { Amount = 1_000m };
        world.Network.Applied = call => isBusy &= call.Method != "Reserve" || world.Network.Calls.Contains("Move") is false;
        for (var number = 1; number <= 20; number++)
        {
            Assert.IsType<ReserveOutcome.Admitted>(await world.AskAsync(1m, Limit(1_000m), plenty));
            Assert.Equal(number, world.Tables.Accounts.Read(plenty.Account)![Usd].Committed);
            isBusy = true;
        }
    }

    /// <summary>The hold that was given back makes room, and the process knows that it did.</summary>
    [Fact]
    public async Task What_was_given_back_is_remembered()
    {
        var world = new ShardWorld(shards: 4);
        for (var number = 0; number < 5; number++)
        {
            Assert.IsType<ReserveOutcome.Admitted>(await world.AskAsync(1m, Limit(1_000m), Other));
        }

        for (var number = 0; number < 8; number++)
        {
            Assert.IsType<ReserveOutcome.OverLimit>(await world.AskAsync(1m, Limit(1_000m), Other));
            Assert.All(world.Items, item => Assert.Equal(item[Usd].Committed, world.Memory.Find(item.Account)![Usd].Committed));
        }
    }

    [Fact]
    public async Task A_refusal_tells_what_other_processes_hold_on_shards_that_this_one_has_not_seen_for_long()
    {
        var world = new ShardWorld(shards: 4);
        var beside = new ShardWorld(shards: 4, world) { Process = "other" };
        Assert.IsType<ReserveOutcome.Admitted>(await beside.AskAsync(1m, Limit(100m)));
        for (var number = 0; number < 99; number++)
        {
            Assert.IsType<ReserveOutcome.Admitted>(await world.AskAsync(1m, Limit(100m)));
        }

        world.Time.Now += TimeSpan.FromSeconds(5);
        var refused = Assert.IsType<ReserveOutcome.OverLimit>(await beside.AskAsync(1m, Limit(100m)));

        Assert.Equal((Hot, 100m), (refused.Limit.Account, refused.Current![Usd].Committed));
    }

    /// <summary>The next request is to know where room is.</summary>
    [Fact]
    public async Task A_refusal_by_another_limit_looks_at_shards_that_were_not_seen_for_a_moment()
    {
        var world = new ShardWorld(shards: 4);
        for (var number = 0; number < 5; number++)
        {
            Assert.IsType<ReserveOutcome.Admitted>(await world.AskAsync(1m, Limit(1_000m), Other));
        }

        world.Time.Now += TimeSpan.FromSeconds(5);
        Assert.IsType<ReserveOutcome.OverLimit>(await world.AskAsync(1m, Limit(1_000m), Other));

        Assert.All(Enumerable.Range(0, 4), shard => Assert.True(world.Memory.IsFresh(Hot.At(shard), world.Time.Now), $"Shard {shard}."));
    }

    /// <summary>While its move was in the way of another, somebody else filled the shard: the plain hold fits by now.</summary>
    [Fact]
    public async Task What_was_taken_in_place_of_a_move_is_remembered()
    {
        var world = new ShardWorld(shards: 8) { Script = (call, _) => call.Method == "Move" ? Fate.Conflict : Fate.Normal };
        AccountKey? filled = null;
        world.Network.OnItsWay = call =>
        {
            if (filled is null && call.Method == "Reserve" && world.Network.Calls.Contains("Move"))
            {
                filled = Enumerable.Range(0, 8).Select(Hot.At).Single(shard => shard.ToString() == call.Items[0]);
                world.Tables.Accounts.Move(
                [
                    new ShardWrite(new ReserveWrite(Hot, 0, [], [], []), [new(Usd, 20m)], []),
                    new ShardWrite(new ReserveWrite(filled, 0, [], [], []), [new(Usd, -20m)], [new(Usd, 300m)]),
                ]);
            }

            return Task.CompletedTask;
        };
        for (var number = 0; number < 30 && filled is null; number++)
        {
            Assert.IsType<ReserveOutcome.Admitted>(await world.AskAsync(1m, Limit(300m)));
        }

        Assert.Equal(-19m, world.Tables.Accounts.Read(filled!)![Usd].Committed);
        Assert.Equal(-19m, world.Memory.Find(filled!)![Usd].Committed);
    }

    [Fact]
    public async Task A_bug_in_what_nobody_waited_for_is_told_to_the_next_one_who_asks()
    {
        var world = new ShardWorld(shards: 4);
        Assert.True(world.Memory.Late.TryStart(() => Task.FromException(new InvalidOperationException("late"))), "It is full.");

        await Assert.ThrowsAnyAsync<Exception>(() => world.AskAsync(1m, Limit(300m)));
    }

    /// <summary>Its void entry and its holds are what matters then.</summary>
    [Fact]
    public async Task Where_the_store_failed_nobody_looks_around()
    {
        var isDown = false;
        var world = new ShardWorld(shards: 4)
        {
            Script = (call, _) => isDown && call.Method == "PutHeld" ? Fate.RequestLost : Fate.Normal,
        };
        await world.AskAsync(1m, Limit(1_000m));
        isDown = true;
        world.Time.Now += TimeSpan.FromSeconds(5);
        Assert.IsType<ReserveOutcome.StoreFailed>(await world.AskAsync(1m, Limit(1_000m)));

        Assert.DoesNotContain("ReadAccount", world.Calls);
    }
}
