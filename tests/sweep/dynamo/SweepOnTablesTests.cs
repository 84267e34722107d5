using AiGateway.Domain.Budgets;
using AiGateway.Domain.Ledger;
using AiGateway.Engine;
using AiGateway.Tests.Support;
using Sweep.Tests.Harness;

namespace Sweep.Tests.Dynamo;

/// <summary>The whole function on DynamoDB Local.</summary>
public static class SweepOnTablesTests
{
    private static readonly TimeSpan Expired = TimeSpan.FromMinutes(40);

    [Theory]
    [InlineData(ExpiryPolicy.Charge, "2")]
    [InlineData(ExpiryPolicy.Release, "0")]
    public static async Task A_hold_without_a_line_is_charged_or_released_by_its_policy(ExpiryPolicy policy, string charged)
    {
        using var world = await TablesWorld.CreateAsync();
        await world.Books.HoldAsync("r1", 2m, Events.Now, onExpiry: policy);

        var (reply, process) = await world.RunAsync(Events.Sweep, Expired);

        Assert.Equal(("completed", 1, 1), (reply.Outcome, reply.Expired, reply.Released));
        Assert.Equal(EntryState.Expired, (await world.Books.EntryAsync("r1")).State);
        var total = await world.Books.UsdAsync();
        Assert.Equal(charged, $"{total.Estimated:0.##}");
        Assert.Equal((0m, total.Estimated), (total.Settled, total.Committed));
        Assert.Empty(total.Buckets);
        Assert.Contains("\"SweepsCompleted\":1", process.Log, StringComparison.Ordinal);
        Assert.Contains("\"EntriesExpired\":1", process.Log, StringComparison.Ordinal);
    }

    [Fact]
    public static async Task A_hold_that_may_still_be_settled_is_left_alone()
    {
        using var world = await TablesWorld.CreateAsync();
        await world.Books.HoldAsync("r1", 2m, Events.Now);

        var (reply, _) = await world.RunAsync(Events.Sweep, TimeSpan.FromMinutes(25));

        Assert.Equal(("completed", 0, 0), (reply.Outcome, reply.Expired, reply.Released));
        Assert.Equal(EntryState.Held, (await world.Books.EntryAsync("r1")).State);
        Assert.Equal(2m, (await world.Books.UsdAsync()).Committed);
    }

    [Fact]
    public static async Task A_bucket_that_no_entry_stands_for_is_released()
    {
        using var world = await TablesWorld.CreateAsync();
        await world.Books.OrphanAsync(Books.Account(), 3m, Events.Now);

        var (reply, _) = await world.RunAsync(Events.Sweep, Expired);

        Assert.Equal((0, 1), (reply.Expired, reply.Released));
        Assert.Equal(0m, (await world.Books.UsdAsync()).Committed);
    }

    [Fact]
    public static async Task What_was_held_in_a_closed_month_is_expired_there()
    {
        using var world = await TablesWorld.CreateAsync();
        var october = Books.Account(month: "2026-10");
        await world.Books.HoldAsync("r1", 2m, new DateTimeOffset(2026, 10, 31, 23, 59, 0, TimeSpan.Zero), october);

        await world.RunAsync(Events.Sweep, Expired);

        var total = await world.Books.UsdAsync(october);
        Assert.Equal((2m, 2m), (total.Estimated, total.Committed));
        Assert.Equal(RunningTotal.Zero.Committed, (await world.Books.UsdAsync()).Committed);
    }

    [Fact]
    public static async Task A_posting_that_a_crash_left_open_is_finished()
    {
        using var world = await TablesWorld.CreateAsync();
        var pacing = world.ProcessAt(TimeSpan.Zero).Pacing;
        await world.Books.BookAsync("r1", 0.5m, Events.Now, pacing, new BusyApply().Before(world.Books.Postings));
        Assert.Equal((0m, 1), ((await world.Books.UsdAsync()).Settled, await world.Books.OpenPostingsAsync()));

        await world.RunAsync(Events.Sweep, TimeSpan.FromMinutes(1));

        Assert.Equal((0.5m, 0), ((await world.Books.UsdAsync()).Settled, await world.Books.OpenPostingsAsync()));
    }

    [Fact]
    public static async Task A_sweep_stopped_at_its_deadline_keeps_what_it_did_and_the_next_one_goes_on()
    {
        using var world = await TablesWorld.CreateAsync();
        await world.Books.HoldAsync("r1", 2m, Events.Now);

        // Over before the second look, a minute after the first.
        var (stopped, process) = await world.RunAsync(Events.Sweep, Expired, TimeSpan.FromSeconds(30));

        Assert.Equal("stopped_at_deadline", stopped.Outcome);
        Assert.Contains("sweep_stopped_at_deadline", process.Log, StringComparison.Ordinal);
        Assert.Contains("\"SweepsCompleted\":0", process.Log, StringComparison.Ordinal);
        Assert.Equal(EntryState.Expired, (await world.Books.EntryAsync("r1")).State);
        Assert.Equal(4m, (await world.Books.UsdAsync()).Committed);

        var (next, _) = await world.RunAsync(Events.Sweep, Expired + TimeSpan.FromMinutes(10));

        Assert.Equal(("completed", 0, 1), (next.Outcome, next.Expired, next.Released));
        Assert.Equal((2m, 2m), Sums(await world.Books.UsdAsync()));
    }

    [Fact]
    public static async Task Any_number_of_sweeps_at_once_and_again_are_as_one()
    {
        using var world = await TablesWorld.CreateAsync();
        for (var request = 0; request < 30; request++)
        {
            await world.Books.HoldAsync($"r{request}", 1m, Events.Now);
        }

        await world.Books.OrphanAsync(Books.Account(), 3m, Events.Now);

        var runs = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => world.RunAsync(Events.Sweep, Expired)));
        var (again, _) = await world.RunAsync(Events.Sweep, Expired + TimeSpan.FromMinutes(10));

        Assert.Equal(30, runs.Sum(run => run.Reply.Expired ?? 0));
        Assert.Equal(("completed", 0), (again.Outcome, again.Expired));
        Assert.Equal((30m, 30m), Sums(await world.Books.UsdAsync()));
        Assert.Equal(0, await world.Books.OpenPostingsAsync());
    }

    [Fact]
    public static async Task A_line_that_comes_after_the_expiry_replaces_the_charge()
    {
        using var world = await TablesWorld.CreateAsync();
        await world.Books.HoldAsync("r1", 2m, Events.Now);
        await world.RunAsync(Events.Sweep, Expired);

        await world.Books.BookAsync("r1", 0.5m, Events.Now + Expired, world.ProcessAt(Expired).Pacing);
        await world.RunAsync(Events.Sweep, Expired + Expired);

        var total = await world.Books.UsdAsync();
        Assert.Equal((0.5m, 0m, 0.5m), (total.Settled, total.Estimated, total.Committed));
    }

    [Fact]
    public static async Task A_share_that_lies_idle_on_a_shard_goes_back()
    {
        using var world = await TablesWorld.CreateAsync();
        await world.Books.GrantAsync(Books.Account(), shard: 3, usd: 10m, limit: 100m);
        Assert.Equal(10m, (await world.Books.UsdAsync()).Committed);

        var (reply, process) = await world.RunAsync(Events.Sweep, Expired);

        Assert.Equal(("completed", 1), (reply.Outcome, reply.Recalled));
        Assert.Equal(0m, (await world.Books.UsdAsync()).Committed);
        Assert.Contains("\"SharesRecalled\":1", process.Log, StringComparison.Ordinal);
    }

    private static (decimal Estimated, decimal Committed) Sums(RunningTotal total) => (total.Estimated, total.Committed);

    /// <summary>The account is busy for as long as the batch lives.</summary>
    private sealed class BusyApply : StoreInterceptor
    {
        public override Task<StoreResult<T>> RunAsync<T>(string call, Func<Task<StoreResult<T>>> send) =>
            call == "postings.Apply"
                ? Task.FromResult<StoreResult<T>>(new StoreResult<T>.Failed(StoreFault.Throttled, "by the test"))
                : send();
    }
}
