using System.Text.Json;
using AiGateway.Lambda;
using Amazon.Lambda.APIGatewayEvents;
using Amazon.Lambda.Local.Tests;
using BudgetEnforcement.Decide;

namespace BudgetEnforcement.Tests.Functions;

/// <summary>The function's own entry point, talking to a Runtime API of the test's.</summary>
internal sealed class RunningEnforcement : IAsyncDisposable
{
    private readonly CancellationTokenSource stop = new();
    private readonly StringWriter output = new();
    private readonly RuntimeApiServer api = new();

    public RunningEnforcement(Ports? ports = null, Dictionary<string, string>? settings = null, TimeProvider? clock = null)
    {
        var variables = settings ?? SettingsTests.Valid();
        Ended = Function.RunAsync(
            new EnvironmentReader(variables.GetValueOrDefault),
            new JsonLines(output),
            clock ?? TimeProvider.System,
            api.Endpoint,
            ports is null ? null : _ => ports,
            stop.Token);
    }

    /// <summary>The process's exit code.</summary>
    public Task<int> Ended { get; }

    public Task<LambdaAnswer> InitError => api.InitError;

    /// <summary>Everything that was logged, a JSON object a line.</summary>
    public string Output => output.ToString();

    public IReadOnlyList<JsonElement> Events =>
    [
        .. Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonDocument.Parse(line).RootElement),
    ];

    /// <summary>The one line about the decision.</summary>
    public JsonElement Decision => Events.Last(line => Text(line, "event") == "decision");

    public static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) ? value.ToString() : null;

    public Task<LambdaAnswer> InvokeAsync(APIGatewayHttpApiV2ProxyRequest request) =>
        api.InvokeAsync(Questions.Json(request));

    public Task<LambdaAnswer> InvokeAsync(string json) => api.InvokeAsync(json);

    /// <summary>What the Function URL would send: status and body.</summary>
    public async Task<(int Status, string Body)> AskAsync(APIGatewayHttpApiV2ProxyRequest request)
    {
        var answer = await InvokeAsync(request);
        Assert.True(answer.IsReply, answer.Body);
        var response = JsonDocument.Parse(answer.Bytes).RootElement;
        return (response.GetProperty("statusCode").GetInt32(), response.GetProperty("body").GetString()!);
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await ((Task)Ended).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await api.DisposeAsync();
        stop.Dispose();
    }
}
