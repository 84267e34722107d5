namespace AiGateway.Engine;

/// <summary>
/// Reserves for one attempt (design: one conditional update for each account item and one ledger put, side by side).
/// Only an
/// admission that was confirmed in full and before the deadline may be answered with pass.
/// </summary>
/// <param name="accounts">The accounts.</param>
/// <param name="ledger">The ledger.</param>
/// <param name="pacing">Clock, jitter and delay.</param>
/// <param name="onRoundTrips">Told how many round trips to the store each reservation took, one after the
/// other.</param>
/// <param name="shards">What the process remembers of the shards of hot scopes; null: nothing yet.</param>
/// <param name="onSentAgain">Told how many of these only repeated what was certainly not applied, because an item was
/// busy.</param>
public sealed class Reservation(
    IAccountStore accounts,
    ILedgerStore ledger,
    Pacing pacing,
    Action<int>? onRoundTrips = null,
    ShardMemory? shards = null,
    Action<int>? onSentAgain = null)
{
    private readonly ShardMemory memory = shards ?? new ShardMemory();

    /// <summary>Takes the holds and records the attempt, or leaves no trace in any account.</summary>
    /// <param name="plan">What to reserve.</param>
    /// <param name="deadline">When the gateway gives up: nothing is admitted from then on.</param>
    /// <param name="stop">Ends the waiting; what was sent stays as it is, and expiry clears it.</param>
    /// <exception cref="ArgumentException">A hard limit is on an account that the attempt does not list.</exception>
    public async Task<ReserveOutcome> ReserveAsync(ReservePlan plan, DateTimeOffset deadline, CancellationToken stop)
    {
        memory.Late.ThrowIfOneThrew();
        if (LimitCheck.AboveLimit(plan) is { } refusal)
        {
            onRoundTrips?.Invoke(0);
            return refusal;
        }

        var routed = ShardRouting.Route(plan, memory, pacing.Roll);
        var looks = new ShardLooks(accounts, routed, memory, pacing);
        var refill = new ShardRefill(accounts, routed, memory, looks, pacing);
        var run = new ReservationRun(accounts, ledger, pacing, routed, refill, looks, deadline);
        var outcome = await run.RunAsync(stop);
        onRoundTrips?.Invoke(run.RoundTrips);
        onSentAgain?.Invoke(run.SentAgain);
        return outcome;
    }
}
