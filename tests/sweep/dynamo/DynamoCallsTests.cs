using AiGateway.Aws;
using Sweep.Tests.Harness;

namespace Sweep.Tests.Dynamo;

/// <summary>
/// What the function asks of DynamoDB is what <c>functions/sweep/dynamo_calls.txt</c> says, which Terraform's policies are held
/// against (T71): a
/// hold that expires, a bucket of nobody's, and a comparison.
/// </summary>
public static class DynamoCallsTests
{
    [Fact]
    public static async Task The_calls_are_those_that_the_policy_is_written_for()
    {
        using var world = await TablesWorld.CreateAsync();
        await world.Books.HoldAsync("r1", 2m, Events.Now);
        await world.Books.OrphanAsync(Books.Account(), 3m, Events.Now);
        var log = new DynamoCallLog();

        await world.RunAsync(Events.Sweep, TimeSpan.FromMinutes(40), log);
        await world.RunAsync(Events.Verify, TimeSpan.FromMinutes(50), log);

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
