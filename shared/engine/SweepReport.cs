using AiGateway.Domain.Ledger;

namespace AiGateway.Engine;

/// <summary>What a sweep did.</summary>
/// <param name="Expired">Entries that no line had cleared.</param>
/// <param name="Released">Buckets that were taken from accounts.</param>
/// <param name="IndexLag">The longest time seen that the open index still showed an entry after it was closed.</param>
/// <param name="LeftForNext">Why buckets were left to the next sweep; null where none was.</param>
public sealed record SweepReport(int Expired, int Released, TimeSpan IndexLag, string? LeftForNext)
{
    /// <summary>Totals of idle or overdrawn shards that were squared with their shard 0.</summary>
    public int Recalled { get; init; }
}

/// <summary>
/// The open index is so far behind that a hold might be released which is still needed: nothing is released.
/// </summary>
public sealed class IndexLagException(TimeSpan lag, TimeSpan lagMax)
    : Exception($"The open index is {lag} behind; the sweep stops beyond {lagMax}.")
{
    public TimeSpan Lag { get; } = lag;
}

/// <summary>An account, with its expired buckets and its totals of windows that are over.</summary>
internal sealed record StaleAccount(
    AccountKey Account, IReadOnlyList<long> Buckets, IReadOnlyDictionary<Total, RunningTotal> Past);
