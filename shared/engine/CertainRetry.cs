namespace AiGateway.Engine;

/// <summary>
/// Repeats additions that were certainly not applied (throttled, or the item was held by a transaction), with jitter,
/// until the deadline or until it is stopped. Nothing else: an addition that perhaps was applied must never be sent twice.
/// </summary>
internal sealed class CertainRetry(Pacing pacing, DateTimeOffset deadline)
{
    private const int TriesMax = 200;

    /// <summary>A transaction holds an item for milliseconds: the pauses after a conflict stay below 40 ms.</summary>
    private const int ConflictPausesMax = 3;

    private DateTimeOffset until = deadline;
    private int longestInRound;

    /// <summary>Round trips so far: of calls side by side, the one that was sent most often counts.</summary>
    public int RoundTrips { get; private set; }

    /// <summary>Of these the ones that were sent again, because an item was busy: certainly not applied before.
    /// </summary>
    public int SentAgain { get; private set; }

    /// <summary>The calls after this stand behind the ones before it.</summary>
    /// <param name="isAgain">The whole round repeated one whose call was certainly not applied.</param>
    public void NextRound(bool isAgain = false)
    {
        RoundTrips += longestInRound;
        SentAgain += isAgain ? longestInRound : Math.Max(0, longestInRound - 1);
        longestInRound = 0;
    }

    /// <summary>Nobody waits for the answer any more: what follows may take longer.</summary>
    public void GoOnUntil(DateTimeOffset later) => until = later;

    public async Task<StoreResult<T>> RunAsync<T>(Func<Task<StoreResult<T>>> call, CancellationToken stop)
    {
        for (var tries = 1; ; tries++)
        {
            longestInRound = Math.Max(longestInRound, tries);
            var result = await call();
            if (result is not StoreResult<T>.Failed { Fault: StoreFault.Throttled or StoreFault.Conflict } busy
                || tries == TriesMax
                || !await IsWaitedForAsync(PausesOf(busy.Fault, tries), stop))
            {
                return result;
            }
        }
    }

    /// <summary>Sends once: what follows depends on the answer, even where it is certainly not applied.</summary>
    public Task<StoreResult<T>> RunOnceAsync<T>(Func<Task<StoreResult<T>>> call)
    {
        longestInRound = Math.Max(longestInRound, 1);
        return call();
    }

    private static int PausesOf(StoreFault fault, int tries) =>
        fault == StoreFault.Conflict ? Math.Min(tries, ConflictPausesMax) : tries;

    /// <summary>The pause after so many tries; false where there is no time for another one.</summary>
    public async Task<bool> IsWaitedForAsync(int tries, CancellationToken stop)
    {
        var pause = pacing.PauseAfter(tries);
        if (pacing.Now + pause >= until)
        {
            return false;
        }

        try
        {
            await pacing.DelayAsync(pause, stop);
            return true;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return false;
        }
    }
}
