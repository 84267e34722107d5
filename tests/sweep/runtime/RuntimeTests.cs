using System.Text.Json;
using AiGateway.Domain.Ledger;
using AiGateway.Engine.Tests.Fakes;
using AiGateway.Lambda;
using Amazon.Lambda.Local.Tests;
using Sweep.Tests.Harness;

namespace Sweep.Tests.Runtime;

/// <summary>The function as Lambda runs it: over the Runtime API, its own serializer, its own loop.</summary>
public static class RuntimeTests
{
    private const string OfARule =
        """
        {"version":"0","id":"53dc4d37-cffa-4f76-80c9-8b7d4a4d2eaa","detail-type":"Scheduled Event","source":"aws.events",
        "account":"123456789012","time":"2026-11-21T12:40:00Z","region":"eu-central-1",
        "resources":["arn:aws:events:eu-central-1:123456789012:rule/sweep"],"detail":{}}
        """;

    [Fact]
    public static async Task Sweeps_and_compares_on_the_schedules_events_and_fails_what_it_cannot_read()
    {
        await using var api = new RuntimeApiServer();
        using var stop = new CancellationTokenSource();
        var tables = new FakeTables();
        var index = new OpenIndexView(entry => entry.OpenBucket);
        tables.Ledger.Probed += index.CatchUp;
        var store = new FakeStore(tables, index, new IndexedNetwork(tables, index));
        var books = new Books(store, store, store);
        await books.HoldAsync("r1", 2m, Events.Now);
        var process = new SweepProcess(Events.Now.AddMinutes(40));
        var running = Function.RunAsync(
            process.Reader, new JsonLines(process.Written), process.Clock, api.Endpoint, _ => process.Over(books), stop.Token);

        var swept = await InvokeAsync(api, await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "sweep.json")));
        var ruled = await InvokeAsync(api, OfARule);
        var verified = await InvokeAsync(api, """{"action":"verify"}""");
        var refused = await InvokeAsync(api, """{"action":"rebuild"}""");
        var strange = await InvokeAsync(api, """{"Records":[{"eventSource":"aws:sqs"}]}""");
        var broken = await InvokeAsync(api, """{"action":7}""");
        var none = await InvokeAsync(api, "null");
        await stop.CancelAsync();

        Assert.Equal(0, await running.WaitAsync(TimeSpan.FromSeconds(30)));
        Assert.Equal("""{"action":"sweep","outcome":"completed","expired":1,"released":1,"recalled":0}""", swept);
        Assert.Equal("""{"action":"sweep","outcome":"completed","expired":0,"released":0,"recalled":0}""", ruled);
        Assert.Equal("""{"action":"verify","outcome":"agree","entries":1,"accounts":1,"wrong":0,"passing":0}""", verified);
        Assert.Contains("unknown_action", refused, StringComparison.Ordinal);
        Assert.Contains("no_action", strange, StringComparison.Ordinal);
        Assert.Contains("errorType", broken, StringComparison.Ordinal);
        Assert.Contains("errorType", none, StringComparison.Ordinal);
        Assert.Equal(EntryState.Expired, tables.Ledger.Find("r1")!.State);
    }

    [Fact]
    public static async Task Every_missing_setting_is_reported_at_once_before_the_first_event()
    {
        await using var api = new RuntimeApiServer();
        using var written = new StringWriter();

        var exitCode = await Function.RunAsync(
            new EnvironmentReader(_ => null), new JsonLines(written), TimeProvider.System, api.Endpoint)
            .WaitAsync(TimeSpan.FromSeconds(30));

        var reported = await api.InitError.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal(1, exitCode);
        string[] names = ["AWS_REGION", "TABLE_PREFIX", "STORE_TIMEOUT_MS", "FUNCTION_TIMEOUT_MS"];
        Assert.All(names, name => Assert.Contains(name, reported.Body, StringComparison.Ordinal));
    }

    // Far from any deadline: the function's clock jumps a minute between two looks.
    private static async Task<string> InvokeAsync(RuntimeApiServer api, string json)
    {
        var answer = await api.InvokeAsync(LambdaEvent.Of(json) with { Deadline = DateTimeOffset.UtcNow.AddMinutes(9) });
        Assert.Equal(JsonValueKind.Object, JsonDocument.Parse(answer.Body).RootElement.ValueKind);
        return answer.Body;
    }
}
