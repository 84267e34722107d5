using System.Text.Json;
using System.Text.Json.Serialization;
using Amazon.Lambda.APIGatewayEvents;
using Amazon.Lambda.Core;
using Amazon.Lambda.Local.Tests;
using Amazon.Lambda.Serialization.SystemTextJson;

namespace AiGateway.Lambda.Tests;

public sealed class LambdaHostTests
{
    private const string Event = """
        {"rawPath":"/v1/decision","headers":{"x-budget-team":"payments"},
         "requestContext":{"requestId":"id","timeEpoch":1795262400000,"http":{"method":"POST"}}}
        """;

    [Fact]
    public async Task Composes_once_and_serves_events_until_it_is_stopped()
    {
        await using var api = new RuntimeApiServer();
        using var stop = new CancellationTokenSource();
        var composed = 0;
        var running = LambdaHost.RunAsync<APIGatewayHttpApiV2ProxyRequest, APIGatewayHttpApiV2ProxyResponse>(
            () =>
            {
                composed++;
                return (input, _) => Task.FromResult(FunctionUrlResponse.PlainText(200, input.RawPath));
            },
            Serializer(),
            api.Endpoint,
            stop.Token);

        var first = await api.InvokeAsync(Event);
        var second = await api.InvokeAsync(Event);
        await stop.CancelAsync();

        Assert.Equal(0, await running.WaitAsync(TimeSpan.FromSeconds(30)));
        Assert.Equal(1, composed);
        Assert.Equal(first.Body, second.Body);
        using var reply = JsonDocument.Parse(first.Body);
        Assert.Equal("/v1/decision", reply.RootElement.GetProperty("body").GetString());
    }

    [Fact]
    public async Task Reports_every_mistake_in_the_settings_to_Lambda_and_exits_with_one()
    {
        await using var api = new RuntimeApiServer();

        var exitCode = await LambdaHost.RunAsync<APIGatewayHttpApiV2ProxyRequest, APIGatewayHttpApiV2ProxyResponse>(
            () =>
            {
                var env = new EnvironmentReader(_ => null);
                env.Text("BUDGETS_TABLE");
                env.Text("LEDGER_TABLE");
                env.ThrowIfInvalid();
                throw new InvalidOperationException("The settings were taken as valid.");
            },
            Serializer(),
            api.Endpoint).WaitAsync(TimeSpan.FromSeconds(30));

        var reported = await api.InitError.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal(1, exitCode);
        using var error = JsonDocument.Parse(reported.Body);
        Assert.Equal(nameof(SettingsException), error.RootElement.GetProperty("errorType").GetString());
        var message = error.RootElement.GetProperty("errorMessage").GetString();
        Assert.Contains("BUDGETS_TABLE is not set", message, StringComparison.Ordinal);
        Assert.Contains("LEDGER_TABLE is not set", message, StringComparison.Ordinal);
        Assert.Equal(0, api.NextCalls);
    }

    [Fact]
    public async Task A_handler_without_a_reply_that_throws_makes_the_invocation_fail()
    {
        await using var api = new RuntimeApiServer();
        using var stop = new CancellationTokenSource();
        var running = LambdaHost.RunAsync<APIGatewayHttpApiV2ProxyRequest>(
            () => (input, _) => input.RawPath == "/fail" ? throw new TimeoutException("late") : Task.CompletedTask,
            Serializer(),
            api.Endpoint,
            stop.Token);

        var done = await api.InvokeAsync(Event);
        var failed = await api.InvokeAsync(Event.Replace("/v1/decision", "/fail", StringComparison.Ordinal));
        await stop.CancelAsync();
        await running.WaitAsync(TimeSpan.FromSeconds(30));

        Assert.True(done.IsReply);
        Assert.Equal(("error", "TimeoutException"), (failed.Kind, failed.ErrorType));
    }

    private static ILambdaSerializer Serializer() => new SourceGeneratorLambdaJsonSerializer<HostJson>();
}

[JsonSerializable(typeof(APIGatewayHttpApiV2ProxyRequest))]
[JsonSerializable(typeof(APIGatewayHttpApiV2ProxyResponse))]
public sealed partial class HostJson : JsonSerializerContext;
