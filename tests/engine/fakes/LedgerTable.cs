using AiGateway.Domain.Ledger;

namespace AiGateway.Engine.Tests.Fakes;

/// <summary>
/// What the ledger's table does, call by call. The open index is another reader's: it learns of changes by the event.
/// </summary>
internal sealed class LedgerTable
{
    private readonly SortedDictionary<string, LedgerEntry> entries = new(StringComparer.Ordinal);

    /// <summary>A planted fault: void takes the place of whatever is held.</summary>
    public bool VoidsAnyAttempt { get; set; }

    public event Action<LedgerEntry>? Changed;

    /// <summary>A probe of the index was written.</summary>
    public event Action<int, DateTimeOffset>? Probed;

    public IReadOnlyCollection<LedgerEntry> All => entries.Values;

    public LedgerEntry? Find(string requestId) => entries.GetValueOrDefault(requestId);

    public StoreResult<LedgerEntry> PutHeld(LedgerEntry entry)
    {
        if (Find(entry.RequestId) is { } standing)
        {
            return new StoreResult<LedgerEntry>.Refused(standing);
        }

        return Write(entry);
    }

    public StoreResult<LedgerEntry> Append(string requestId, long readVersion, Attempt attempt)
    {
        if (Find(requestId) is not { State: EntryState.Held } standing || standing.Version != readVersion)
        {
            return new StoreResult<LedgerEntry>.Refused(Find(requestId));
        }

        return Write(standing with { Version = readVersion + 1, Attempts = [.. standing.Attempts, attempt] });
    }

    public StoreResult<LedgerEntry> Void(LedgerEntry voidEntry, string attemptId)
    {
        var standing = Find(voidEntry.RequestId);
        var isOwn = standing is { State: EntryState.Held }
            && (VoidsAnyAttempt || (standing.Attempts.Count == 1 && standing.Attempts[0].Id == attemptId));
        return standing is null || isOwn
            ? Write(voidEntry with { Version = (standing?.Version ?? 1) + 1 })
            : new StoreResult<LedgerEntry>.Refused(standing);
    }

    public StoreResult<DateTimeOffset> Probe(int shard, DateTimeOffset at)
    {
        Probed?.Invoke(shard, at);
        return new StoreResult<DateTimeOffset>.Done(at);
    }

    public IReadOnlyList<LedgerEntry> Read(IReadOnlyList<string> requestIds) =>
        [.. requestIds.Distinct().Select(Find).OfType<LedgerEntry>()];

    public IReadOnlyList<string> FailedConditions(IReadOnlyList<EntryWrite> writes) =>
        [.. writes.Where(write => Find(write.Entry.RequestId)?.Version != write.ReadVersion)
            .Select(write => write.Entry.RequestId)];

    public StoreResult<LedgerEntry> Write(LedgerEntry entry)
    {
        entries[entry.RequestId] = entry;
        Changed?.Invoke(entry);
        return new StoreResult<LedgerEntry>.Done(entry);
    }
}
