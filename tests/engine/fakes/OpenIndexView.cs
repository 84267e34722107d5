using AiGateway.Domain.Ledger;

namespace AiGateway.Engine.Tests.Fakes;

/// <summary>The sparse index of open entries, as far as it has caught up with the table.</summary>
internal sealed class OpenIndexView(Func<LedgerEntry, long?> bucketOf)
{
    private const int PageSize = 25;

    private readonly SortedDictionary<string, (long Version, long? Bucket)> seen = new(StringComparer.Ordinal);

    /// <summary>Shows this version of the entry, unless a later one is shown already.</summary>
    public void CatchUp(LedgerEntry entry)
    {
        if (!seen.TryGetValue(entry.RequestId, out var shown) || shown.Version < entry.Version)
        {
            seen[entry.RequestId] = (entry.Version, bucketOf(entry));
        }
    }

    public OpenPage Query(long bucket, int shard, string? cursor)
    {
        var ids = seen
            .Where(entry => entry.Value.Bucket == bucket && OpenIndex.ShardOf(entry.Key) == shard)
            .Select(entry => entry.Key)
            .Where(id => cursor is null || string.CompareOrdinal(id, cursor) > 0)
            .Take(PageSize + 1)
            .ToList();
        return ids.Count > PageSize
            ? new OpenPage([.. ids.Take(PageSize)], ids[PageSize - 1])
            : new OpenPage(ids, null);
    }
}
