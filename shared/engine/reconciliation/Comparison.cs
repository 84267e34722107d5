using AiGateway.Domain.Ledger;

namespace AiGateway.Engine;

/// <summary>Holds one account against the ledger. Pure.</summary>
internal static class Comparison
{
    public static IReadOnlyList<Difference> Of(
        AccountKey account, AccountLook before, AccountLook after, LedgerSums ledger)
    {
        if (!before.IsSame(after))
        {
            return [new Difference(account, null, DifferenceKind.Busy, 0m, 0m)];
        }

        var totals = (after.Totals?.Totals.Keys ?? []).Concat(ledger.TotalsOf(account)).Distinct();
        var open = after.Open.Count == 0
            ? []
            : new[] { new Difference(account, null, DifferenceKind.PostingOpen, 0m, after.Open.Count) };
        return [.. open, .. totals.SelectMany(total => Of(account, total, after, ledger))];
    }

    /// <summary>What the total should say; its buckets are taken as they are.</summary>
    public static RunningTotal Corrected(AccountKey account, Total total, AccountLook look, LedgerSums ledger)
    {
        var current = look[total];
        var settled = IsKept(total)
            ? ledger.Settled(account, total) - look.Pending(total, change => change.Settled)
            : current.Settled;
        var estimated = IsKept(total)
            ? ledger.Estimated(account, total) - look.Pending(total, change => change.Estimated)
            : current.Estimated;
        return current with
        {
            Settled = settled,
            Estimated = estimated,
            Committed = settled + estimated + current.Buckets.Values.Sum() + current.Moved,
        };
    }

    private static IEnumerable<Difference> Of(
        AccountKey account, Total total, AccountLook look, LedgerSums ledger)
    {
        var current = look[total];
        var expected = Corrected(account, total, look, ledger);
        var held = current.Buckets.Values.Sum();
        var parts = current.Settled + current.Estimated + held + current.Moved;
        var released = look.Pending(total, change => change.Released.Sum(hold => hold.Amount));
        var needed = ledger.Held(account, total) + released;

        return new[]
        {
            new Difference(account, total, DifferenceKind.Parts, current.Committed, parts),
            new Difference(account, total, DifferenceKind.Settled, current.Settled, expected.Settled),
            new Difference(account, total, DifferenceKind.Estimated, current.Estimated, expected.Estimated),
            new Difference(
                account, total, held < needed ? DifferenceKind.HoldsMissing : DifferenceKind.HoldsLeft, held, needed),
        }.Where(difference => difference.OfAccount != difference.OfLedger)
            .Where(difference => IsKept(total) || difference.Kind == DifferenceKind.Parts);
    }

    // Minutes, hours and days of the past are removed from the item as it is written: only their parts can be checked.
    internal static bool IsKept(Total total) => total.Window[0] is not ('d' or 'h' or 'n');
}
