namespace AiGateway.Domain.Ledger;

/// <summary>What a log line (or an expiry) says about a request, ready to be booked on whatever entry stands.</summary>
/// <param name="State">What the entry becomes: <c>NotSent</c>, <c>Expired</c>, <c>Estimated</c> or
/// <c>Measured</c>.</param>
/// <param name="Team">For a request without an entry.</param>
/// <param name="StartedAt">When the request began; the period of a request without an entry.</param>
/// <param name="Accounts">Where a request without an entry is booked: every scope's month its line resolves to, and the
/// totals of each.</param>
/// <param name="Amounts">What is booked in each dimension: the cost in USD, tokens, one request. Null cost: nothing is
/// booked (not sent).</param>
/// <param name="Result">How it ended.</param>
public sealed record Booking(
    EntryState State,
    string Team,
    DateTimeOffset StartedAt,
    IReadOnlyList<AccountHold> Accounts,
    BookedAmounts Amounts,
    EntryResult Result);

/// <summary>What a request used, by dimension.</summary>
public sealed record BookedAmounts(Usd Cost, long Tokens, long Requests)
{
    public static readonly BookedAmounts None = new(Usd.Zero, 0, 0);
}

/// <summary>What a booking does to the entry that stands.</summary>
public abstract record SettlementStep
{
    private SettlementStep()
    {
    }

    /// <summary>
    /// The entry's next version, and what changes on the accounts (empty for an entry that only records a refusal).
    /// </summary>
    public sealed record Write(LedgerEntry Next, IReadOnlyList<AccountChange> Changes) : SettlementStep;

    /// <summary>
    /// Its rank is reached already: a duplicate. <paramref name="Entry"/> tells the posting that may still be open.
    /// </summary>
    public sealed record AlreadyBooked(LedgerEntry Entry) : SettlementStep;
}

/// <summary>What an entry's change does to one account item.</summary>
public sealed record AccountChange(AccountKey Account, IReadOnlyList<TotalChange> Changes);
