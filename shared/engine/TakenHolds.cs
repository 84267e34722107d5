using AiGateway.Domain.Ledger;

namespace AiGateway.Engine;

/// <summary>What one hold's write came to.</summary>
internal sealed record HoldAnswer(ReserveWrite Write, StoreResult<AccountTotals> Answer);

/// <summary>The answers of a reservation's parallel round.</summary>
internal sealed record TakenHolds(IReadOnlyList<HoldAnswer> Holds, StoreResult<LedgerEntry> Put, string AttemptId)
{
    public IReadOnlyList<ReserveWrite> Confirmed =>
        [.. Holds.Where(hold => hold.Answer is StoreResult<AccountTotals>.Done).Select(hold => hold.Write)];

    /// <summary>What an undo has to give back.</summary>
    public IReadOnlyList<ReserveWrite> GivenBack => [.. Confirmed.Where(write => write.Amounts.Count > 0)];

    /// <summary>Writes of which nobody knows whether they were applied.</summary>
    public int Unknown => Holds.Count(hold =>
        hold.Answer is StoreResult<AccountTotals>.Failed { Fault: StoreFault.TimedOut or StoreFault.Malformed });

    public IReadOnlyList<AccountTotals> Totals
    {
        get
        {
            var totals = new List<AccountTotals>(Holds.Count);
            foreach (var hold in Holds)
            {
                if (hold.Answer is StoreResult<AccountTotals>.Done(var value))
                {
                    totals.Add(value);
                }
            }

            return totals;
        }
    }

    public bool HasFault => WorstFault() is not null;

    /// <summary>The entry that an earlier attempt wrote; null where this one's put made it.</summary>
    public LedgerEntry? Standing =>
        Put is StoreResult<LedgerEntry>.Refused({ } entry) && !IsOwn(entry) ? entry : null;

    /// <summary>The put was applied or perhaps was, so that the entry has to be voided with the holds.</summary>
    public bool MayHaveWrittenEntry => Put switch
    {
        StoreResult<LedgerEntry>.Done => true,
        StoreResult<LedgerEntry>.Failed { Fault: StoreFault.TimedOut } => true,
        StoreResult<LedgerEntry>.Refused({ } entry) => IsOwn(entry),
        _ => false,
    };

    /// <summary>
    /// Why this cannot be admitted, in a fixed order: a limit, then the store, then the entry's state. Null: it can.
    /// </summary>
    /// <param name="plan">The plan that it was sent for.</param>
    /// <param name="sumOf">An item with the others that its account is spread over.</param>
    public ReserveOutcome? Trouble(ReservePlan plan, Func<AccountTotals, AccountTotals> sumOf)
    {
        var refused = Holds.Where(hold => hold.Answer is StoreResult<AccountTotals>.Refused).Select(CurrentOf).ToList();
        if (refused.Count > 0)
        {
            return LimitCheck.Refused(plan, refused, sumOf);
        }

        if (WorstFault() is { } fault)
        {
            return fault with { IsOutage = IsOutage };
        }

        return Standing is { State: not EntryState.Held } ended ? new ReserveOutcome.NotHeld(ended.State) : null;
    }

    private bool IsOutage =>
        Put is StoreResult<LedgerEntry>.Failed { Fault: StoreFault.Unreachable }
        && Holds.All(hold => hold.Answer is StoreResult<AccountTotals>.Failed { Fault: StoreFault.Unreachable });

    private static AccountTotals CurrentOf(HoldAnswer hold) =>
        ((StoreResult<AccountTotals>.Refused)hold.Answer).Current
            ?? new AccountTotals(hold.Write.Account, new Dictionary<Total, RunningTotal>());

    // Bugs first, then what perhaps was applied; "unreachable" only where every trouble is of that kind.
    private ReserveOutcome.StoreFailed? WorstFault() => Faults().MinBy(failed => failed.Fault switch
    {
        StoreFault.Denied => 0,
        StoreFault.Malformed => 1,
        StoreFault.TimedOut => 2,
        StoreFault.Conflict => 3,
        StoreFault.Throttled => 4,
        _ => 5,
    });

    private IEnumerable<ReserveOutcome.StoreFailed> Faults()
    {
        foreach (var hold in Holds)
        {
            if (hold.Answer is StoreResult<AccountTotals>.Failed(var fault, var detail))
            {
                yield return new ReserveOutcome.StoreFailed(fault, $"account {hold.Write.Account}", detail);
            }
        }

        if (Put is StoreResult<LedgerEntry>.Failed(var putFault, var putDetail))
        {
            yield return new ReserveOutcome.StoreFailed(putFault, "ledger put", putDetail);
        }
        else if (Put is StoreResult<LedgerEntry>.Refused(null))
        {
            yield return new ReserveOutcome.StoreFailed(
                StoreFault.Malformed, "ledger put", "The id is known, but no entry stands.");
        }
    }

    private bool IsOwn(LedgerEntry entry) =>
        entry.State == EntryState.Held && entry.Attempts.Any(attempt => attempt.Id == AttemptId);
}
