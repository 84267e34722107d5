using System.Diagnostics;

namespace AiGateway.Local.Stack;

/// <summary>
/// One execution environment: a process with a Runtime API of its own. It handles one event at a time, and it dies with a crash, a time-out
/// or an init error; then another one is started for the next event.
/// </summary>
internal sealed class FunctionProcess : IAsyncDisposable
{
    private readonly FunctionSpec _spec;
    private readonly RuntimeApi _api;
    private readonly Process _process;
    private readonly Task _exited;
    private bool _hasStarted;

    private FunctionProcess(FunctionSpec spec, RuntimeApi api, Process process)
    {
        _spec = spec;
        _api = api;
        _process = process;
        _exited = process.WaitForExitAsync();
    }

    public bool IsAlive => !_exited.IsCompleted;

    public int ProcessId => _process.Id;

    public static async Task<FunctionProcess> StartAsync(FunctionSpec spec, int instance, FunctionLog log)
    {
        var api = await RuntimeApi.StartAsync(spec);
        var process = new Process { StartInfo = StartInfo(spec, api.HostAndPort, instance) };
        process.OutputDataReceived += (_, line) => Log(line.Data);
        process.ErrorDataReceived += (_, line) => Log(line.Data);
        try
        {
            process.Start();
        }
        catch
        {
            process.Dispose();
            await api.DisposeAsync();
            throw;
        }

        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return new FunctionProcess(spec, api, process);

        void Log(string? line)
        {
            if (!string.IsNullOrEmpty(line))
            {
                log.Write(spec.Name, line);
            }
        }
    }

    /// <summary>Delivers one event and waits for what becomes of it. Afterwards ask <see cref="IsAlive"/> before the next.</summary>
    public async Task<InvocationResult> InvokeAsync(ReadOnlyMemory<byte> payload, CancellationToken stop)
    {
        var invocation = new Invocation(payload);
        _api.Offer(invocation);
        if (await WaitForDeliveryAsync(invocation, stop) is { } failure)
        {
            await KillAsync();
            return failure;
        }

        _hasStarted = true;
        using var timer = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var timeout = Task.Delay(_spec.Timeout, timer.Token);
        await Task.WhenAny(invocation.Result, _exited, timeout);
        await timer.CancelAsync();
        stop.ThrowIfCancellationRequested();
        if (invocation.Result.IsCompleted)
        {
            return await invocation.Result;
        }

        if (_exited.IsCompleted)
        {
            return ExitFailure(invocation);
        }

        await KillAsync();
        var seconds = _spec.Timeout.TotalSeconds.ToString("0.00");
        return ErrorDocument.Failure(
            "Sandbox.Timedout", $"RequestId: {invocation.RequestId} Error: Task timed out after {seconds} seconds");
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        await _api.DisposeAsync();
        _process.Dispose();
    }

    /// <summary>The process calls for its first event when it has started; one that can't, says why or exits.</summary>
    private async Task<InvocationResult?> WaitForDeliveryAsync(Invocation invocation, CancellationToken stop)
    {
        using var timer = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var timeout = Task.Delay(_spec.InitTimeout, timer.Token);
        await Task.WhenAny(invocation.Delivered, _api.InitError, _exited, timeout);
        await timer.CancelAsync();
        stop.ThrowIfCancellationRequested();
        if (invocation.Delivered.IsCompleted)
        {
            return null;
        }

        if (_api.InitError.IsCompleted)
        {
            return ErrorDocument.FromFunction(await _api.InitError);
        }

        if (_exited.IsCompleted)
        {
            return ExitFailure(invocation);
        }

        var seconds = _spec.InitTimeout.TotalSeconds;
        return ErrorDocument.Failure("Sandbox.Timedout", $"The function did not call for an event within {seconds} seconds.");
    }

    private InvocationResult.Failed ExitFailure(Invocation invocation)
    {
        var type = _hasStarted || invocation.Delivered.IsCompleted ? "Runtime.ExitError" : "Runtime.InitExitError";
        return ErrorDocument.Failure(
            type, $"RequestId: {invocation.RequestId} Error: Runtime exited with error: exit status {_process.ExitCode}");
    }

    private async Task KillAsync()
    {
        if (!_exited.IsCompleted)
        {
            try
            {
                _process.Kill(entireProcessTree: true);
            }
            catch (InvalidOperationException)
            {
                // It has just exited by itself.
            }
        }

        await _exited;
    }

    private static ProcessStartInfo StartInfo(FunctionSpec spec, string runtimeApi, int instance)
    {
        var isAssembly = spec.Program.EndsWith(".dll", StringComparison.Ordinal);
        var info = new ProcessStartInfo
        {
            FileName = isAssembly ? "dotnet" : Path.GetFullPath(spec.Program),
            WorkingDirectory = Path.GetDirectoryName(Path.GetFullPath(spec.Program)),
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        if (isAssembly)
        {
            info.ArgumentList.Add(Path.GetFullPath(spec.Program));
        }

        info.Environment.Clear();
        foreach (var (name, value) in LambdaEnvironment.For(spec, runtimeApi, instance))
        {
            info.Environment[name] = value;
        }

        return info;
    }
}
