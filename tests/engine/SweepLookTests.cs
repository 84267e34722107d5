using AiGateway.Domain.Ledger;
using AiGateway.Engine.Tests.Contract;
using AiGateway.Engine.Tests.Fakes;

namespace AiGateway.Engine.Tests;

/// <summary>What a sweep looks through, how often, and when it believes the index that nothing is open.</summary>
public sealed class SweepLookTests
{
    private static readonly int Shards = OpenIndex.Shards;

    [Theory]
    [InlineData(0, -7)]
    [InlineData(299, -7)]
    [InlineData(300, -6)]
    [InlineData(-1, -8)]
    public static void A_bucket_expires_when_its_end_is_a_time_to_live_ago(int seconds, int bucketsFromNow)
    {
        var now = HoldBucket.End(1_000_000);
        var newest = SweepOptions.Default.NewestExpired(now.AddSeconds(seconds));

        Assert.Equal(1_000_001 + bucketsFromNow, newest);
        Assert.True(HoldBucket.End(newest) + TimeSpan.FromMinutes(30) <= now.AddSeconds(seconds), "It expires too early.");
        Assert.True(HoldBucket.End(newest + 1) + TimeSpan.FromMinutes(30) > now.AddSeconds(seconds), "It expires too late.");
    }

    [Theory]
    [InlineData(30, 8, 15)]
    [InlineData(10, 4, 5)]
    [InlineData(12, 4, 6)]
    public static void A_requests_life_and_the_lag_that_is_borne_follow_from_the_time_to_live(int minutes, int buckets, int lagMinutes)
    {
        var options = SweepOptions.Default with { TimeToLive = TimeSpan.FromMinutes(minutes) };

        Assert.Equal((buckets, TimeSpan.FromMinutes(lagMinutes)), (options.BucketsOfLife, options.IndexLagMax));
    }

    [Fact]
    public async Task Where_nothing_is_held_the_newest_expired_buckets_are_looked_through_twice_in_all_shards()
    {
        var world = new SweepWorld().Following();
        var (newest, start) = (world.Newest, world.Time.Now);
        var report = await world.RunAsync();

        Assert.Equal(Twice(Buckets(newest - 24, newest)), world.Looked);
        Assert.Equal(TimeSpan.FromMinutes(1), world.Time.Now - start);
        Assert.Equal(new SweepReport(0, 0, TimeSpan.Zero, null), report);
        Assert.Equal(2 * Shards, world.Network.Calls.Count(call => call == "QueryOpen") - world.Looked.Count);
        Assert.Equal(
            [.. Enumerable.Repeat("PutProbe", Shards), "ScanOpen", "Scan"],
            world.Network.Calls.Where(call => call != "QueryOpen"));
    }

    /// <summary>A request that began a whole life before its last attempt stands in the index under its first one.</summary>
    [Fact]
    public async Task For_a_hold_in_an_old_bucket_a_requests_whole_life_before_it_is_looked_through_too()
    {
        var world = new SweepWorld().Following();
        var newest = world.Newest;
        world.Hold("payments", newest - 100, 2m);
        world.Hold("search", newest - 100, 2m);
        world.Hold("search", newest - 200, 2m);
        world.Hold("search", newest + 1, 2m);
        var report = await world.RunAsync();

        Assert.Equal(
            Twice([.. Buckets(newest - 208, newest - 200), .. Buckets(newest - 108, newest - 100), .. Buckets(newest - 24, newest)]),
            world.Looked);
        Assert.Equal(3, report.Released);
        Assert.Equal((0m, 2m), (world.Dollars().Committed, world.Dollars("search").Committed));
    }

    /// <summary>Two looks in a row must show nothing: one that shows something begins anew.</summary>
    [Fact]
    public async Task What_shows_between_two_empty_looks_is_expired_and_both_are_looked_again()
    {
        var world = new SweepWorld().Following();
        var late = world.Admit("r1", 2m);
        var hidden = new SweepWorld();
        hidden.FollowProbes();
        hidden.Tables.Ledger.PutHeld(late);
        hidden.Hold("payments", late.Attempts[0].Bucket, 2m);
        hidden.BeforeLook = look =>
        {
            if (look == 2)
            {
                hidden.Index.CatchUp(late);
                hidden.Tables.Ledger.Changed += hidden.Index.CatchUp;
            }
        };
        var start = hidden.Time.Now;
        var report = await hidden.RunAsync();

        Assert.Equal((1, 1), (report.Expired, report.Released));
        Assert.Equal(TimeSpan.FromMinutes(3), hidden.Time.Now - start);
        Assert.Equal((2m, 2m), (hidden.Dollars().Estimated, hidden.Dollars().Committed));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task An_index_that_goes_on_showing_what_is_closed_leaves_the_buckets_to_the_next_sweep(int entries)
    {
        var world = new SweepWorld();
        world.FollowProbes();
        for (var number = 1; number <= entries; number++)
        {
            world.Index.CatchUp(world.Admit($"r{number}", 2m));
        }

        var start = world.Time.Now;
        var report = await world.RunAsync();

        Assert.Equal((entries, 0, "The open index still shows expired entries."), (report.Expired, report.Released, report.LeftForNext));
        Assert.Equal(TimeSpan.FromMinutes(5), report.IndexLag);
        Assert.Equal(6, world.Looked.Count / (25 * Shards));
        Assert.Equal(TimeSpan.FromMinutes(6), world.Time.Now - start);
        Assert.Equal((2m * entries, 4m * entries), (world.Dollars().Estimated, world.Dollars().Committed));
    }

    [Fact]
    public async Task What_came_back_from_idle_shards_is_told_although_the_buckets_are_left()
    {
        var world = new SweepWorld();
        world.FollowProbes();
        world.Index.CatchUp(world.Admit("r1", 2m));
        var bank = SettlerFixture.Account("hot");
        world.Tables.Accounts.Move(
        [
            new ShardWrite(new ReserveWrite(bank, 0, [], [], []), [new(ContractData.MonthUsd, 5m)], []),
            new ShardWrite(new ReserveWrite(bank.At(1), 0, [], [], []), [new(ContractData.MonthUsd, -5m)], [new(ContractData.MonthUsd, 9m)]),
        ]);
        var report = await world.RunAsync();

        Assert.NotNull(report.LeftForNext);
        Assert.Equal(1, report.Recalled);
    }

    /// <summary>How long ago the closed entry that it still shows was closed.</summary>
    [Theory]
    [InlineData(14 * 60, true)]
    [InlineData(15 * 60, true)]
    [InlineData((15 * 60) + 1, false)]
    public async Task An_index_may_show_what_is_closed_for_half_a_time_to_live(int seconds, bool isBorne)
    {
        var world = new SweepWorld();
        world.FollowProbes();
        var held = world.Admit("r1", 2m);
        world.Index.CatchUp(held);
        world.Tables.Ledger.Write(ContractData.Measured(held, 1m, "p") with
        {
            Result = ContractData.Measured(held, 1m, "p").Result! with { SettledAt = world.Time.Now.AddSeconds(-seconds) },
        });
        var options = SweepOptions.Default with { LooksMax = 1 };

        if (isBorne)
        {
            Assert.Equal(TimeSpan.FromSeconds(seconds), (await world.RunAsync(options)).IndexLag);
        }
        else
        {
            var stopped = await Assert.ThrowsAsync<IndexLagException>(() => world.RunAsync(options));
            Assert.Equal("The open index is 00:15:01 behind; the sweep stops beyond 00:15:00.", stopped.Message);
        }

        Assert.Equal(2m, world.Dollars().Buckets.Values.Sum());
    }

    [Fact]
    public async Task The_longest_lag_of_several_is_told_and_an_entry_without_a_time_tells_none()
    {
        var world = new SweepWorld();
        world.FollowProbes();
        foreach (var (id, minutes) in ((string, int?)[])[("r1", 3), ("r2", 9), ("r3", null), ("r4", 5)])
        {
            var held = world.Admit(id, 1m);
            var done = ContractData.Measured(held, 1m, id);
            world.Index.CatchUp(held);
            world.Tables.Ledger.Write(done with
            {
                Result = minutes is { } ago ? done.Result! with { SettledAt = world.Time.Now.AddMinutes(-ago) } : null,
            });
        }

        Assert.Equal(
            TimeSpan.FromMinutes(9), (await world.RunAsync(SweepOptions.Default with { LooksMax = 1 })).IndexLag);
    }

    /// <summary>Each shard shows this sweep's probe, an earlier one, or none.</summary>
    [Theory]
    [InlineData(null, 0, 0)]
    [InlineData(0, 12, 13)]
    [InlineData(15, 12, 13)]
    [InlineData(7, 14, 15)]
    public async Task How_far_the_index_is_behind_is_told_by_the_shard_that_is_furthest_behind(int? behind, int minutes, int told)
    {
        var world = new SweepWorld();
        world.Tables.Ledger.Probed += (shard, at) => world.Index.CatchUp(shard, shard == behind
            ? at.AddMinutes(-minutes)
            : shard == 3 ? at.AddMinutes(-told / 2) : at);
        var report = await world.RunAsync();

        Assert.Equal(TimeSpan.FromMinutes(told), report.IndexLag);
        Assert.Null(report.LeftForNext);
    }

    [Theory]
    [InlineData(9, false)]
    [InlineData(10, false)]
    [InlineData(11, true)]
    public async Task An_index_that_lags_in_one_shard_stops_the_sweep_after_its_last_look(int minutes, bool isStopped)
    {
        // A minute passes between its looks: the sixth is five minutes after the probes were sent.
        var world = new SweepWorld();
        world.Tables.Ledger.Probed += (shard, at) => world.Index.CatchUp(shard, shard == 5 ? at.AddMinutes(-minutes) : at);
        world.BeforeLook = look => world.Index.CatchUp(world.Admit($"r{look}", 1m));
        var sweeping = world.RunAsync();

        if (isStopped)
        {
            Assert.Equal(TimeSpan.FromMinutes(minutes + 5), (await Assert.ThrowsAsync<IndexLagException>(() => sweeping)).Lag);
        }
        else
        {
            var report = await sweeping;
            Assert.Equal(TimeSpan.FromMinutes(minutes + 5), report.IndexLag);
            Assert.NotNull(report.LeftForNext);
        }
    }

    [Fact]
    public async Task An_index_that_shows_no_probe_is_told_as_a_whole_time_to_live_behind()
    {
        var stopped = await Assert.ThrowsAsync<IndexLagException>(() => new SweepWorld().RunAsync());

        Assert.Equal(TimeSpan.FromMinutes(30), stopped.Lag);
    }

    private static List<(long Bucket, int Shard)> Buckets(long first, long last)
    {
        var all = new List<(long, int)>();
        for (var bucket = first; bucket <= last; bucket++)
        {
            all.AddRange(Enumerable.Range(0, Shards).Select(shard => (bucket, shard)));
        }

        return all;
    }

    private static IEnumerable<(long, int)> Twice(List<(long, int)> look) => look.Concat(look);
}
