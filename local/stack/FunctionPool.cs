using System.Collections.Concurrent;
using System.ComponentModel;
using System.Text;

namespace AiGateway.Local.Stack;

/// <summary>The processes of one function: started on demand, up to its reserved concurrency, replaced when they die.</summary>
internal sealed class FunctionPool(FunctionSpec spec, FunctionLog log) : IAsyncDisposable
{
    private readonly SemaphoreSlim _slots = new(spec.ConcurrencyMax, spec.ConcurrencyMax);
    private readonly ConcurrentStack<FunctionProcess> _idle = new();
    private readonly ConcurrentDictionary<FunctionProcess, byte> _all = new();
    private readonly CancellationTokenSource _stop = new();
    private int _started;

    public FunctionSpec Spec => spec;

    /// <summary>How many processes were started so far: 1 + restarts, for one that handles one event after the other.</summary>
    public int Started => Volatile.Read(ref _started);

    public IEnumerable<int> ProcessIds => _all.Keys.Where(process => process.IsAlive).Select(process => process.ProcessId);

    /// <summary>One event through one process. Goes on when the caller hangs up, as Lambda does; ends only with the pool.</summary>
    public async Task<InvocationResult> InvokeAsync(ReadOnlyMemory<byte> payload)
    {
        var stop = _stop.Token;
        if (!await _slots.WaitAsync(spec.QueueTime, stop))
        {
            return new InvocationResult.Throttled();
        }

        try
        {
            var result = await InvokeAsync(payload, stop);
            if (result is InvocationResult.Failed failed)
            {
                log.Write(spec.Name, $"invocation failed: {Encoding.UTF8.GetString(failed.Payload.Span)}");
            }

            return result;
        }
        finally
        {
            _slots.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        foreach (var process in _all.Keys)
        {
            await DropAsync(process);
        }
    }

    private async Task<InvocationResult> InvokeAsync(ReadOnlyMemory<byte> payload, CancellationToken stop)
    {
        FunctionProcess process;
        try
        {
            process = await TakeAsync();
        }
        catch (Win32Exception error)
        {
            return ErrorDocument.Failure("Runtime.InvalidEntrypoint", error.Message);
        }

        var result = await process.InvokeAsync(payload, stop);
        await GiveBackAsync(process);
        return result;
    }

    private async Task<FunctionProcess> TakeAsync()
    {
        while (_idle.TryPop(out var process))
        {
            if (process.IsAlive)
            {
                return process;
            }

            await DropAsync(process);
        }

        var started = await FunctionProcess.StartAsync(spec, Interlocked.Increment(ref _started), log);
        _all[started] = 0;
        if (_stop.IsCancellationRequested)
        {
            await DropAsync(started);
            throw new OperationCanceledException(_stop.Token);
        }

        return started;
    }

    private async Task GiveBackAsync(FunctionProcess process)
    {
        if (process.IsAlive)
        {
            _idle.Push(process);
        }
        else
        {
            await DropAsync(process);
        }
    }

    private async Task DropAsync(FunctionProcess process)
    {
        if (_all.TryRemove(process, out _))
        {
            await process.DisposeAsync();
        }
    }
}
