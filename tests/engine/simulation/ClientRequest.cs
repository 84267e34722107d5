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

    /// <summary>What the gateway logged about it; null while it has not.</summary>
    public LogLine? Line { get; set; }

    /// <summary>Whether that line reaches attribution at all.</summary>
    public bool IsDelivered { get; set; }
}

/// <summary>What a line says: how the request ended and which part of its hold it came to.</summary>
internal sealed record LogLine(EntryState State, int PerMille)
{
    public Booking BookingFor(LedgerEntry? entry)
    {
        var isNothing = State == EntryState.NotSent || entry is not { Attempts.Count: > 0 };
        var amounts = isNothing ? BookedAmounts.None : Part(entry!.Attempts[^1]);
        return new Booking(
            State,
            "a",
            DateTimeOffset.UnixEpoch,
            [],
            amounts,
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
