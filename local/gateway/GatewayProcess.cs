using System.Collections.Concurrent;
using System.Diagnostics;

namespace AiGateway.Local.Gateway;

/// <summary>A running gateway and the lines that it wrote. Disposing stops it, and waits until it is gone.</summary>
internal sealed class GatewayProcess : IAsyncDisposable
{
    private const int LinesMax = 10_000;
    private static readonly TimeSpan s_startMax = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan s_poll = TimeSpan.FromMilliseconds(100);

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _lines = new();

    private GatewayProcess(Process process) => _process = process;

    /// <summary>Its standard output so far: access lines among others.</summary>
    public IReadOnlyCollection<string> Lines => _lines;

    /// <summary>Starts it and waits until it is ready.</summary>
    /// <returns>The process, or null where it ended before it was ready; <paramref name="errors"/> says why.</returns>
    public static async Task<GatewayProcess?> StartAsync(
        GatewayLauncher launcher, string config, Uri readiness, TextWriter errors, CancellationToken stop)
    {
        var start = new ProcessStartInfo(launcher.Program, [.. launcher.Before, "-c", config])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // What signs here is checked by nobody: the local stack notes the key's id, the mock ignores it.
        start.Environment["AWS_ACCESS_KEY_ID"] = "local";
        start.Environment["AWS_SECRET_ACCESS_KEY"] = "local";
        start.Environment["AWS_REGION"] = "us-east-1";
        var gateway = new GatewayProcess(Process.Start(start)!);
        gateway._process.OutputDataReceived += (_, line) => gateway.Keep(line.Data);
        gateway._process.ErrorDataReceived += (_, line) => gateway.Keep(line.Data);
        gateway._process.BeginOutputReadLine();
        gateway._process.BeginErrorReadLine();
        if (await gateway.IsReadyAsync(readiness, stop))
        {
            return gateway;
        }

        await errors.WriteLineAsync("agentgateway did not become ready. Its last lines:");
        await errors.WriteLineAsync(string.Join(Environment.NewLine, gateway.Lines.TakeLast(20)));
        await gateway.DisposeAsync();
        return null;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private async Task<bool> IsReadyAsync(Uri readiness, CancellationToken stop)
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(2) };
        var started = Stopwatch.StartNew();
        while (!_process.HasExited && started.Elapsed < s_startMax)
        {
            try
            {
                using var answer = await http.GetAsync(readiness, stop);
                if (answer.IsSuccessStatusCode)
                {
                    return true;
                }
            }
            catch (Exception error) when (error is HttpRequestException or TaskCanceledException && !stop.IsCancellationRequested)
            {
                // Not there yet.
            }

            await Task.Delay(s_poll, stop);
        }

        await _process.WaitForExitAsync(stop);
        return false;
    }

    private void Keep(string? line)
    {
        if (line is not null)
        {
            _lines.Enqueue(line);
            while (_lines.Count > LinesMax && _lines.TryDequeue(out _))
            {
            }
        }
    }
}
