using AiGateway.Aws;
using AiGateway.Tests;
using CostAttribution.Tests.Book;

namespace CostAttribution.Tests.Dynamo;

/// <summary>
/// What the function asks of DynamoDB is what <c>functions/cost_attribution/dynamo_calls.txt</c> says, which Terraform's policies are held against
/// (T71): a part of the recorded day, twice, refusals among it, and alerts.
/// </summary>
public static class DynamoCallsTests
{
    [Fact]
    public static async Task The_calls_are_those_that_the_policy_is_written_for()
    {
        using var world = await DynamoWorld.CreateAsync();
        await world.SetBudgetAsync("payments", 0.01m);
        var log = new DynamoCallLog();
        var lines = Recorded.DayLog.Take(60).Append(BatchTests.Line("r1")).ToList();

        await world.SendAsync(lines, log);
        await world.SendAsync(lines, log);

        Assert.Equal(Declared(), log.Calls.Select(Named).Distinct().Order(StringComparer.Ordinal));
    }

    private static string Named(DynamoCall call)
    {
        var table = TableDefinitions.All.Single(one => call.Table.EndsWith($"-{one.Name}", StringComparison.Ordinal)).Name;
        return $"{call.Action} {table}{(call.Index is { } index ? $"/index/{index}" : string.Empty)}";
    }

    private static IEnumerable<string> Declared() => File
        .ReadLines(Path.Combine(AppContext.BaseDirectory, "dynamo_calls.txt"))
        .Where(line => line.Length > 0 && line[0] != '#')
        .Order(StringComparer.Ordinal);
}
