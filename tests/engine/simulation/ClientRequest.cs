using AiGateway.Domain;
using AiGateway.Domain.Budgets;
using AiGateway.Domain.Ledger;

namespace AiGateway.Engine.Tests.Simulation;

/// <summary>One client's request as it truly went: what the checks hold the books against.</summary>
internal sealed class ClientRequest(string id)
{
    public string Id { get; } = id;

    /// <summary>The attempts for which the gateway was told to pass.</summary>
    public List<Attempt> Passed { get; } = [];

    /// <summary>The attempts that were let through by the outage allowance, without a hold.</summary>
    public List<Attempt> PassedInOutage { get; } = [];

    /// <summary>What the gateway logged about it; null while it has not.</summary>
    public LogLine? Line { get; set; }

    /// <summary>Whether that line reaches attribution at all.</summary>
    public bool IsDelivered { get; set; }

    public bool IsSpent => Passed.Count + PassedInOutage.Count > 0;
}

/// <summary>What a line says: how the request ended, and which part of its bound it came to.</summary>
/// <param name="State">How it ended.</param>
/// <param name="PerMille">Of the attempt's bound.</param>
/// <param name="Asked">The last attempt that was let through: where a request without an entry is booked.</param>
internal sealed record LogLine(EntryState State, int PerMille, Attempt? Asked)
{
    public Booking BookingFor(LedgerEntry? entry)
    {
        var attempt = entry is { Attempts.Count: > 0 } ? entry.Attempts[^1] : Asked;
        var isNothing = State == EntryState.NotSent || attempt is null;
        return new Booking(
            State,
            "a",
            DateTimeOffset.UnixEpoch,
            isNothing ? [] : attempt!.Holds,
            isNothing ? BookedAmounts.None : Part(attempt!),
            new EntryResult(
                null, State.ToString(), null, null, null, null, null, Usd.Zero, DateTimeOffset.UnixEpoch));
    }

    private BookedAmounts Part(Attempt attempt)
    {
        var bound = BookedTotals.Bound(attempt);
        return new BookedAmounts(
            Usd.RoundHalfEven(bound.Cost.Amount * PerMille / 1000m), bound.Tokens * PerMille / 1000, 1);
    }
}
