using System.Net;
using System.Net.Sockets;
using AiGateway.Aws;
using AiGateway.Domain.Ledger;
using AiGateway.Engine;
using AiGateway.Tests;
using AiGateway.Tests.Support;
using CostAttribution.Book;
using CostAttribution.Tests.Book;
using CostAttribution.Tests.Harness;

namespace CostAttribution.Tests.Dynamo;

public static class DynamoTests
{
    [Fact]
    public static async Task The_recorded_day_admitted_first_is_booked_to_the_last_digit_and_only_once()
    {
        using var world = await DynamoWorld.CreateAsync();
        var admitted = await DayAdmissions.AdmitAsync(world.Accounts, world.Ledger, World.Pacing, World.Now);

        var reply = await world.SendAsync(Recorded.DayLog);
        var again = await world.SendAsync(Recorded.DayLog.Reverse());

        Assert.Equal(Recorded.DayWebhook.Count, admitted);
        Assert.Equal((600, 0), (reply.Booked, reply.Bad));
        Assert.Equal((0, 600), (again.Booked, again.Duplicate));
        var estimated = DayPrices.EstimatedWithin(DayAdmissions.Asked);
        foreach (var (team, usd) in DayPrices.Measured())
        {
            var total = await world.UsdAsync(team);
            Assert.Equal(usd, total.Settled);
            Assert.Equal(estimated.GetValueOrDefault(team), total.Estimated);
            Assert.Equal(total.Settled + total.Estimated, total.Committed);
            Assert.Equal(0m, total.Buckets.Values.Sum());
            Assert.Empty(await world.OpenPostingsAsync(team));
        }

        var entries = await world.EntriesAsync(DayPrices.Lines.Select(line => line.GetProperty("request_id").GetString()!));
        Assert.Equal(
            DayPrices.Measured().Values.Sum() + estimated.Values.Sum(),
            entries.Sum(entry => entry.Result!.Cost!.Value.Amount));
    }

    [Fact]
    public static async Task Two_deliveries_of_one_batch_at_the_same_time_book_it_once()
    {
        using var world = await DynamoWorld.CreateAsync();
        var lines = Recorded.DayLog.Take(130).ToList();

        var replies = await Task.WhenAll(world.SendAsync(lines), world.SendAsync(lines), world.SendAsync(lines));
        await world.SendAsync(lines);

        Assert.Equal(replies[0].Access, replies.Sum(reply => reply.Booked));
        foreach (var team in DayPrices.Measured().Keys)
        {
            var entries = (await world.EntriesAsync(DayPrices.Lines.Select(line => line.GetProperty("request_id").GetString()!)))
                .Where(entry => entry.Team == team);
            var total = await world.UsdAsync(team);
            Assert.Equal(entries.Sum(entry => entry.Result!.Cost!.Value.Amount), total.Settled + total.Estimated);
            Assert.Equal(total.Settled + total.Estimated, total.Committed);
        }
    }

    [Fact]
    public static async Task The_line_of_a_refused_request_books_nothing_and_is_no_duplicate()
    {
        using var world = await DynamoWorld.CreateAsync();
        var line = Recorded.Cases.Single(one => one.Name == "reject-402-openai").AccessLines.Single();
        var id = System.Text.Json.JsonDocument.Parse(line).RootElement.GetProperty("request_id").GetString()!;
        var refused = new LedgerEntry(id, EntryState.Void, 1, "payments", World.Now, [], [], [], null, null);
        Assert.IsType<StoreResult<LedgerEntry>.Done>(await ((ILedgerStore)world.Ledger).VoidAsync(refused, "attempt", default));

        var reply = await world.SendAsync([line, line]);

        Assert.Equal((0, 1, 1, 0), (reply.Booked, reply.Ignored, reply.Duplicate, reply.Bad));
        Assert.Equal(0m, (await world.UsdAsync("payments")).Committed);
    }

    [Fact]
    public static async Task Alerts_are_raised_once_in_the_table()
    {
        using var world = await DynamoWorld.CreateAsync();
        await world.SetBudgetAsync("payments", 0.3m);

        await world.SendAsync([BatchTests.Line("r1")]);
        await world.SendAsync([BatchTests.Line("r1"), BatchTests.Line("r2")]);
        await world.SendAsync([BatchTests.Line("r2")]);

        var raised = world.Log.Split('\n').Where(line => line.Contains("alert_raised", StringComparison.Ordinal));
        Assert.Equal(3, raised.Count());
    }

    [Fact]
    public static async Task Without_its_tables_the_batch_is_kept_and_nothing_is_booked()
    {
        using var world = await DynamoWorld.CreateAsync(
            TableDefinitions.Budgets,
            TableDefinitions.Teams,
            TableDefinitions.Clients,
            TableDefinitions.Prices,
            TableDefinitions.Ledger,
            TableDefinitions.Accounts);

        var failure = await Assert.ThrowsAnyAsync<Exception>(() => world.SendAsync([BatchTests.Line("r1")]));

        Assert.True(failure is StoreRefusalException or StoreFailedException, failure.ToString());
        Assert.Contains("batch_failed", world.Log, StringComparison.Ordinal);
        Assert.Empty(await world.EntriesAsync(["r1"]));
    }

    [Fact]
    public static async Task With_the_database_down_the_batch_is_kept()
    {
        using var world = await DynamoWorld.CreateAsync(TableDefinitions.Budgets);
        using var client = LocalDatabase.Client(new Uri($"http://127.0.0.1:{ClosedPort()}"), TimeSpan.FromSeconds(1));

        var failure = await Assert.ThrowsAsync<StoreFailedException>(
            () => world.SendAsync([BatchTests.Line("r1")], client, storeTimeoutMs: 1_000));

        Assert.True(failure.Fault is StoreFault.Unreachable or StoreFault.TimedOut, failure.ToString());
        Assert.Contains("batch_failed", world.Log, StringComparison.Ordinal);
    }

    [Fact]
    public static async Task With_a_database_that_never_answers_the_batch_is_kept()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        using var world = await DynamoWorld.CreateAsync(TableDefinitions.Budgets);
        using var client = LocalDatabase.Client(
            new Uri($"http://127.0.0.1:{((IPEndPoint)silent.LocalEndpoint).Port}"), TimeSpan.FromMilliseconds(200));

        var failure = await Assert.ThrowsAnyAsync<Exception>(
            () => world.SendAsync([BatchTests.Line("r1")], client, storeTimeoutMs: 200));

        Assert.Contains("batch_failed", world.Log, StringComparison.Ordinal);
        Assert.True(failure is StoreFailedException { Fault: StoreFault.TimedOut }, failure.ToString());
    }

    private static int ClosedPort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
