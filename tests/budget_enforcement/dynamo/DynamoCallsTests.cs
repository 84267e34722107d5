using AiGateway.Aws;
using AiGateway.Tests.Support;

namespace BudgetEnforcement.Tests.Dynamo;

/// <summary>
/// What the function asks of DynamoDB is what <c>functions/budget_enforcement/dynamo_calls.txt</c> says, which Terraform's policies are held
/// against (T71): admissions, retries and refusals with their give-backs, on a scope that is spread over shards and whose limit is raised, make
/// every call there is.
/// </summary>
public static class DynamoCallsTests
{
    [Fact]
    public static async Task The_calls_are_those_that_the_policy_is_written_for()
    {
        var log = new DynamoCallLog();
        using var client = LocalDatabase.Client(await LocalDatabase.EndpointAsync(), TestTables.StoreTimeout, log);
        using var enforced = await Enforced.StartAsync(monthlyUsd: 0.001m, client: client, shards: 8, settings: ("CONFIGURATION_CACHE_SECONDS", "0"));

        Assert.True(await enforced.AskAsync(Questions.Headers("first")));
        Assert.True(await enforced.AskAsync(Questions.Headers("first")));
        Assert.False(await enforced.AskAsync(Questions.Headers("first")));
        Assert.False(await enforced.AskAsync(Questions.Headers("second")));

        // Of so many most are on shards, which take shares, and some come after the limit of these.
        foreach (var limit in (decimal[])[0.01m, 0.02m])
        {
            await enforced.BudgetAsync(limit, shards: 8);
            for (var number = 0; number < 25; number++)
            {
                await enforced.AskAsync(Questions.Headers($"{limit}-{number}"));
            }
        }

        Assert.Equal(Declared(), Made(log, enforced.Tables.Names.Prefix));
    }

    private static IEnumerable<string> Made(DynamoCallLog log, string prefix) => log.Calls
        .Select(call => $"{call.Action} {call.Table[prefix.Length..]}{(call.Index is { } index ? $"/index/{index}" : string.Empty)}")
        .Order(StringComparer.Ordinal);

    private static IEnumerable<string> Declared() => File
        .ReadLines(Path.Combine(AppContext.BaseDirectory, "dynamo_calls.txt"))
        .Where(line => line.Length > 0 && line[0] != '#')
        .Order(StringComparer.Ordinal);
}
