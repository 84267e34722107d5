using AiGateway.Engine;
using AiGateway.Lambda;
using Amazon.Lambda.Core;
using Amazon.Lambda.Serialization.SystemTextJson;
using Sweep.Telemetry;

namespace Sweep;

/// <summary>One pass over all accounts, as far as the time goes.</summary>
internal delegate Task<SweepReport> RunSweep(CancellationToken stop);

/// <summary>The accounts held against the ledger; nothing is changed.</summary>
internal delegate Task<ReconciliationReport> VerifyBooks(CancellationToken stop);

/// <summary>What the function needs of the outside.</summary>
internal sealed record Ports(RunSweep Sweep, VerifyBooks Verify);

/// <summary>Composes the function by hand. <see cref="RunAsync"/> is the seam that tests use.</summary>
internal static class Function
{
    /// <param name="environment">The settings, read before the first event.</param>
    /// <param name="output">Logs and metrics.</param>
    /// <param name="clock">The machine's, or a test's.</param>
    /// <param name="runtimeApi">Host and port of the Runtime API; null: Lambda's environment names it.</param>
    /// <param name="ports">A test's; null: DynamoDB.</param>
    /// <param name="stop">Ends the loop.</param>
    /// <returns>The exit code.</returns>
    public static Task<int> RunAsync(
        EnvironmentReader environment,
        JsonLines output,
        TimeProvider clock,
        string? runtimeApi = null,
        Func<Settings, Ports>? ports = null,
        CancellationToken stop = default) =>
        LambdaHost.RunAsync<ScheduleEvent, SweepReply>(
            () => Compose(environment, output, clock, ports ?? (settings => DynamoPorts.Create(settings, clock))),
            new SourceGeneratorLambdaJsonSerializer<EventJson>(),
            runtimeApi,
            stop);

    internal static Func<ScheduleEvent, ILambdaContext, Task<SweepReply>> Compose(
        EnvironmentReader environment, JsonLines output, TimeProvider clock, Func<Settings, Ports> connect)
    {
        var settings = Settings.Read(environment);
        var handler = new Handler(
            connect(settings),
            new SweepTelemetry(
                new StructuredLog(output, clock, SweepTelemetry.Function), new EmfMetrics(output, clock)),
            settings.Margin,
            clock);
        return handler.HandleAsync;
    }
}
