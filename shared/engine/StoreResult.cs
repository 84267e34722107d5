namespace AiGateway.Engine;

/// <summary>
/// Why a call to the store has no answer. Which one it was decides whether it may be retried and what the policy does.
/// </summary>
public enum StoreFault
{
    /// <summary>Certainly not applied: the store was busy.</summary>
    Throttled,

    /// <summary>
    /// Certainly not applied: a transaction held the item for a moment (TransactionConflictException).
    /// </summary>
    Conflict,

    /// <summary>Perhaps applied, now or later.</summary>
    TimedOut,

    /// <summary>Certainly not applied: nothing answers at all.</summary>
    Unreachable,

    /// <summary>A permission is missing: a bug of the deployment, not an outage (T34).</summary>
    Denied,

    /// <summary>An item or a table is not as this project writes it: a bug.</summary>
    Malformed,
}

/// <summary>What became of one call to the store.</summary>
public abstract record StoreResult<T>
{
    private StoreResult()
    {
    }

    /// <summary>It was applied (or read); the value is what stands now.</summary>
    public sealed record Done(T Value) : StoreResult<T>;

    /// <summary>
    /// Its condition did not hold, so nothing was written; the value is what stands instead, null where nothing does.
    /// </summary>
    public sealed record Refused(T? Current) : StoreResult<T>;

    /// <summary>There is no answer.</summary>
    public sealed record Failed(StoreFault Fault, string Detail) : StoreResult<T>;
}
