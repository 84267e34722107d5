namespace AiGateway.Domain.Ledger;

/// <summary>The states of an entry; <see cref="EntryRank"/> says which one may replace which.</summary>
public enum EntryState
{
    Held,
    Void,
    NotSent,
    Expired,
    Estimated,
    Measured,
}

/// <summary>The one record of a request: held, then settled at most once; or void, or expired and estimated.</summary>
/// <param name="RequestId">The gateway's id of the request, or the CloudWatch event id of a line without one (prefixed
/// <c>event:</c>).</param>
/// <param name="State">Where it stands.</param>
/// <param name="Version">Rises by one with every write: the condition of the next one.</param>
/// <param name="Team">The team it is attributed to, <c>unattributed</c> where none.</param>
/// <param name="CreatedAt">The first admission, or the line's start where there was none.</param>
/// <param name="Attempts">The passed attempts, in order. Empty where no decision was asked for.</param>
/// <param name="Settled">Measured money and use: what it adds to <c>settled</c>, account by account. Zero amounts are
/// left out.</param>
/// <param name="Estimated">What it adds to <c>estimated</c>: estimates, expired holds, and dropped attempts under
/// <c>on_retry: charge</c>.</param>
/// <param name="Result">How it ended; null while held.</param>
/// <param name="PostingId">The posting (one item for each account, all of this id) that carried its last change to the
/// accounts; null while none has.</param>
public sealed record LedgerEntry(
    string RequestId,
    EntryState State,
    long Version,
    string Team,
    DateTimeOffset CreatedAt,
    IReadOnlyList<Attempt> Attempts,
    IReadOnlyList<AccountHold> Settled,
    IReadOnlyList<AccountHold> Estimated,
    EntryResult? Result,
    string? PostingId)
{
    /// <summary>
    /// The bucket under which the sweep finds it in the open index; null: it is not in the index. Only <c>held</c>
    /// entries wait for an expiry; the bucket is
    /// the first attempt's, whatever attempts follow.
    /// </summary>
    public long? OpenBucket => State == EntryState.Held && Attempts.Count > 0 ? Attempts[0].Bucket : null;

    /// <summary>Every account item that it names: those of its holds and those of what is booked.</summary>
    public IEnumerable<AccountKey> TouchedAccounts() =>
        Attempts.SelectMany(attempt => attempt.Holds)
            .Concat(Settled)
            .Concat(Estimated)
            .Select(hold => hold.Account)
            .Distinct();
}

/// <summary>How a request ended, for reports and for explaining the amount.</summary>
/// <param name="Cost">What is booked; null where nothing was sent.</param>
/// <param name="Reason">A stable snake_case name of what the line said: <c>complete</c>, <c>client_hung_up</c>,
/// <c>provider_refused</c> …</param>
/// <param name="Provider">As the line names it.</param>
/// <param name="Model">The model that was priced.</param>
/// <param name="PriceSource">Which row of the price book, and how it was found; null where no price was used.</param>
/// <param name="InputTokens">As booked, cache included; null where unknown.</param>
/// <param name="OutputTokens">As booked; null where unknown.</param>
/// <param name="Overrun">What was billed above the hold; zero where it was enough or there was none.</param>
/// <param name="SettledAt">When it was booked.</param>
public sealed record EntryResult(
    Usd? Cost,
    string Reason,
    string? Provider,
    string? Model,
    string? PriceSource,
    long? InputTokens,
    long? OutputTokens,
    Usd Overrun,
    DateTimeOffset SettledAt);
