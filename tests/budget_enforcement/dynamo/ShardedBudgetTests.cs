using System.Text.Json;
using AiGateway.Aws;
using AiGateway.Domain.Budgets;
using AiGateway.Domain.Gateway;
using AiGateway.Domain.Ledger;
using AiGateway.Engine;
using AiGateway.Tests.Support;

namespace BudgetEnforcement.Tests.Dynamo;

/// <summary>A budget row with <c>shards</c>, from the question to the tables and back.</summary>
public static class ShardedBudgetTests
{
    private const decimal Hold = 0.00048325m;

    [Fact]
    public static async Task A_sharded_budget_admits_exactly_what_fits_and_refuses_in_two_round_trips()
    {
        const int Fitting = 25;
        using var enforced = await Enforced.StartAsync(monthlyUsd: (Fitting * Hold) + (Hold / 2m), shards: 8);

        for (var number = 0; number < Fitting + 5; number++)
        {
            Assert.Equal(number < Fitting, await enforced.AskAsync(Questions.Headers($"r{number}")));
            Assert.InRange(int.Parse(enforced.LogOf($"r{number}", "round_trips"), null), 1, 2);
        }

        var shards = await enforced.ShardsAsync();
        Assert.True(shards.Count > 4, $"Only {shards.Count} shards were used.");
        Assert.Equal(Fitting * Hold, shards.Sum(shard => shard.Total.Buckets.Values.Sum()));
        Assert.Equal(Fitting * Hold, shards.Sum(shard => shard.Total.Committed));
        Assert.Equal(0m, shards.Sum(shard => shard.Total.Moved));
        Assert.Equal("holds_in_the_way", enforced.LogOf($"r{Fitting + 4}", "reason"));
    }

    [Fact]
    public static async Task The_entry_names_the_shard_and_what_is_booked_goes_there()
    {
        var clock = new ShiftedClock();
        using var enforced = await Enforced.StartAsync(monthlyUsd: 20m * Hold, clock: clock, shards: 4);
        for (var number = 0; number < 20; number++)
        {
            Assert.True(await enforced.AskAsync(Questions.Headers($"r{number}")));
        }

        for (var number = 0; number < 20; number++)
        {
            await enforced.SettleAsync($"r{number}", Hold / 2m);
        }

        var entries = await Task.WhenAll(Enumerable.Range(0, 20).Select(number => enforced.EntryAsync($"r{number}")));
        foreach (var (shard, total) in await enforced.ShardsAsync())
        {
            var named = entries.Count(entry => entry!.Attempts[0].Holds.Any(hold =>
                hold.Account.Scope.Value == "team#payments" && hold.Account.Shard == shard));
            Assert.Equal((named * Hold / 2m, 0m), (total.Settled, total.Buckets.Values.Sum()));
        }

        var books = new Reconciliation(
            enforced.Accounts,
            enforced.Ledger,
            new PostingsTable(enforced.Tables.Client, enforced.Tables.Names, TestTables.StoreTimeout),
            MachinePacing.Over(TimeProvider.System));
        Assert.Empty((await books.VerifyAsync(default)).Differences);

        // Half came back, on whatever shard it was: another ten fit, and no more.
        var admitted = 0;
        for (var number = 20; number < 40; number++)
        {
            clock.MoveTo(clock.GetUtcNow() + TimeSpan.FromSeconds(2));
            admitted += await enforced.AskAsync(Questions.Headers($"r{number}")) ? 1 : 0;
        }

        Assert.Equal(10, admitted);
    }

    [Fact]
    public static async Task A_refusal_tells_of_all_shards_and_what_is_settled_on_them_is_remembered()
    {
        var clock = new ShiftedClock();
        using var enforced = await Enforced.StartAsync(monthlyUsd: 10m * Hold, clock: clock, shards: 4);
        for (var number = 0; number < 10; number++)
        {
            Assert.True(await enforced.AskAsync(Questions.Headers($"r{number}")));
            await enforced.SettleAsync($"r{number}", Hold);
        }

        // What was seen a second ago is looked at again.
        clock.MoveTo(clock.GetUtcNow() + TimeSpan.FromSeconds(2));
        Assert.False(await enforced.AskAsync(Questions.Headers("over")));
        Assert.Equal("budget_exceeded", enforced.LogOf("over", "reason"));
        Assert.False(await enforced.AskAsync(Questions.Headers("again")));
        Assert.Equal(("deny_cache", "0"), (enforced.LogOf("again", "detail"), enforced.LogOf("again", "round_trips")));
        var reply = await enforced.HandleAsync(Questions.Event(Questions.Headers("third"), receivedAt: enforced.Clock.GetUtcNow()));
        var body = JsonDocument.Parse(reply.Body).RootElement.GetProperty("action").GetProperty("body").GetString();
        Assert.Contains("has used $0.004832 of its $0.004832 monthly budget", body, StringComparison.Ordinal);
    }

    [Fact]
    public static async Task Many_at_once_never_exceed_a_sharded_budget_and_leave_less_than_a_hundredth()
    {
        const int Fitting = 150;
        const decimal Limit = (Fitting * Hold) + (Hold / 2m);
        using var enforced = await Enforced.StartAsync(monthlyUsd: Limit, shards: 4);
        using var done = new CancellationTokenSource();
        var watching = WatchAsync(enforced, Limit, done.Token);
        var admitted = 0;

        await Parallel.ForAsync(0, 400, new ParallelOptions { MaxDegreeOfParallelism = 40 }, async (number, _) =>
        {
            if (await enforced.AskAsync(Questions.Headers($"r{number}")))
            {
                Interlocked.Increment(ref admitted);
            }
        });
        await done.CancelAsync();

        Assert.True(await watching > 0, "Nobody watched.");
        var shards = await enforced.ShardsAsync();
        Assert.Equal(admitted * Hold, shards.Sum(shard => shard.Total.Buckets.Values.Sum()));
        Assert.Equal((admitted * Hold, 0m), (shards.Sum(shard => shard.Total.Committed), shards.Sum(shard => shard.Total.Moved)));
        Assert.InRange(admitted, Fitting - (Fitting / 100), Fitting);
    }

    [Fact]
    public static async Task A_sharded_limit_on_requests_in_flight_has_every_place_and_gets_each_back()
    {
        const int Places = 6;
        var clock = new ShiftedClock();
        using var enforced = await Enforced.StartAsync(clock: clock);
        var budgets = new BudgetsTable(enforced.Tables.Client, enforced.Tables.Names, TestTables.StoreTimeout, _ => true);
        Assert.IsType<StoreResult<BudgetFields>.Done>(await budgets.PutAsync(
            new BudgetFields("team#payments", "month") { Limits = new BudgetAmounts(InFlight: Places), Shards = 4 }, default));

        Assert.Equal(Places, await AskAsync(enforced, "first", Places + 2));
        Assert.Equal("holds_in_the_way", enforced.LogOf($"first{Places}", "reason"));
        for (var number = 0; number < 4; number++)
        {
            await enforced.SettleAsync($"first{number}", Hold);
        }

        // What was seen a second ago is looked at again.
        clock.MoveTo(clock.GetUtcNow() + TimeSpan.FromSeconds(2));
        Assert.Equal(4, await AskAsync(enforced, "second", 6));
        var running = await enforced.ShardsAsync(new Total(Total.InFlight, Dimension.Requests));
        Assert.True(running.Count > 1, "One shard has them all.");
        Assert.Equal((Places, 0m), (running.Sum(shard => shard.Total.Buckets.Values.Sum()), running.Sum(shard => shard.Total.Moved)));
    }

    private static async Task<int> AskAsync(Enforced enforced, string name, int times)
    {
        var admitted = 0;
        for (var number = 0; number < times; number++)
        {
            admitted += await enforced.AskAsync(Questions.Headers($"{name}{number}")) ? 1 : 0;
            Assert.InRange(int.Parse(enforced.LogOf($"{name}{number}", "round_trips"), null), 1, 2);
        }

        return admitted;
    }

    // Reads each shard after the other: what is held on them can only rise meanwhile.
    private static async Task<int> WatchAsync(Enforced enforced, decimal limit, CancellationToken done)
    {
        var reads = 0;
        while (!done.IsCancellationRequested)
        {
            var shards = await enforced.ShardsAsync();
            Assert.True(shards.Sum(shard => shard.Total.Buckets.Values.Sum()) <= limit, "The limit was exceeded.");
            Assert.All(shards, shard => Assert.Equal(
                shard.Total.Settled + shard.Total.Estimated + shard.Total.Buckets.Values.Sum() + shard.Total.Moved, shard.Total.Committed));
            Assert.All(shards, shard => Assert.True(shard.Total.Committed <= (shard.Shard == 0 ? limit : 0m)));
            reads++;
        }

        return reads;
    }
}
