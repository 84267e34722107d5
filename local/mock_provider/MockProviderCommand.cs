using System.Globalization;

namespace AiGateway.Local.MockProvider;

/// <summary><c>./dev gateway mock-provider [--port N]</c>: the mock alone, until it is stopped.</summary>
internal static class MockProviderCommand
{
    private const int DefaultPort = 9400;

    public static async Task<int> RunAsync(
        string[] args, TextReader input, TextWriter output, TextWriter errors, CancellationToken stop)
    {
        if (PortOf(args) is not { } port)
        {
            await errors.WriteLineAsync("usage: ./dev gateway mock-provider [--port N]   (0 takes a free port)");
            return ExitCode.Usage;
        }

        await using var server = await MockProviderServer.StartAsync(port, stop);
        await output.WriteLineAsync(server.Address.ToString());
        await Task.Delay(Timeout.InfiniteTimeSpan, stop).ContinueWith(_ => { }, TaskScheduler.Default);
        return ExitCode.Done;
    }

    private static int? PortOf(string[] args) => args switch
    {
        [] => DefaultPort,
        ["--port", var text] when ushort.TryParse(text, CultureInfo.InvariantCulture, out var port) => port,
        _ => null,
    };
}
