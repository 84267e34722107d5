using AiGateway.Domain.Ledger;

namespace AiGateway.Engine;

/// <summary>What kind of difference between the ledger and the accounts it is.</summary>
public enum DifferenceKind
{
    /// <summary><c>committed</c> is not settled + estimated + Σ buckets + moved.</summary>
    Parts,

    /// <summary><c>settled</c> is not what the ledger comes to.</summary>
    Settled,

    /// <summary><c>estimated</c> is not what the ledger comes to.</summary>
    Estimated,

    /// <summary>Buckets hold less than the held entries: something may be overspent until those are settled.</summary>
    HoldsMissing,

    /// <summary>Buckets hold more than the held entries: calls under way or refused; expiry releases it.</summary>
    HoldsLeft,

    /// <summary>The shares that an account's shards moved between each other do not come to zero.</summary>
    Moved,

    /// <summary>A posting is booked and not applied yet: the next batch or sweep does it.</summary>
    PostingOpen,

    /// <summary>The account changed while it was compared: look again.</summary>
    Busy,
}

/// <summary>One difference, explained.</summary>
/// <param name="Account">Where.</param>
/// <param name="Total">Which running total; null where it is the account's as a whole.</param>
/// <param name="Kind">What kind.</param>
/// <param name="OfAccount">What the account says.</param>
/// <param name="OfLedger">What follows from the ledger.</param>
public sealed record Difference(
    AccountKey Account, Total? Total, DifferenceKind Kind, decimal OfAccount, decimal OfLedger)
{
    /// <summary>Whether the books are wrong; the other kinds pass by themselves.</summary>
    public bool IsError => Kind is
        DifferenceKind.Parts or DifferenceKind.Settled or DifferenceKind.Estimated or DifferenceKind.HoldsMissing
        or DifferenceKind.Moved;
}

/// <summary>What a comparison found.</summary>
/// <param name="Entries">Ledger entries read.</param>
/// <param name="Accounts">Account items compared.</param>
/// <param name="Differences">In the order of the accounts.</param>
/// <param name="Corrected">Running totals that were set right; none where it only looked.</param>
public sealed record ReconciliationReport(
    int Entries, int Accounts, IReadOnlyList<Difference> Differences, int Corrected);
