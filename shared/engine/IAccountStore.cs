using AiGateway.Domain.Ledger;

namespace AiGateway.Engine;

/// <summary>A hold to take on one account item, if every limit allows it.</summary>
/// <param name="Account">The item.</param>
/// <param name="Bucket">The five minutes it stands in.</param>
/// <param name="Amounts">Added to <c>committed</c> and to the bucket of each total.</param>
/// <param name="Ceilings">For limited totals: what <c>committed</c> may be at most before the hold is added (limit −
/// hold).</param>
/// <param name="Stale">Totals of windows that are over, as an earlier answer showed them; their attributes are removed
/// in passing.</param>
public sealed record ReserveWrite(
    AccountKey Account,
    long Bucket,
    IReadOnlyList<TotalAmount> Amounts,
    IReadOnlyList<TotalAmount> Ceilings,
    IReadOnlyList<StaleTotal> Stale)
{
    /// <summary>On a shard: totals whose share must have been granted, under this limit or a lower one.</summary>
    public IReadOnlyList<TotalAmount> GrantedAtMost { get; init; } = [];

    /// <summary>Totals of which nothing was granted under a limit lower than this, as far as this item knows.</summary>
    public IReadOnlyList<TotalAmount> GrantedAtLeast { get; init; } = [];

    /// <summary>Of these totals something must have been granted: before that nobody has looked at all shards.</summary>
    public bool IsOpened { get; init; }
}

/// <summary>What one shard's item gives or takes in a move, and the hold that is taken on it with that.</summary>
/// <param name="Hold">The hold, or none (no amounts), and the ceilings: what <c>committed</c> may be at most before
/// all of this.</param>
/// <param name="Moves">Added to <c>committed</c> and to <c>moved</c>: positive gives, negative takes. Zero is named
/// too: it is looked at.</param>
/// <param name="Grants">Limits that this shard's share is granted under from now on; on shard 0 the lowest limit that any
/// share is granted under.</param>
public sealed record ShardWrite(
    ReserveWrite Hold, IReadOnlyList<TotalAmount> Moves, IReadOnlyList<TotalAmount> Grants)
{
    public AccountKey Account => Hold.Account;

    /// <summary>What <c>committed</c> must be at least before all of this.</summary>
    public IReadOnlyList<TotalAmount> AtLeast { get; init; } = [];
}

/// <summary>
/// A running total of a past minute, hour or day, with the buckets it was seen to have. Never one of the item's own
/// window.
/// </summary>
public sealed record StaleTotal(Total Total, IReadOnlyList<long> Buckets);

/// <summary>The accounts. Every method is exactly one call to the database; none retries.</summary>
public interface IAccountStore
{
    /// <summary>One conditional update. Refused: a ceiling was passed; the totals say which.</summary>
    Task<StoreResult<AccountTotals>> ReserveAsync(ReserveWrite write, CancellationToken stop);

    /// <summary>
    /// One transaction over shards of one or more accounts: shares move, and holds are taken. Over all shards of an
    /// account the moves of a total come to zero. Refused: some condition failed, nothing was written; the items whose
    /// condition it was, as they stood.
    /// </summary>
    Task<StoreResult<IReadOnlyList<AccountTotals>>> MoveAsync(IReadOnlyList<ShardWrite> writes, CancellationToken stop);

    /// <summary>
    /// Takes a confirmed hold back, on condition that the bucket holds that much. Refused: it does not (it has
    /// expired).
    /// </summary>
    Task<StoreResult<AccountTotals>> GiveBackAsync(
        AccountKey account, long bucket, IReadOnlyList<TotalAmount> amounts, CancellationToken stop);

    /// <summary>Removes one bucket and takes it from <c>committed</c>, on condition that it is unchanged.</summary>
    Task<StoreResult<AccountTotals>> ExpireBucketAsync(
        AccountKey account, Total total, BucketAmount expected, CancellationToken stop);

    /// <summary>A consistent read; the value is null where there is no such item.</summary>
    Task<StoreResult<AccountTotals?>> ReadAsync(AccountKey account, CancellationToken stop);

    /// <summary>
    /// Sets one running total's committed, settled, estimated and moved right, on condition that they are as seen. Its
    /// buckets stay. For reconciliation only.
    /// </summary>
    Task<StoreResult<AccountTotals>> CorrectAsync(
        AccountKey account, Total total, RunningTotal seen, RunningTotal corrected, CancellationToken stop);

    /// <summary>
    /// Removes totals of windows that are over, with their buckets, on condition that each is as seen. For the sweep;
    /// never one of the item's own window.
    /// </summary>
    Task<StoreResult<AccountTotals>> RemoveAsync(
        AccountKey account, IReadOnlyDictionary<Total, RunningTotal> seen, CancellationToken stop);

    /// <summary>
    /// A page of all account items, in any order, eventually consistent: where the sweep and <c>ledger verify</c> find
    /// accounts.
    /// </summary>
    Task<StoreResult<AccountPage>> ScanAsync(string? cursor, CancellationToken stop);
}

/// <summary>A page of account items; <paramref name="Cursor"/> is null on the last one.</summary>
public sealed record AccountPage(IReadOnlyList<AccountTotals> Accounts, string? Cursor);
