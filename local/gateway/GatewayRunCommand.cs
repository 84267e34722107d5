using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using AiGateway.Domain;
using AiGateway.Domain.Budgets;
using AiGateway.Local.DynamoDb;
using AiGateway.Local.MockProvider;
using AiGateway.Local.Stack;

namespace AiGateway.Local.Gateway;

/// <summary><c>./dev gateway run</c>: agentgateway on the local stack with a mock provider, and a few requests.</summary>
internal static class GatewayRunCommand
{
    private static readonly string[] s_providers = ["bedrock", "anthropic", "openai", "azure", "google", "mantle"];

    public static async Task<int> RunAsync(string? path, TextWriter output, TextWriter errors, CancellationToken stop)
    {
        if (await GatewayLauncher.FindAsync(path, stop) is not { } launcher)
        {
            await errors.WriteLineAsync(GatewayLauncher.HowToGetOne);
            return ExitCode.ToolMissing;
        }

        if (BudgetSeed.Read(Repository.Budgets) is not Outcome<IReadOnlyList<BudgetFields>>.Ok(var budgets))
        {
            throw new InvalidOperationException("local/budgets.json can't be read.");
        }

        await errors.WriteLineAsync("starting DynamoDB Local, the functions, the mock provider and agentgateway");
        var log = Path.Combine(Repository.LocalState, "logs", "gateway-run.log");
        var options = new StackOptions("gateway_run_", FunctionPrograms.Built(), budgets, log);
        try
        {
            await using var stack = await LocalStack.StartAsync(options, stop);
            return await RunAsync(launcher, stack, (output, errors), stop);
        }
        catch (DynamoDbLocalMissingException missing)
        {
            await errors.WriteLineAsync(missing.Message);
            return ExitCode.ToolMissing;
        }
    }

    private static async Task<int> RunAsync(
        GatewayLauncher launcher, LocalStack stack, (TextWriter Output, TextWriter Errors) console, CancellationToken stop)
    {
        if (await stack.WarmUpAsync() is { } trouble)
        {
            await console.Errors.WriteLineAsync(trouble);
            return ExitCode.BadInput;
        }

        await using var mock = await MockProviderServer.StartAsync(0, stop);
        using var issuer = new LocalIssuer();
        var ports = FreePorts(4);
        var settings = Settings(stack.Url, mock.Address, issuer.KeySet, ports);
        var requests = new Dictionary<string, JsonObject> { ["run"] = settings };
        if (await ConfigRenderer.RenderAsync(requests, stop) is not RenderOutcome.Done rendered)
        {
            await console.Errors.WriteLineAsync("The configuration was not rendered: ./dev gateway render says why.");
            return ExitCode.ToolMissing;
        }

        var readiness = new Uri($"http://127.0.0.1:{ports[3]}/healthz/ready");
        await using var gateway = await GatewayProcess.StartAsync(
            launcher, rendered.Configs["run"].Yaml, readiness, console.Errors, stop);
        if (gateway is null)
        {
            return ExitCode.BadInput;
        }

        var address = new Uri($"http://127.0.0.1:{ports[0]}");
        var wrong = await GatewayTrial.RunAsync(address, issuer, console.Output, stop);
        await BookAsync(stack, gateway, console.Output);
        return wrong == 0 ? ExitCode.Done : ExitCode.BadInput;
    }

    /// <summary>What points the configuration at this machine.</summary>
    internal static JsonObject Settings(Uri webhook, Uri mock, string keySet, IReadOnlyList<int> ports) => new()
    {
        ["issuer"] = LocalIssuer.Issuer,
        ["jwks_inline"] = keySet,
        ["region"] = "us-east-1",
        ["webhook_host"] = webhook.Host,
        ["webhook_port"] = webhook.Port,
        ["webhook_tls"] = false,
        // A JIT build on a busy machine: wider than in the cloud.
        ["webhook_timeout_ms"] = 10_000,
        ["provider_tls"] = false,
        ["provider_hosts"] = new JsonObject(s_providers.Select(
            name => KeyValuePair.Create<string, JsonNode?>(name, mock.Authority))),
        ["port"] = ports[0],
        ["admin_port"] = ports[1],
        ["stats_port"] = ports[2],
        ["readiness_port"] = ports[3],
    };

    private static async Task BookAsync(LocalStack stack, GatewayProcess gateway, TextWriter output)
    {
        var now = DateTimeOffset.UtcNow;
        var events = gateway.Lines.Select((line, index) => CloudWatchLogs.EventOf(line, index, now)).ToList();
        var result = await stack.Functions.InvokeAsync(
            LocalFunctions.CostAttribution, CloudWatchLogs.DataMessage(events));
        var text = result switch
        {
            InvocationResult.Answered answered => Encoding.UTF8.GetString(answered.Payload.Span),
            InvocationResult.Failed failed => Encoding.UTF8.GetString(failed.Payload.Span),
            _ => "throttled",
        };
        await output.WriteLineAsync($"The {events.Count} lines of its log, to cost_attribution: {text}");
    }

    private static List<int> FreePorts(int count)
    {
        var listeners = Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0)).ToList();
        listeners.ForEach(one => one.Start());
        var ports = listeners.Select(one => ((IPEndPoint)one.LocalEndpoint).Port).ToList();
        listeners.ForEach(one => one.Stop());
        return ports;
    }
}
