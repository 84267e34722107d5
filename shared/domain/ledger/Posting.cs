namespace AiGateway.Domain.Ledger;

/// <summary>
/// What a batch of entries adds to and takes from one account item: written in the transaction that changes the
/// entries, applied to the
/// account in a transaction of two (the account, and the mark on the posting), so that it is applied exactly once.
/// </summary>
/// <param name="Account">The account item; with <paramref name="Id"/> the posting's key.</param>
/// <param name="Id">Sortable by time, unique.</param>
/// <param name="Changes">One for each running total that changes.</param>
public sealed record Posting(AccountKey Account, string Id, IReadOnlyList<TotalChange> Changes)
{
    /// <summary>
    /// The same posting without the reductions of these buckets: those holds are gone. A minute whose bucket is gone is
    /// over, and
    /// its total was removed: it is left alone, or it would come back with every late line.
    /// </summary>
    public Posting Without(IReadOnlyCollection<(Total Total, long Bucket)> missing) => this with
    {
        Changes = [.. Changes
            .Where(change => !(change.Total.IsMinute && IsGone(change, missing)))
            .Select(change => change with
            {
                Released = [.. change.Released.Where(hold => !missing.Contains((change.Total, hold.Bucket)))],
            })],
    };

    private static bool IsGone(TotalChange change, IReadOnlyCollection<(Total Total, long Bucket)> missing) =>
        change.Released.Count > 0 && change.Released.All(hold => missing.Contains((change.Total, hold.Bucket)));
}

/// <summary>
/// A change of one running total. <c>committed</c> changes by settled + estimated − what is released and still there.
/// </summary>
/// <param name="Total">Which one.</param>
/// <param name="Settled">Added to <c>settled</c>; negative takes back.</param>
/// <param name="Estimated">Added to <c>estimated</c>; negative takes back.</param>
/// <param name="Released">Holds that end. A bucket that no longer holds that much (it expired) is left alone.</param>
public sealed record TotalChange(Total Total, decimal Settled, decimal Estimated, IReadOnlyList<BucketAmount> Released);

/// <summary>An amount in a hold bucket.</summary>
public readonly record struct BucketAmount(long Bucket, decimal Amount);
