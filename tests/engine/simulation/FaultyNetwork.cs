using AiGateway.Engine.Tests.Fakes;

namespace AiGateway.Engine.Tests.Simulation;

/// <summary>
/// Carries one process's calls to the tables with delays, losses, throttling and conflicts, and kills it on the way.
/// </summary>
internal sealed class FaultyNetwork(World world, Process process) : INetwork
{
    // A sweep looks at the index thousands of times, and probes it: most of these calls are answered at once, which keeps
    // schedules cheap.
    public Task<StoreResult<T>> SendAsync<T>(StoreCall call, Func<StoreResult<T>> apply) =>
        call.Method is "QueryOpen" or "PutProbe" && !process.IsDead && !world.IsOutage && world.Roll(50) != 0
            ? Task.FromResult(apply())
            : SendSlowlyAsync(call, apply);

    private async Task<StoreResult<T>> SendSlowlyAsync<T>(StoreCall call, Func<StoreResult<T>> apply)
    {
        var fate = process.IsDead ? Fate.CrashBefore : world.FateOf(process, call);
        if (fate == Fate.CrashBefore)
        {
            process.Kill();
            return await NeverAsync<T>();
        }

        if (fate == Fate.CrashAfter)
        {
            process.Kill();
        }

        var answer = await AnswerAsync(call, fate, apply);
        return process.IsDead ? await NeverAsync<T>() : answer;
    }

    private static Task<StoreResult<T>> NeverAsync<T>() => new TaskCompletionSource<StoreResult<T>>().Task;

    private async Task<StoreResult<T>> AnswerAsync<T>(StoreCall call, Fate fate, Func<StoreResult<T>> apply)
    {
        switch (fate)
        {
            case Fate.RequestLost:
                await world.Time.DelayAsync(world.StoreTimeout);
                return TimedOut<T>();
            case Fate.LandsLate:
                world.Time.After(world.Between(world.StoreTimeout, World.LandsLateMax), () => ApplyLate(call, apply));
                await world.Time.DelayAsync(world.StoreTimeout);
                return TimedOut<T>();
            case Fate.Throttled or Fate.Conflict or Fate.Unreachable:
                await world.LatencyAsync();
                return new StoreResult<T>.Failed(FaultOf(fate), "planted");
            default:
                return await ApplyAsync(call, fate, apply);
        }
    }

    private async Task<StoreResult<T>> ApplyAsync<T>(StoreCall call, Fate fate, Func<StoreResult<T>> apply)
    {
        if (call.IsTransaction && !world.Capacity.TryLock(call))
        {
            return new StoreResult<T>.Failed(StoreFault.Conflict, "held by a transaction");
        }

        await world.LatencyAsync();
        var answer = world.Apply(call, apply);
        await world.LatencyAsync();
        return fate == Fate.AnswerLost ? TimedOut<T>() : answer;
    }

    private void ApplyLate<T>(StoreCall call, Func<StoreResult<T>> apply)
    {
        if (!call.IsTransaction || world.Capacity.TryLock(call))
        {
            world.Apply(call, apply);
        }
    }

    private static StoreResult<T> TimedOut<T>() => new StoreResult<T>.Failed(StoreFault.TimedOut, "planted");

    private static StoreFault FaultOf(Fate fate) => fate switch
    {
        Fate.Throttled => StoreFault.Throttled,
        Fate.Conflict => StoreFault.Conflict,
        _ => StoreFault.Unreachable,
    };
}
