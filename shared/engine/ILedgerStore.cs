using AiGateway.Domain.Ledger;

namespace AiGateway.Engine;

/// <summary>One entry's change inside a settlement: what it becomes, on condition that it is still as read.</summary>
/// <param name="Entry">The new entry; its version is <paramref name="ReadVersion"/> + 1.</param>
/// <param name="ReadVersion">The version that was read; null: there was none, and there must still be none.</param>
public sealed record EntryWrite(LedgerEntry Entry, long? ReadVersion);

/// <summary>The ledger. Every method is exactly one call to the database; none retries.</summary>
public interface ILedgerStore
{
    /// <summary>
    /// Puts a new entry in state <c>held</c>. Refused: the id is known; the value is the entry that stands.
    /// </summary>
    Task<StoreResult<LedgerEntry>> PutHeldAsync(LedgerEntry entry, CancellationToken stop);

    /// <summary>
    /// Appends an attempt, on condition that the entry is <c>held</c> and of this version. The key of the open index
    /// stays the first attempt's.
    /// </summary>
    Task<StoreResult<LedgerEntry>> AppendAttemptAsync(
        string requestId, long readVersion, Attempt attempt, CancellationToken stop);

    /// <summary>
    /// Marks the request void, on condition that there is no entry, or that its only attempt is <paramref
    /// name="attemptId"/>. Refused: another attempt stands.
    /// </summary>
    Task<StoreResult<LedgerEntry>> VoidAsync(LedgerEntry voidEntry, string attemptId, CancellationToken stop);

    /// <summary>Consistent reads of at most 100 entries; ids without an entry are not in the answer.</summary>
    Task<StoreResult<IReadOnlyList<LedgerEntry>>> ReadAsync(IReadOnlyList<string> requestIds, CancellationToken stop);

    /// <summary>
    /// One transaction: the entries, each on its condition, and the postings. At most 100 items. Refused: some
    /// condition failed (re-read); the value says
    /// which request ids.
    /// </summary>
    Task<StoreResult<IReadOnlyList<string>>> SettleAsync(
        IReadOnlyList<EntryWrite> entries, IReadOnlyList<Posting> postings, CancellationToken stop);

    /// <summary>
    /// Ids of open entries (<see cref="LedgerEntry.OpenBucket"/>) of a bucket and one of its <see
    /// cref="OpenIndex.Shards"/> shards, from the sparse index: may
    /// lag behind.
    /// </summary>
    Task<StoreResult<OpenPage>> QueryOpenAsync(long bucket, int shard, string? cursor, CancellationToken stop);

    /// <summary>
    /// Writes a probe of the open index: an item of its own that is no entry, shown by the index like one.
    /// </summary>
    Task<StoreResult<DateTimeOffset>> PutProbeAsync(int shard, DateTimeOffset at, CancellationToken stop);

    /// <summary>When the newest probe of this shard was written that the index shows; null: it shows none.</summary>
    Task<StoreResult<DateTimeOffset?>> QueryProbeAsync(int shard, CancellationToken stop);

    /// <summary>A page of all entries, in any order; each is read consistently. For reconciliation only.</summary>
    Task<StoreResult<LedgerPage>> ScanAsync(string? cursor, CancellationToken stop);
}

/// <summary>A page of entries; <paramref name="Cursor"/> is null on the last one.</summary>
public sealed record LedgerPage(IReadOnlyList<LedgerEntry> Entries, string? Cursor);

/// <summary>A page of the open index; <paramref name="Cursor"/> is null on the last one.</summary>
public sealed record OpenPage(IReadOnlyList<string> RequestIds, string? Cursor);

/// <summary>The shards of the open index, so that no bucket's key is hot.</summary>
public static class OpenIndex
{
    public const int Shards = 16;

    /// <summary>FNV-1a over the id's UTF-16 units, modulo the shards: the same in every process and version.</summary>
    public static int ShardOf(string requestId)
    {
        unchecked
        {
            var hash = 2166136261u;
            foreach (var unit in requestId)
            {
                hash = (hash ^ unit) * 16777619u;
            }

            return (int)(hash % Shards);
        }
    }
}
