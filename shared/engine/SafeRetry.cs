namespace AiGateway.Engine;

/// <summary>
/// A call to the store had no answer, however often it was repeated. What was confirmed before stands; repeat the
/// batch.
/// </summary>
public sealed class StoreFailedException(StoreFault fault, string where, string detail)
    : Exception($"{where}: {fault}: {detail}")
{
    public StoreFault Fault { get; } = fault;
}

/// <summary>Repeats conditional calls, which may be sent twice without harm, with jitter and a bound.</summary>
internal sealed class SafeRetry(Pacing pacing)
{
    /// <summary>With the longest pauses about four seconds: a busy account is held for milliseconds.</summary>
    internal const int TriesMax = 12;

    public async Task<StoreResult<T>> RunAsync<T>(Func<Task<StoreResult<T>>> call, CancellationToken stop)
    {
        for (var tries = 1; ; tries++)
        {
            var result = await call();
            if (result is not StoreResult<T>.Failed failed || IsFinal(failed.Fault) || tries == TriesMax)
            {
                return result;
            }

            await pacing.DelayAsync(pacing.PauseAfter(tries), stop);
        }
    }

    /// <summary>For reads: the value, or the exception where there is none.</summary>
    public async Task<T> ReadAsync<T>(string where, Func<Task<StoreResult<T>>> call, CancellationToken stop) =>
        await RunAsync(call, stop) switch
        {
            StoreResult<T>.Done(var value) => value,
            StoreResult<T>.Failed(var fault, var detail) => throw new StoreFailedException(fault, where, detail),
            _ => throw new StoreFailedException(StoreFault.Malformed, where, "A read was refused."),
        };

    // Repeating does not mend these.
    private static bool IsFinal(StoreFault fault) => fault is StoreFault.Denied or StoreFault.Malformed;
}
