using AiGateway.Engine;

namespace AiGateway.Aws;

/// <summary>
/// A value that is read now and then: one reader at a time, nobody waits for it while the last value is young enough,
/// and nobody gets one
/// that is too old. Its age counts from before it was read.
/// </summary>
/// <param name="read">Reads it anew.</param>
/// <param name="clock">The time.</param>
/// <param name="refreshAfter">From this age on it is read again beside the requests.</param>
/// <param name="ageMax">From this age on requests wait for the new one, and fail where it can't be read.</param>
public sealed class CachedReading<T>(
    Func<CancellationToken, Task<StoreResult<T>>> read, TimeProvider clock, TimeSpan refreshAfter, TimeSpan ageMax)
{
    private readonly Lock gate = new();
    private Reading? current;
    private Task<StoreResult<T>>? refreshing;
    private int generation;

    /// <summary>The value, at most <c>ageMax</c> old; or why it can't be read.</summary>
    /// <param name="stop">Ends the waiting, not the reading: others wait for it too.</param>
    public async Task<StoreResult<T>> GetAsync(CancellationToken stop)
    {
        Task<StoreResult<T>> refresh;
        lock (gate)
        {
            var age = current is null ? TimeSpan.MaxValue : clock.GetUtcNow() - current.At;
            if (current is not null && age < refreshAfter)
            {
                return new StoreResult<T>.Done(current.Value);
            }

            refresh = refreshing ??= StartRefresh(generation);
            if (current is not null && age < ageMax)
            {
                return new StoreResult<T>.Done(current.Value);
            }
        }

        return await refresh.WaitAsync(stop);
    }

    /// <summary>
    /// Forgets the value, also one that is being read: the next request waits for a new one. After a write of one's
    /// own.
    /// </summary>
    public void Forget()
    {
        lock (gate)
        {
            current = null;
            refreshing = null;
            generation++;
        }
    }

    private Task<StoreResult<T>> StartRefresh(int started) =>
        Task.Run(() => RefreshAsync(started), CancellationToken.None);

    private async Task<StoreResult<T>> RefreshAsync(int started)
    {
        var startedAt = clock.GetUtcNow();
        try
        {
            var result = await read(CancellationToken.None);
            if (result is StoreResult<T>.Done(var value))
            {
                lock (gate)
                {
                    current = started == generation ? new Reading(value, startedAt) : current;
                }
            }

            return result;
        }
        finally
        {
            lock (gate)
            {
                refreshing = started == generation ? null : refreshing;
            }
        }
    }

    private sealed record Reading(T Value, DateTimeOffset At);
}
