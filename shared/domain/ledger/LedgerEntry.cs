namespace AiGateway.Domain.Ledger;

/// <summary>The states of an entry, in the order of their rank: an entry is only ever replaced by one of a higher rank.</summary>
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
/// <param name="RequestId">The gateway's id of the request, or the CloudWatch event id of a line without one (prefixed <c>event:</c>).</param>
/// <param name="State">Where it stands.</param>
/// <param name="Version">Rises by one with every write: the condition of the next one.</param>
/// <param name="Team">The team it is attributed to, <c>unattributed</c> where none.</param>
/// <param name="CreatedAt">The first admission, or the line's start where there was none.</param>
/// <param name="Attempts">The passed attempts, in order. Empty where no decision was asked for.</param>
/// <param name="Booked">What it adds to which account: to <c>settled</c> when measured, to <c>estimated</c> when estimated or expired.</param>
/// <param name="Result">How it ended; null while held.</param>
/// <param name="PostingId">The posting that carried its last change to the accounts; null while none has.</param>
public sealed record LedgerEntry(
    string RequestId,
    EntryState State,
    long Version,
    string Team,
    DateTimeOffset CreatedAt,
    IReadOnlyList<Attempt> Attempts,
    IReadOnlyList<AccountHold> Booked,
    EntryResult? Result,
    string? PostingId);

/// <summary>How a request ended, for reports and for explaining the amount.</summary>
/// <param name="Cost">What is booked; null where nothing was sent.</param>
/// <param name="Reason">A stable snake_case name of what the line said: <c>complete</c>, <c>client_hung_up</c>, <c>provider_refused</c> …</param>
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
