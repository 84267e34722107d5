using AiGateway.Domain;
using AiGateway.Domain.Ledger;

namespace AiGateway.Engine;

/// <summary>
/// What an operator knows about a request that no line told: what it cost, or that it never was sent.
/// </summary>
/// <param name="Cost">Measured, from the provider's invoice; null: nothing was sent.</param>
/// <param name="Tokens">With the cost; zero where unknown.</param>
public sealed record Resolution(Usd? Cost, long Tokens)
{
    /// <summary>The booking, on whatever expired or estimated entry stands.</summary>
    /// <exception cref="ArgumentException">There is no such entry, or it is not waiting for a figure.</exception>
    public SettlementRequest For(string requestId, DateTimeOffset now) => new(requestId, entry => entry switch
    {
        { State: EntryState.Expired } => BookingOf(now),
        { State: EntryState.Estimated } when Cost is not null => BookingOf(now),
        null => throw new ArgumentException("There is no entry of this request id."),
        _ => throw new ArgumentException($"The entry is {entry.State}: only expired ones are resolved by hand, and "
            + "estimated ones by a cost."),
    });

    private Booking BookingOf(DateTimeOffset now) => new(
        Cost is null ? EntryState.NotSent : EntryState.Measured,
        "unattributed",
        now,
        [],
        Cost is { } cost ? new BookedAmounts(cost, Tokens, 1) : BookedAmounts.None,
        new EntryResult(Cost, "resolved_by_operator", null, null, null, null, null, Usd.Zero, now));
}
