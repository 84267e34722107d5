using AiGateway.Domain.Budgets;
using AiGateway.Domain.Ledger;

namespace AiGateway.Engine;

/// <summary>
/// The entries that the open index shows in expired buckets: expires those that are still held, and tells how far the
/// index is behind.
/// </summary>
internal sealed class OpenEntries(ILedgerStore ledger, Settler settler, Pacing pacing)
{
    private const int PagesMax = 1000;

    private readonly SafeRetry retry = new(pacing);

    public int Expired { get; private set; }

    public TimeSpan Lag { get; private set; }

    /// <summary>True where the index shows nothing in any of the buckets.</summary>
    public async Task<bool> LookAsync(IEnumerable<long> buckets, CancellationToken stop)
    {
        var isEmpty = true;
        foreach (var bucket in buckets)
        {
            for (var shard = 0; shard < OpenIndex.Shards; shard++)
            {
                isEmpty &= await LookAsync(bucket, shard, stop);
            }
        }

        return isEmpty;
    }

    private async Task<bool> LookAsync(long bucket, int shard, CancellationToken stop)
    {
        var isEmpty = true;
        string? cursor = null;
        for (var page = 0; page < PagesMax; page++)
        {
            var from = cursor;
            var found = await retry.ReadAsync(
                "open index", () => ledger.QueryOpenAsync(bucket, shard, from, stop), stop);
            if (found.RequestIds.Count > 0)
            {
                isEmpty = false;
                await ExpireAsync(found.RequestIds, stop);
            }

            cursor = found.Cursor;
            if (cursor is null)
            {
                return isEmpty;
            }
        }

        throw new InvalidOperationException($"The open index has more than {PagesMax} pages in bucket {bucket}.");
    }

    private async Task ExpireAsync(IReadOnlyList<string> requestIds, CancellationToken stop)
    {
        var now = pacing.Now;
        var report = await settler.SettleAsync(
            [.. requestIds.Select(id => new SettlementRequest(id, _ => Expiry(now)))], stop);
        Expired += report.Outcomes.OfType<SettlementOutcome.Booked>().Count();

        foreach (var closed in report.Outcomes.OfType<SettlementOutcome.Duplicate>())
        {
            var lag = now - (closed.Entry.Result?.SettledAt ?? now);
            Lag = lag > Lag ? lag : Lag;
        }
    }

    private static Booking Expiry(DateTimeOffset now) => new(
        EntryState.Expired,
        "unattributed",
        now,
        [],
        BookedAmounts.None,
        new EntryResult(null, "expired", null, null, null, null, null, Domain.Usd.Zero, now));
}
