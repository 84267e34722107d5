using AiGateway.Lambda;
using AiGateway.Lambda.Identity;
using Amazon.Lambda.CloudWatchLogsEvents;
using Amazon.Lambda.Core;
using Amazon.Lambda.Serialization.SystemTextJson;
using CostAttribution.Alert;
using CostAttribution.Book;
using CostAttribution.Identity;
using CostAttribution.Telemetry;

namespace CostAttribution;

/// <summary>What the function needs of the outside.</summary>
internal sealed record Ports(
    ReadConfiguration ReadConfiguration,
    Settle Settle,
    ReadAccount ReadAccount,
    RaiseAlert RaiseAlert,
    FetchOidcKey FetchOidcKey);

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
        LambdaHost.RunAsync<CloudWatchLogsEvent, BatchReply>(
            () => Compose(environment, output, clock, ports ?? (settings => DynamoPorts.Create(settings, clock))),
            new SourceGeneratorLambdaJsonSerializer<EventJson>(),
            runtimeApi,
            stop);

    internal static Func<CloudWatchLogsEvent, ILambdaContext, Task<BatchReply>> Compose(
        EnvironmentReader environment, JsonLines output, TimeProvider clock, Func<Settings, Ports> connect)
    {
        var settings = Settings.Read(environment);
        var ports = connect(settings);
        var oidc = settings.Oidc is { } trusted ? new OidcDataReader(trusted.SignerArn, ports.FetchOidcKey) : null;
        var handler = new Handler(
            new Attribution(ports.ReadConfiguration, new LineIdentity(oidc), ports.Settle, settings.Rules, clock),
            new AlertCheck(settings.Rules, ports.ReadAccount, ports.RaiseAlert, clock),
            new AttributionTelemetry(
                new StructuredLog(output, clock, AttributionTelemetry.Function), new EmfMetrics(output, clock)),
            settings.Margin,
            clock);
        return handler.HandleAsync;
    }
}
