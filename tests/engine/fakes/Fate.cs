namespace AiGateway.Engine.Tests.Fakes;

/// <summary>What becomes of one call to the store.</summary>
public enum Fate
{
    Normal,
    Throttled,
    Conflict,
    Unreachable,
    Denied,
    Malformed,

    /// <summary>Lost on the way: no answer, and never applied.</summary>
    RequestLost,

    /// <summary>Applied; the answer is lost.</summary>
    AnswerLost,

    /// <summary>No answer in time; applied later.</summary>
    LandsLate,

    /// <summary>The caller dies before the call is sent.</summary>
    CrashBefore,

    /// <summary>The caller dies with the call under way: it is applied, and nobody waits for the answer.</summary>
    CrashAfter,
}

/// <summary>A call on its way to the store.</summary>
/// <param name="Method">The port's method, without its suffix.</param>
/// <param name="Items">The items that it writes; none for a read.</param>
/// <param name="IsTransaction">Whether it holds those items until it is applied.</param>
internal sealed record StoreCall(string Method, IReadOnlyList<string> Items, bool IsTransaction = false)
{
    /// <summary>The keys of the open index that it writes to, once for each entry.</summary>
    public IReadOnlyList<string> IndexKeys { get; init; } = [];
}

/// <summary>What stands between a process and the tables.</summary>
internal interface INetwork
{
    Task<StoreResult<T>> SendAsync<T>(StoreCall call, Func<StoreResult<T>> apply);
}

/// <summary>Everything is bounded: whoever asks more often than any test needs is in a loop that does not end.</summary>
internal sealed class Fuse(int callsMax)
{
    private int calls;

    public void Count(StoreCall call)
    {
        if (++calls > callsMax)
        {
            throw new InvalidOperationException($"{call.Method} was the {calls}th call: does this ever end?");
        }
    }
}

/// <summary>A network without time or faults.</summary>
internal sealed class PerfectNetwork : INetwork
{
    private readonly Fuse fuse = new(1_000_000);

    public Task<StoreResult<T>> SendAsync<T>(StoreCall call, Func<StoreResult<T>> apply)
    {
        fuse.Count(call);
        return Task.FromResult(apply());
    }
}
