using AiGateway.Engine;

namespace AiGateway.Aws;

/// <summary>
/// The engine's time and chance as this machine has them: composed at the edge, because the engine has neither of its own.
/// </summary>
public static class MachinePacing
{
    /// <summary>A clock with its timer, and the process's random source for the jitter.</summary>
    public static Pacing Over(TimeProvider clock) =>
        new(clock, Random.Shared.Next, (time, stop) => Task.Delay(time, clock, stop));
}
