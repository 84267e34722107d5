using System.Text;
using AiGateway.Local.Stack;

namespace AiGateway.Local.Ledger;

/// <summary>
/// <c>./dev ledger sweep</c>: the scheduled function itself, invoked once, in a process of its own over the Runtime API.
/// </summary>
internal static class SweepRun
{
    /// <summary>How an operator's session reaches AWS; the stack's stand-ins must not hide it.</summary>
    private static readonly string[] Credentials =
    [
        "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_PROFILE", "AWS_CONFIG_FILE",
        "AWS_SHARED_CREDENTIALS_FILE", "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "AWS_CONTAINER_CREDENTIALS_FULL_URI",
    ];

    /// <summary>A deployment that lets holds live longer wants them to live as long for this sweep.</summary>
    private const string TimeToLive = "HOLD_TIME_TO_LIVE_MINUTES";

    /// <summary>Exit 0: everything expired is gone; 1: some of it is left, or the function failed.</summary>
    public static async Task<int> RunAsync(
        LedgerSettings settings,
        Func<string, string?> environment,
        TextWriter output,
        TextWriter errors,
        CancellationToken stop)
    {
        var spec = LocalFunctions.SweepSpec(FunctionPrograms.Built(), Where(settings, environment));
        await using var host = new FunctionHost([spec], TextWriter.Synchronized(errors), withNames: false);
        await errors.WriteLineAsync("ledger: sweeping; it waits a minute between two looks at what is open");
        switch (await host.InvokeAsync(spec.Name, SweepSchedule.SweepEvent).WaitAsync(stop))
        {
            case InvocationResult.Answered(var payload):
                var reply = Encoding.UTF8.GetString(payload.Span);
                await output.WriteLineAsync(reply);
                return reply.Contains("\"outcome\":\"completed\"", StringComparison.Ordinal)
                    ? ExitCode.Done
                    : ExitCode.BadInput;
            case InvocationResult.Failed(_, var document):
                await errors.WriteLineAsync(Encoding.UTF8.GetString(document.Span));
                return ExitCode.BadInput;
            default:
                return ExitCode.BadInput;
        }
    }

    private static Dictionary<string, string> Where(LedgerSettings settings, Func<string, string?> environment)
    {
        var where = new Dictionary<string, string>
        {
            ["AWS_REGION"] = settings.Region,
            ["TABLE_PREFIX"] = settings.Prefix,
        };
        if (environment(TimeToLive) is { Length: > 0 } minutes)
        {
            where[TimeToLive] = minutes;
        }

        if (settings.Endpoint is { } endpoint)
        {
            where["DYNAMODB_ENDPOINT"] = endpoint.ToString();
            return where;
        }

        foreach (var name in Credentials)
        {
            where[name] = environment(name) ?? "";
        }

        return where;
    }
}
