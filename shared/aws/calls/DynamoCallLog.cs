using System.Collections.Concurrent;

namespace AiGateway.Aws;

/// <summary>
/// Counts the round trips and keeps what was called: for the tests of either, and for the parity test of the IAM
/// policies (T71).
/// </summary>
public sealed class DynamoCallLog : IDynamoObserver
{
    private readonly ConcurrentDictionary<DynamoCall, byte> calls = new();
    private long roundTrips;

    /// <summary>How many requests were sent.</summary>
    public long RoundTrips => Interlocked.Read(ref roundTrips);

    /// <summary>Every different call that was made, in a fixed order.</summary>
    public IReadOnlyList<DynamoCall> Calls =>
        [.. calls.Keys.OrderBy(call => call.Table).ThenBy(call => call.Action).ThenBy(call => call.Index)];

    public void Sending(IReadOnlyList<DynamoCall> calls)
    {
        Interlocked.Increment(ref roundTrips);
        foreach (var call in calls)
        {
            this.calls.TryAdd(call, 0);
        }
    }

    public void Clear()
    {
        Interlocked.Exchange(ref roundTrips, 0);
        calls.Clear();
    }
}
