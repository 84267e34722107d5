using System.Text.Json;
using AiGateway.Lambda;
using AiGateway.Tests;
using Amazon.Lambda.Local.Tests;
using CostAttribution.Tests.Harness;

namespace CostAttribution.Tests.Runtime;

/// <summary>The function as Lambda runs it: over the Runtime API, its own serializer, its own loop.</summary>
public static class RuntimeTests
{
    [Fact]
    public static async Task Books_events_from_the_Runtime_API_and_fails_what_it_cannot_read()
    {
        await using var api = new RuntimeApiServer();
        using var stop = new CancellationTokenSource();
        var world = new World();
        using var written = new StringWriter();
        var running = Function.RunAsync(
            new EnvironmentReader(world.Environment.GetValueOrDefault),
            new JsonLines(written),
            new FixedClock(World.Now),
            api.Endpoint,
            _ => world.Ports(),
            stop.Token);

        var first = await api.InvokeAsync(Recorded.CloudWatchEvent("data-message-100"));
        var again = await api.InvokeAsync(Recorded.CloudWatchEvent("data-message-100"));
        var control = await api.InvokeAsync(Recorded.CloudWatchEvent("control-message"));
        var bad = await api.InvokeAsync("""{"awslogs":{"data":"not base64!"}}""");
        var strange = await api.InvokeAsync("""{"detail":{}}""");
        await stop.CancelAsync();

        Assert.Equal(0, await running.WaitAsync(TimeSpan.FromSeconds(30)));
        Assert.Equal((100, 0), Counts(first));
        Assert.Equal((0, 100), Counts(again));
        Assert.Equal((0, 0), Counts(control));
        Assert.Contains("BadPayloadException", bad.Body, StringComparison.Ordinal);
        Assert.Contains("no_data", strange.Body, StringComparison.Ordinal);
        Assert.Equal(100, world.Tables.Ledger.All.Count);
    }

    [Fact]
    public static async Task Every_missing_setting_is_reported_at_once_before_the_first_event()
    {
        await using var api = new RuntimeApiServer();
        using var written = new StringWriter();

        var exitCode = await Function.RunAsync(
            new EnvironmentReader(name => name == "OIDC_DATA_TRUSTED" ? "yes" : null),
            new JsonLines(written),
            TimeProvider.System,
            api.Endpoint).WaitAsync(TimeSpan.FromSeconds(30));

        var reported = await api.InitError.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal(1, exitCode);
        string[] names =
            ["AWS_REGION", "TABLE_PREFIX", "STORE_TIMEOUT_MS", "FUNCTION_TIMEOUT_MS", "OIDC_DATA_TRUSTED"];
        Assert.All(names, name => Assert.Contains(name, reported.Body, StringComparison.Ordinal));
    }

    private static (int Booked, int Duplicate) Counts(LambdaAnswer answer)
    {
        var reply = JsonDocument.Parse(answer.Body).RootElement;
        return (reply.GetProperty("booked").GetInt32(), reply.GetProperty("duplicate").GetInt32());
    }
}
