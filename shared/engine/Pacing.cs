namespace AiGateway.Engine;

/// <summary>Time and chance, passed in: the engine has no clock, no timer and no randomness of its own.</summary>
/// <param name="clock">Tells the time.</param>
/// <param name="jitter">An integer from zero up to, not including, the argument.</param>
/// <param name="delay">Waits.</param>
public sealed class Pacing(
    TimeProvider clock, Func<int, int> jitter, Func<TimeSpan, CancellationToken, Task> delay)
{
    private const int FirstPauseMsMax = 10;
    private const int DoublingsMax = 6;

    public DateTimeOffset Now => clock.GetUtcNow();

    /// <summary>From zero up to, not including, the argument.</summary>
    public int Roll(int sides) => jitter(sides);

    public Task DelayAsync(TimeSpan time, CancellationToken stop) => delay(time, stop);

    /// <summary>How long to wait after so many tries: exponential with full jitter, 1 to 640 ms.</summary>
    public TimeSpan PauseAfter(int tries)
    {
        var ceilingMs = FirstPauseMsMax << Math.Min(tries - 1, DoublingsMax);
        return TimeSpan.FromMilliseconds(1 + jitter(ceilingMs));
    }
}
