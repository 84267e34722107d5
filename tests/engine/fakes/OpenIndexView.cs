using AiGateway.Domain.Ledger;

namespace AiGateway.Engine.Tests.Fakes;

/// <summary>The sparse index of open entries, as far as it has caught up with the table.</summary>
internal sealed class OpenIndexView(Func<LedgerEntry, long?> bucketOf)
{
    private const int PageSize = 25;

    private readonly Dictionary<string, (long Version, long? Bucket)> seen = [];
    private readonly Dictionary<int, DateTimeOffset> probes = [];
    private readonly Dictionary<(long Bucket, int Shard), SortedSet<string>> open = [];

    /// <summary>Shows this version of the entry, unless a later one is shown already.</summary>
    public void CatchUp(LedgerEntry entry)
    {
        var isSeen = seen.TryGetValue(entry.RequestId, out var shown);
        if (isSeen && shown.Version >= entry.Version)
        {
            return;
        }

        var bucket = bucketOf(entry);
        seen[entry.RequestId] = (entry.Version, bucket);
        if (isSeen && shown.Bucket is { } before)
        {
            At(before, OpenIndex.ShardOf(entry.RequestId)).Remove(entry.RequestId);
        }

        if (bucket is { } now)
        {
            At(now, OpenIndex.ShardOf(entry.RequestId)).Add(entry.RequestId);
        }
    }

    public void CatchUp(int shard, DateTimeOffset probe)
    {
        if (NewestProbe(shard) is not { } newest || newest < probe)
        {
            probes[shard] = probe;
        }
    }

    public DateTimeOffset? NewestProbe(int shard) => probes.TryGetValue(shard, out var newest) ? newest : null;

    public OpenPage Query(long bucket, int shard, string? cursor)
    {
        if (!open.TryGetValue((bucket, shard), out var all) || all.Count == 0)
        {
            return new OpenPage([], null);
        }

        var ids = all
            .Where(id => cursor is null || string.CompareOrdinal(id, cursor) > 0)
            .Take(PageSize + 1)
            .ToList();
        return ids.Count > PageSize
            ? new OpenPage([.. ids.Take(PageSize)], ids[PageSize - 1])
            : new OpenPage(ids, null);
    }

    private SortedSet<string> At(long bucket, int shard) => open.TryGetValue((bucket, shard), out var ids)
        ? ids
        : open[(bucket, shard)] = new SortedSet<string>(StringComparer.Ordinal);
}
