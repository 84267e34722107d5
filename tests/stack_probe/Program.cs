using System.Text;
using System.Text.Json;
using Amazon.Lambda.Core;
using Amazon.Lambda.RuntimeSupport;

namespace StackProbe;

/// <summary>
/// A function that misbehaves on demand, for the tests of the local stack. The request's path says how; any other path answers with the event
/// itself, so that a test sees what a function sees.
/// </summary>
internal static class Program
{
    private static async Task Main()
    {
        if (Environment.GetEnvironmentVariable("PROBE_EXIT_AT_START") is { } code)
        {
            Environment.Exit(int.Parse(code));
        }

        using var bootstrap = LambdaBootstrapBuilder.Create(HandleAsync).UseBootstrapHandler(StartAsync).Build();
        await bootstrap.RunAsync();
    }

    private static Task<bool> StartAsync() => Environment.GetEnvironmentVariable("PROBE_BAD_SETTINGS") is null
        ? Task.FromResult(true)
        : throw new InvalidOperationException("PROBE_BAD_SETTINGS is set.");

    private static async Task<Stream> HandleAsync(Stream input, ILambdaContext context)
    {
        using var copy = new MemoryStream();
        await input.CopyToAsync(copy);
        var events = copy.ToArray();
        switch (PathOf(events))
        {
            case "/throw":
                throw new InvalidOperationException("Thrown on demand.");
            case "/exit":
                Environment.Exit(7);
                break;
            case "/hang":
                await Task.Delay(Timeout.InfiniteTimeSpan);
                break;
            case "/large":
                return Stream(Encoding.UTF8.GetBytes($"\"{new string('x', 7 * 1024 * 1024)}\""));
            case "/status":
                return Stream("""
                    {"statusCode":418,"headers":{"content-type":"text/plain","x-made-by":"probe"},"cookies":["a=1","b=2"],"body":"dGVh","isBase64Encoded":true}
                    """u8.ToArray());
            case "/bad-status":
                return Stream("""{"statusCode":"many"}"""u8.ToArray());
            case "/not-json":
                return Stream("no json"u8.ToArray());
            case "/context":
                return Stream(Encoding.UTF8.GetBytes(ContextOf(context)));
        }

        return Stream(events);
    }

    private static string PathOf(byte[] events)
    {
        using var document = JsonDocument.Parse(events);
        return document.RootElement.TryGetProperty("rawPath", out var path) ? path.GetString() ?? "" : "";
    }

    private static string ContextOf(ILambdaContext context)
    {
        var said = string.Join(
            ' ',
            context.AwsRequestId,
            context.InvokedFunctionArn,
            context.FunctionName,
            context.RemainingTime > TimeSpan.Zero,
            Environment.GetEnvironmentVariable("_X_AMZN_TRACE_ID"),
            Environment.GetEnvironmentVariable("PROBE_SETTING") ?? "none",
            Environment.GetEnvironmentVariable("PROBE_PARENT_SECRET") ?? "none",
            Environment.ProcessId);
        return $"\"{JsonEncodedText.Encode(said)}\"";
    }

    private static MemoryStream Stream(byte[] bytes) => new(bytes);
}
