using AiGateway.Domain.Ledger;

namespace AiGateway.Engine;

/// <summary>The postings. Every method is exactly one call to the database; none retries.</summary>
public interface IPostingStore
{
    /// <summary>
    /// So many open postings are read at once, at most: with a few kilobytes each they are far from what one answer of
    /// the database can hold.
    /// </summary>
    const int OpenMax = 50;

    /// <summary>
    /// One transaction of two: the account's change, and the mark that this posting is applied, on condition that it
    /// was not. Refused with
    /// <see cref="PostingRefusal.AlreadyApplied"/>, or with the totals whose bucket no longer holds what is released
    /// (drop those and apply again).
    /// </summary>
    Task<StoreResult<PostingRefusal>> ApplyAsync(Posting posting, DateTimeOffset now, CancellationToken stop);

    /// <summary>
    /// The postings of an account that are not applied yet, the oldest first: a consistent read. Fewer than <see
    /// cref="OpenMax"/>: these are all.
    /// </summary>
    Task<StoreResult<IReadOnlyList<Posting>>> ReadOpenAsync(AccountKey account, CancellationToken stop);

    /// <summary>
    /// A page of all open postings, in any order, eventually consistent: where the sweep finds what a crash left open,
    /// even on an account that has no item yet.
    /// </summary>
    Task<StoreResult<PostingPage>> ScanOpenAsync(string? cursor, CancellationToken stop);
}

/// <summary>A page of postings; <paramref name="Cursor"/> is null on the last one.</summary>
public sealed record PostingPage(IReadOnlyList<Posting> Postings, string? Cursor);

/// <summary>Why a posting was not applied. <see cref="None"/> where it was.</summary>
/// <param name="AlreadyApplied">Another worker was first: nothing is left to do.</param>
/// <param name="MissingBuckets">Holds that are gone: apply without reducing these.</param>
public sealed record PostingRefusal(bool AlreadyApplied, IReadOnlyList<(Total Total, long Bucket)> MissingBuckets)
{
    public static readonly PostingRefusal None = new(false, []);
}
