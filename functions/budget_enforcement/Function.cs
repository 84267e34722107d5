using System.Security.Cryptography;
using AiGateway.Domain;
using AiGateway.Lambda;
using Amazon.Lambda.APIGatewayEvents;
using Amazon.Lambda.Core;
using BudgetEnforcement.Decide;
using BudgetEnforcement.Reply;
using BudgetEnforcement.Telemetry;

namespace BudgetEnforcement;

/// <summary>Composes the function by hand. <see cref="RunAsync"/> is the seam that tests use.</summary>
internal static class Function
{
    /// <param name="environment">The settings, read before the first event.</param>
    /// <param name="output">Logs and metrics.</param>
    /// <param name="clock">The machine's, or a test's.</param>
    /// <param name="runtimeApi">Host and port of the Runtime API; null: Lambda's environment names it.</param>
    /// <param name="ports">A test's; null: DynamoDB.</param>
    /// <returns>The exit code.</returns>
    public static Task<int> RunAsync(
        EnvironmentReader environment,
        JsonLines output,
        TimeProvider clock,
        string? runtimeApi = null,
        Func<Settings, Ports>? ports = null,
        CancellationToken stop = default) =>
        LambdaHost.RunAsync<Outcome<FunctionUrlRequest>, APIGatewayHttpApiV2ProxyResponse>(
            () => Compose(environment, output, clock, ports ?? (settings => DynamoPorts.Create(settings.Store, clock))),
            Serializer(),
            runtimeApi,
            stop);

    /// <summary>The event's bytes to what is asked, and the reply to bytes.</summary>
    internal static ILambdaSerializer Serializer() => new FunctionUrlSerializer();

    private static Func<Outcome<FunctionUrlRequest>, ILambdaContext, Task<APIGatewayHttpApiV2ProxyResponse>> Compose(
        EnvironmentReader environment, JsonLines output, TimeProvider clock, Func<Settings, Ports> connect)
    {
        var settings = Settings.Read(environment);
        return HandlerOf(settings, connect(settings), output, clock).HandleAsync;
    }

    /// <summary>The handler itself, for tests that ask many questions side by side.</summary>
    internal static Handler HandlerOf(Settings settings, Ports ports, JsonLines output, TimeProvider clock) =>
        new(
            new Enforcement(
                settings.Rules,
                ports,
                new AttemptIds(BitConverter.ToInt64(RandomNumberGenerator.GetBytes(sizeof(long)))).Next),
            new Replies(settings.Statuses),
            new DecisionTelemetry(
                new StructuredLog(output, clock, DecisionTelemetry.Function), new EmfMetrics(output, clock)),
            settings.Times,
            clock);
}
