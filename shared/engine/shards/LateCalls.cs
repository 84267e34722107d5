using System.Runtime.ExceptionServices;

namespace AiGateway.Engine;

/// <summary>
/// Calls of a process that no answer waits for: they are sent at once, and what follows from them is safe without their
/// answer. Bounded.
/// </summary>
internal sealed class LateCalls
{
    internal const int RunningMax = 8;

    private ExceptionDispatchInfo? thrown;
    private int running;

    /// <summary>How many have no answer yet.</summary>
    public int Running => running;

    /// <summary>False, and nothing is sent, where too many have no answer yet.</summary>
    /// <param name="call">Must take no token of a request: that one is over by the time of the answer.</param>
    public bool TryStart(Func<Task> call)
    {
        if (Interlocked.Increment(ref running) > RunningMax)
        {
            Interlocked.Decrement(ref running);
            return false;
        }

        _ = RunAsync(call);
        return true;
    }

    /// <summary>A bug in one of them comes out with the next request of the process.</summary>
    public void ThrowIfOneThrew() => Interlocked.Exchange(ref thrown, null)?.Throw();

    private async Task RunAsync(Func<Task> call)
    {
        try
        {
            await call();
        }
        catch (Exception bug)
        {
            thrown = ExceptionDispatchInfo.Capture(bug);
        }
        finally
        {
            Interlocked.Decrement(ref running);
        }
    }
}
