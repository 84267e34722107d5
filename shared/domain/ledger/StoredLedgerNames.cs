using AiGateway.Domain.Budgets;

namespace AiGateway.Domain.Ledger;

/// <summary>The names of the states: in the ledger, in reports and in logs.</summary>
public static class StoredLedgerNames
{
    public static readonly StoredNames<EntryState> States = new(
        (EntryState.Held, "held"), (EntryState.Void, "void"), (EntryState.NotSent, "not_sent"),
        (EntryState.Expired, "expired"), (EntryState.Estimated, "estimated"), (EntryState.Measured, "measured"));
}
