using AiGateway.Domain.Ledger;

namespace AiGateway.Engine;

/// <summary>
/// A request to be booked. The booking is made from the entry that stands, because its bounds decide an estimate; pure,
/// may be called again after a re-read.
/// </summary>
/// <param name="RequestId">The ledger's key.</param>
/// <param name="BookingFor">The booking, given the entry that stands (null: none).</param>
public sealed record SettlementRequest(string RequestId, Func<LedgerEntry?, Booking> BookingFor);

/// <summary>What became of one request of a batch.</summary>
public abstract record SettlementOutcome(string RequestId)
{
    /// <summary>Booked now, its postings applied (or left to the next batch: then the hold still counts).</summary>
    public sealed record Booked(string RequestId, LedgerEntry Entry) : SettlementOutcome(RequestId);

    /// <summary>Had been booked before; its postings are applied.</summary>
    public sealed record Duplicate(string RequestId, LedgerEntry Entry) : SettlementOutcome(RequestId);

    /// <summary>Can't be booked for a reason of its own; the others of its batch are.</summary>
    public sealed record Rejected(string RequestId, string Reason) : SettlementOutcome(RequestId);
}

/// <summary>What became of a batch: one outcome for each request id.</summary>
/// <param name="Outcomes">In the order of the requests.</param>
/// <param name="PostingsLeftOpen">Accounts whose postings could not all be applied now: the next batch or the sweep
/// does; until then the holds count.</param>
public sealed record SettlementReport(
    IReadOnlyList<SettlementOutcome> Outcomes, IReadOnlyList<Domain.Ledger.AccountKey> PostingsLeftOpen);
