using AiGateway.Domain.Budgets;
using AiGateway.Domain.Ledger;
using AiGateway.Engine.Tests.Contract;
using AiGateway.Engine.Tests.Fakes;
using static AiGateway.Engine.Tests.SettlerFixture;

namespace AiGateway.Engine.Tests;

public sealed class SweepTests
{
    [Fact]
    public async Task A_hold_that_no_line_cleared_is_charged_and_its_bucket_released()
    {
        var world = new SettlerFixture();
        world.Admit("r1", 2m);
        world.Time.Now += TimeSpan.FromMinutes(40);
        var report = await world.SweepAsync();

        Assert.Equal((1, 1, null), (report.Expired, report.Released, report.LeftForNext));
        Assert.Equal(EntryState.Expired, world.Tables.Ledger.Find("r1")!.State);
        var total = world.Dollars("payments");
        Assert.Equal((0m, 2m, 2m), (total.Settled, total.Estimated, total.Committed));
        Assert.Empty(total.Buckets);
    }

    [Fact]
    public async Task A_hold_is_let_be_until_its_time_to_live_has_passed()
    {
        var world = new SettlerFixture();
        world.Admit("r1", 2m);
        world.Time.Now += TimeSpan.FromMinutes(29);
        var report = await world.SweepAsync();

        Assert.Equal((0, 0), (report.Expired, report.Released));
        Assert.Equal(EntryState.Held, world.Tables.Ledger.Find("r1")!.State);
        Assert.Equal(2m, world.Dollars("payments").Committed);
    }

    [Fact]
    public async Task A_hold_without_an_entry_is_released()
    {
        var world = new SettlerFixture();
        world.Tables.Accounts.Reserve(new ReserveWrite(
            Account("payments"), HoldBucket.Containing(world.Time.Now), [new(ContractData.MonthUsd, 3m)], [], []));
        world.Time.Now += TimeSpan.FromMinutes(40);
        await world.SweepAsync();

        Assert.Equal(0m, world.Dollars("payments").Committed);
    }

    [Theory]
    [InlineData(EntryState.Void)]
    [InlineData(EntryState.NotSent)]
    public async Task A_hold_of_a_refused_request_is_released_and_nothing_is_charged(EntryState state)
    {
        var world = new SettlerFixture();
        world.Admit("r1", 2m);
        world.Tables.Ledger.Write(world.Tables.Ledger.Find("r1")! with { State = state, Version = 2 });
        world.Time.Now += TimeSpan.FromMinutes(40);
        var report = await world.SweepAsync();

        Assert.Equal((0, 1), (report.Expired, report.Released));
        Assert.Equal((0m, 0m), (world.Dollars("payments").Committed, world.Dollars("payments").Estimated));
    }

    [Fact]
    public async Task A_late_line_replaces_the_charge_by_the_real_figure()
    {
        var world = new SettlerFixture();
        world.Admit("r1", 2m);
        world.Time.Now += TimeSpan.FromMinutes(40);
        await world.SweepAsync();
        await world.SettleAsync([Line("r1", 0.5m)]);

        var total = world.Dollars("payments");
        Assert.Equal((0.5m, 0m, 0.5m), (total.Settled, total.Estimated, total.Committed));
    }

    [Fact]
    public async Task A_later_attempts_bucket_waits_for_its_own_time()
    {
        var world = new SettlerFixture();
        world.Admit("r1", 2m);
        world.Time.Now += TimeSpan.FromMinutes(20);
        world.Admit("r1", 3m);
        world.Time.Now += TimeSpan.FromMinutes(20);
        await world.SweepAsync();
        Assert.Equal((3m, 6m), (world.Dollars("payments").Estimated, world.Dollars("payments").Committed));

        world.Time.Now += TimeSpan.FromMinutes(20);
        await world.SweepAsync();
        Assert.Equal((3m, 3m), (world.Dollars("payments").Estimated, world.Dollars("payments").Committed));
    }

    [Fact]
    public async Task The_sweep_waits_until_the_index_showed_nothing_twice_a_minute_apart()
    {
        var world = new SettlerFixture();
        world.Admit("r1", 2m);
        world.Time.Now += TimeSpan.FromMinutes(40);
        var start = world.Time.Now;
        await world.SweepAsync();

        Assert.True(world.Time.Now - start >= TimeSpan.FromMinutes(2));
    }

    [Fact]
    public async Task A_posting_that_a_crash_left_open_is_finished_even_where_no_account_is_yet()
    {
        var world = new SettlerFixture();
        await world.SettleAsync(
            [Line("r1", 0.5m)], (call, _) => call.Method == "Apply" ? Fate.Throttled : Fate.Normal);
        Assert.Equal(0m, world.Dollars("unheld").Committed);
        await world.SweepAsync();

        Assert.Equal(0.5m, world.Dollars("unheld").Committed);
    }

    [Fact]
    public async Task An_index_that_lags_too_far_stops_the_sweep_before_anything_is_released()
    {
        var tables = new FakeTables();
        var index = new OpenIndexView(entry => entry.OpenBucket);
        var time = new ManualTime();
        var bucket = HoldBucket.Containing(time.Now);
        var entry = ContractData.Held("r1", ContractData.AttemptOf("a1", 2m) with { Bucket = bucket });
        tables.Ledger.PutHeld(entry);
        tables.Accounts.Reserve(new ReserveWrite(
            Account("payments"), bucket, [new(ContractData.MonthUsd, 2m)], [], []));
        index.CatchUp(entry);
        tables.Ledger.Write(ContractData.Measured(entry, 1m, "p") with
        {
            Result = ContractData.Measured(entry, 1m, "p").Result! with { SettledAt = time.Now },
        });
        time.Now += TimeSpan.FromMinutes(40);
        var store = new FakeStore(tables, index, new PerfectNetwork());
        var settler = new Settler(store, store, time.Pacing(), () => "p");
        var sweep = new Sweep(store, store, store, settler, time.Pacing(), SweepOptions.Default);

        var stopped = await Assert.ThrowsAsync<IndexLagException>(() => sweep.RunAsync(default));
        Assert.Equal(TimeSpan.FromMinutes(40), stopped.Lag);
        Assert.Equal(2m, tables.Accounts.Read(Account("payments"))![ContractData.MonthUsd].Committed);
    }

    [Fact]
    public async Task An_index_that_has_not_shown_a_held_entry_yet_stops_the_sweep_before_its_hold_is_released()
    {
        var tables = new FakeTables();
        var time = new ManualTime();
        var index = new OpenIndexView(entry => entry.OpenBucket);
        var bucket = HoldBucket.Containing(time.Now);
        tables.Ledger.PutHeld(ContractData.Held("r1", ContractData.AttemptOf("a1", 2m) with { Bucket = bucket }));
        tables.Accounts.Reserve(new ReserveWrite(
            Account("payments"), bucket, [new(ContractData.MonthUsd, 2m)], [], []));
        for (var shard = 0; shard < OpenIndex.Shards; shard++)
        {
            index.CatchUp(shard, time.Now);
        }

        time.Now += TimeSpan.FromMinutes(40);
        var stopped = await Assert.ThrowsAsync<IndexLagException>(() => SweepOver(tables, index, time).RunAsync(default));

        Assert.True(stopped.Lag >= TimeSpan.FromMinutes(40), $"{stopped.Lag}");
        Assert.Equal(2m, tables.Accounts.Read(Account("payments"))![ContractData.MonthUsd].Committed);
    }

    [Fact]
    public async Task An_index_that_shows_no_probe_of_one_shard_stops_the_sweep()
    {
        var tables = new FakeTables();
        var index = new OpenIndexView(entry => entry.OpenBucket);
        tables.Ledger.Probed += (shard, at) =>
        {
            if (shard != 7)
            {
                index.CatchUp(shard, at);
            }
        };

        await Assert.ThrowsAsync<IndexLagException>(() => SweepOver(tables, index, new ManualTime()).RunAsync(default));
    }

    [Fact]
    public async Task A_probe_of_an_earlier_sweep_that_is_young_enough_is_enough()
    {
        var tables = new FakeTables();
        var time = new ManualTime();
        var index = new OpenIndexView(entry => entry.OpenBucket);
        for (var shard = 0; shard < OpenIndex.Shards; shard++)
        {
            index.CatchUp(shard, time.Now - TimeSpan.FromMinutes(10));
        }

        var report = await SweepOver(tables, index, time).RunAsync(default);

        Assert.Null(report.LeftForNext);
        Assert.Equal(TimeSpan.FromMinutes(11), report.IndexLag);
    }

    private static Sweep SweepOver(FakeTables tables, OpenIndexView index, ManualTime time)
    {
        var store = new FakeStore(tables, index, new PerfectNetwork());
        var settler = new Settler(store, store, time.Pacing(), () => "p");
        return new Sweep(store, store, store, settler, time.Pacing(), SweepOptions.Default);
    }
}
