using AiGateway.Domain.Ledger;

namespace AiGateway.Engine;

/// <summary>A request that has to be written, and what it becomes.</summary>
internal sealed record PendingStep(SettlementRequest Request, SettlementStep.Write Write);

/// <summary>What became of the batch so far.</summary>
/// <param name="requests">How many requests it has.</param>
internal sealed class SettlementBatch(int requests)
{
    private readonly List<SettlementOutcome> outcomes = new(requests);
    private readonly HashSet<AccountKey> touched = [];

    public IReadOnlyList<SettlementOutcome> Outcomes => outcomes;

    /// <summary>The accounts that a transaction changed, and those of duplicates: a posting of theirs may be open.</summary>
    public IReadOnlyCollection<AccountKey> TouchedAccounts => touched;

    /// <summary>
    /// The steps that have to be written; duplicates and requests with a fault of their own are answered here.
    /// </summary>
    public IReadOnlyList<PendingStep> StepsOf(
        IEnumerable<SettlementRequest> requests, IReadOnlyDictionary<string, LedgerEntry> entries)
    {
        var steps = new List<PendingStep>();
        foreach (var request in requests)
        {
            switch (StepOf(request, entries.GetValueOrDefault(request.RequestId)))
            {
                case SettlementStep.Write write:
                    steps.Add(new PendingStep(request, write));
                    break;
                case SettlementStep.AlreadyBooked(var entry):
                    Touch(entry);
                    outcomes.Add(new SettlementOutcome.Duplicate(request.RequestId, entry));
                    break;
            }
        }

        return steps;
    }

    /// <summary>
    /// As <see cref="StepsOf"/>, after a transaction was refused. An earlier sending of the same transaction may have
    /// been applied
    /// although its answer was lost: then the entries carry its posting, and were booked by us.
    /// </summary>
    public IReadOnlyList<PendingStep> StepsAfterRefusal(
        SettlementPack pack, IReadOnlyDictionary<string, LedgerEntry> entries, string postingId)
    {
        Touch(pack);
        bool IsOurs(SettlementRequest request) =>
            entries.GetValueOrDefault(request.RequestId)?.PostingId == postingId;

        AddBooked([.. pack.Requests.Where(IsOurs).Select(request => new EntryWrite(entries[request.RequestId], null))]);
        return StepsOf(pack.Requests.Where(request => !IsOurs(request)), entries);
    }

    public void AddBooked(IReadOnlyList<EntryWrite> written)
    {
        foreach (var entry in written.Select(write => write.Entry))
        {
            outcomes.Add(new SettlementOutcome.Booked(entry.RequestId, entry));
        }
    }

    public void AddRejected(string requestId, string reason) =>
        outcomes.Add(new SettlementOutcome.Rejected(requestId, reason));

    /// <summary>
    /// What the transaction changes: an entry that comes to nothing no longer names the account that gets its estimate
    /// back.
    /// </summary>
    public void Touch(SettlementPack pack) =>
        touched.UnionWith(pack.Steps.SelectMany(step => step.Write.Changes).Select(change => change.Account));

    private void Touch(LedgerEntry entry) => touched.UnionWith(entry.TouchedAccounts());

    // Whatever is wrong with one line's figures is its own matter: it is handed on with its reason, and the others are
    // booked.
    private SettlementStep? StepOf(SettlementRequest request, LedgerEntry? current)
    {
        try
        {
            return Transitions.Settle(current, request.RequestId, request.BookingFor(current));
        }
        catch (Exception trouble) when (trouble is ArgumentException or ArithmeticException)
        {
            AddRejected(request.RequestId, trouble.Message);
            return null;
        }
    }
}
