using AiGateway.Domain.Budgets;

namespace AiGateway.Domain.Ledger;

/// <summary>
/// What a booking makes of the entry that stands, and what that changes on the accounts. Pure: may be asked again after
/// a re-read.
/// </summary>
public static class Transitions
{
    /// <summary>The next version of the entry, or the entry as it stands where its rank is reached already.</summary>
    /// <exception cref="ArgumentException">An expiry of a request that has no entry: there is nothing that could
    /// expire.</exception>
    public static SettlementStep Settle(LedgerEntry? current, string requestId, Booking booking)
    {
        if (current is not null && !EntryRank.MayReplace(current.State, booking.State))
        {
            return new SettlementStep.AlreadyBooked(current);
        }

        if (current is null && booking.State == EntryState.Expired)
        {
            throw new ArgumentException("A request without an entry cannot expire.", nameof(current));
        }

        var next = Next(current, requestId, booking);
        return new SettlementStep.Write(next, AccountChanges.Between(current, next));
    }

    private static LedgerEntry Next(LedgerEntry? current, string requestId, Booking booking)
    {
        IReadOnlyList<Attempt> attempts = current?.Attempts ?? [];
        var last = attempts.Count > 0 ? attempts[^1] : null;
        var accounts = last is { Holds.Count: > 0 } ? last.Holds : booking.Accounts;
        var amounts = Amounts(last, booking);
        var booked = amounts is null ? [] : BookedTotals.On(accounts, amounts);
        var dropped = amounts is null ? [] : ChargedRetries(attempts);

        return new LedgerEntry(
            RequestId: requestId,
            State: booking.State,
            Version: (current?.Version ?? 0) + 1,
            Team: current?.Team ?? booking.Team,
            CreatedAt: current?.CreatedAt ?? booking.StartedAt,
            Attempts: attempts,
            Settled: booking.State == EntryState.Measured ? booked : [],
            Estimated: booking.State == EntryState.Measured ? dropped : BookedTotals.Sum(booked, dropped),
            Result: Result(last, booking, amounts),
            PostingId: current?.PostingId);
    }

    // Null: nothing was sent, so that nothing is booked, not even a request.
    private static BookedAmounts? Amounts(Attempt? last, Booking booking) => booking.State switch
    {
        EntryState.NotSent or EntryState.Void => null,
        EntryState.Expired => last is { OnExpiry: ExpiryPolicy.Charge } ? BookedTotals.Bound(last) : BookedAmounts.None,
        EntryState.Estimated or EntryState.Measured => booking.Amounts,
        _ => throw new ArgumentOutOfRangeException(nameof(booking), booking.State, "Nothing is booked as held."),
    };

    // The gateway dropped every attempt but the last. Each counts its money and tokens; the request itself counts once.
    private static IReadOnlyList<AccountHold> ChargedRetries(IReadOnlyList<Attempt> attempts)
    {
        IReadOnlyList<AccountHold> sum = [];
        foreach (var attempt in attempts.SkipLast(1).Where(attempt => attempt.OnRetry == RetryPolicy.Charge))
        {
            var charge = BookedTotals.Bound(attempt) with { Requests = 0 };
            sum = BookedTotals.Sum(sum, BookedTotals.On(attempt.Holds, charge));
        }

        return sum;
    }

    private static EntryResult Result(Attempt? last, Booking booking, BookedAmounts? amounts)
    {
        var cost = amounts?.Cost;
        var isOver = last is not null && cost > last.Hold;
        return booking.Result with { Cost = cost, Overrun = isOver ? cost!.Value - last!.Hold : Usd.Zero };
    }
}
