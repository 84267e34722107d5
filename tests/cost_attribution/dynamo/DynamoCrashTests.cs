using System.Globalization;
using AiGateway.Aws;
using AiGateway.Tests;
using CostAttribution.Tests.Harness;

namespace CostAttribution.Tests.Dynamo;

/// <summary>Killed between any two calls to DynamoDB and delivered again.</summary>
public static class DynamoCrashTests
{
    private static readonly string[] Teams = ["payments", "support", "research", "search"];

    [Fact]
    public static async Task Killed_before_any_call_and_delivered_again_it_is_the_same_ledger()
    {
        using var world = await DynamoWorld.CreateAsync();
        var lines = Recorded.DayLog.Where(line => line.Contains("\"team\"", StringComparison.Ordinal)).Take(12).ToList();
        var undisturbed = LinesOf(lines, 0);
        await SetBudgetsAsync(world, 0);
        await world.SendAsync(undisturbed);
        var expected = await BooksAsync(world, 0);
        Assert.Contains(expected, total => total.Settled > 0m);

        var call = 1;
        while (await DiesAsync(world, lines, call))
        {
            await world.SendAsync(LinesOf(lines, call));

            Assert.Equal(expected, await BooksAsync(world, call));
            call++;
        }

        Assert.True(call > 8, $"Only {call - 1} calls were made.");
        Assert.Equal(AlertsOf(world, 0), AlertsOf(world, 1));
    }

    // Each round has teams and requests of its own, so that one set of tables serves them all.
    private static List<string> LinesOf(IEnumerable<string> lines, int round) =>
    [
        .. lines.Select(line => line
            .Replace("\"request_id\":\"", $"\"request_id\":\"{round}-", StringComparison.Ordinal)
            .Replace("\"team\":\"", $"\"team\":\"t{round}-", StringComparison.Ordinal)),
    ];

    private static async Task<bool> DiesAsync(DynamoWorld world, List<string> lines, int call)
    {
        await SetBudgetsAsync(world, call);
        try
        {
            await world.SendAsync(LinesOf(lines, call), new Killer(call));
            return false;
        }
        catch (KilledException)
        {
            return true;
        }
    }

    private static async Task SetBudgetsAsync(DynamoWorld world, int round) =>
        await world.SetBudgetAsync($"t{round}-research", 0.01m);

    private static async Task<List<(decimal Settled, decimal Estimated, decimal Committed, int Open)>> BooksAsync(
        DynamoWorld world, int round)
    {
        var books = new List<(decimal, decimal, decimal, int)>();
        foreach (var team in Teams.Select(team => string.Create(CultureInfo.InvariantCulture, $"t{round}-{team}")))
        {
            var usd = await world.UsdAsync(team);
            books.Add((usd.Settled, usd.Estimated, usd.Committed, (await world.OpenPostingsAsync(team)).Count));
        }

        return books;
    }

    private static int AlertsOf(DynamoWorld world, int round) => world.Log.Split('\n').Count(line =>
        line.Contains("alert_raised", StringComparison.Ordinal)
        && line.Contains($"team#t{round}-research", StringComparison.Ordinal));

    private sealed class KilledException : Exception;

    /// <summary>From this call on nothing is sent any more.</summary>
    private sealed class Killer(int lastCall) : IDynamoObserver
    {
        private int calls;

        public void Sending(IReadOnlyList<DynamoCall> calls)
        {
            if (Interlocked.Increment(ref this.calls) >= lastCall)
            {
                throw new KilledException();
            }
        }
    }
}
