using AiGateway.Domain.Ledger;

namespace AiGateway.Engine;

/// <summary>One reservation under way.</summary>
internal sealed class ReservationRun(
    IAccountStore accounts,
    ILedgerStore ledger,
    Pacing pacing,
    ReservePlan plan,
    ShardRefill shards,
    ShardLooks looks,
    DateTimeOffset deadline)
{
    /// <summary>
    /// More passed attempts than any gateway makes: an entry stays far below the size that an item may have.
    /// </summary>
    internal const int AttemptsMax = 10;

    private const int AppendsMax = 20;

    private const int MovesMax = 20;


    /// <summary>No answer waits for more round trips than these, but for what has to be sent again.</summary>
    private const int RoundTripsMax = 2;

    // Where the gateway has given up already. Lambda's own end may come first.
    private static readonly TimeSpan LateUndoMax = TimeSpan.FromSeconds(5);

    private readonly CertainRetry retry = new(pacing, deadline);

    public int RoundTrips => retry.RoundTrips;

    public int SentAgain => retry.SentAgain;

    public async Task<ReserveOutcome> RunAsync(CancellationToken stop)
    {
        var taken = await RefillAsync(await TakeAsync(stop), stop);
        if (taken.Trouble(plan, looks.SumOf) is { } trouble)
        {
            if (trouble is ReserveOutcome.OverLimit && retry.RoundTrips - retry.SentAgain >= RoundTripsMax
                && shards.TryLeave(() => LateUndoAsync(taken, trouble)))
            {
                return trouble with { HoldsLeft = taken.Unknown + taken.GivenBack.Count };
            }

            var refused = await UndoAsync(taken, trouble, stop);
            // By now it may be known better how much of the limit is used, on other shards too.
            return taken.Trouble(plan, looks.SumOf)! with { HoldsLeft = refused.HoldsLeft };
        }

        if (pacing.Now >= deadline)
        {
            return await UndoAsync(taken, new ReserveOutcome.TooLate(), stop);
        }

        shards.TopUp(taken);
        return taken.Standing is { } standing
            ? await AppendAsync(taken, standing, stop)
            : Admitted(1, taken);
    }

    private ReserveOutcome.Admitted Admitted(int attempts, TakenHolds taken)
    {
        var totals = taken.Totals;
        return new(attempts, totals) { Sums = plan.HasShards ? [.. totals.Select(looks.SumOf)] : totals };
    }

    private async Task<TakenHolds> TakeAsync(CancellationToken stop)
    {
        var writes = ReserveWrites.Of(plan, shards.Seen);
        var put = retry.RunAsync(() => ledger.PutHeldAsync(HeldEntry(), stop), stop);
        var holds = writes
            .Select(write => retry.RunAsync(() => accounts.ReserveAsync(write, stop), stop))
            .ToList();

        await Task.WhenAll([put, looks.AheadAsync(stop), .. holds]);
        retry.NextRound();
        var answers = new List<HoldAnswer>(holds.Count);
        for (var i = 0; i < holds.Count; i++)
        {
            answers.Add(new HoldAnswer(writes[i], holds[i].Result));
        }

        var taken = new TakenHolds(answers, put.Result, plan.Attempt.Id);
        shards.Note(taken.Holds);
        return taken;
    }

    // A dry shard is refilled and the hold taken on it, in one more round trip; not where all shards together are dry.
    private async Task<TakenHolds> RefillAsync(TakenHolds taken, CancellationToken stop)
    {
        for (var tries = 1; ; tries++)
        {
            if (pacing.Now >= deadline || shards.PlanFor(taken) is not { } moves)
            {
                return taken;
            }

            var (refilled, lost) = await shards.MoveAsync(taken, moves, retry, stop);
            retry.NextRound(isAgain: tries > 1);
            if (lost == LostRace.None)
            {
                return refilled;
            }

            // For the last of a limit everybody asks at once: those who wait for each other keep it from being spent.
            if (!looks.HasPlenty)
            {
                return lost == LostRace.Busy ? taken : refilled;
            }

            if (tries == MovesMax || !await retry.IsWaitedForAsync(tries, stop))
            {
                return refilled;
            }

            // Somebody else was moving shares, perhaps to this very shard: the hold may fit by now.
            taken = await TakeAgainAsync(taken, stop);
        }
    }

    private async Task<TakenHolds> TakeAgainAsync(TakenHolds taken, CancellationToken stop)
    {
        var looking = looks.AroundAsync(stop);
        var again = await Task.WhenAll(taken.Holds.Select(async hold =>
            hold.Answer is StoreResult<AccountTotals>.Refused
                ? hold with
                {
                    Answer = await retry.RunAsync(() => accounts.ReserveAsync(hold.Write, stop), stop),
                }
                : hold));
        await looking;
        retry.NextRound(isAgain: true);
        shards.Note(again);
        return taken with { Holds = again };
    }

    // Its holds are all confirmed: from the moment that an append is sent they belong to the entry, whatever the
    // answer.
    private async Task<ReserveOutcome> AppendAsync(TakenHolds taken, LedgerEntry standing, CancellationToken stop)
    {
        var left = taken.Confirmed.Count;
        for (var appends = 0; appends < AppendsMax; appends++)
        {
            if (standing.State != EntryState.Held || standing.Attempts.Count >= AttemptsMax)
            {
                var notHeld = new ReserveOutcome.NotHeld(standing.State);
                return appends == 0 ? await UndoAsync(taken, notHeld, stop) : notHeld with { HoldsLeft = left };
            }

            var version = standing.Version;
            var answer = await retry.RunAsync(
                () => ledger.AppendAttemptAsync(plan.RequestId, version, plan.Attempt, stop), stop);
            retry.NextRound();
            switch (answer)
            {
                case StoreResult<LedgerEntry>.Done(var entry):
                    return pacing.Now >= deadline
                        ? new ReserveOutcome.TooLate { HoldsLeft = left }
                        : Admitted(entry.Attempts.Count, taken);
                case StoreResult<LedgerEntry>.Failed(var fault, var detail):
                    return new ReserveOutcome.StoreFailed(fault, "ledger append", detail) { HoldsLeft = left };
                case StoreResult<LedgerEntry>.Refused({ } changed) when pacing.Now < deadline:
                    standing = changed;
                    break;
                default:
                    return new ReserveOutcome.TooLate { HoldsLeft = left };
            }
        }

        return new ReserveOutcome.StoreFailed(
            StoreFault.Conflict, "ledger append", "The entry changed again and again.") { HoldsLeft = left };
    }

    // Expiry clears what this does not come to: the process may stop.
    private Task LateUndoAsync(TakenHolds taken, ReserveOutcome outcome) => UndoAsync(
        taken, outcome, new CertainRetry(pacing, pacing.Now + LateUndoMax), CancellationToken.None);

    private Task<ReserveOutcome> UndoAsync(TakenHolds taken, ReserveOutcome outcome, CancellationToken stop)
    {
        if (outcome is ReserveOutcome.TooLate)
        {
            retry.GoOnUntil(pacing.Now + LateUndoMax);
        }

        return UndoAsync(taken, outcome, retry, stop);
    }

    // Only confirmed holds: one that perhaps was not taken would be taken from another request's. Failures are left to
    // expiry, and counted.
    private async Task<ReserveOutcome> UndoAsync(
        TakenHolds taken, ReserveOutcome outcome, CertainRetry sending, CancellationToken stop)
    {
        var giveBacks = taken.GivenBack
            .Select(write => GiveBackAsync(write, sending, stop))
            .ToList();
        Task voiding = taken.MayHaveWrittenEntry
            ? sending.RunAsync(() => ledger.VoidAsync(VoidEntry(outcome), plan.Attempt.Id, stop), stop)
            : Task.CompletedTask;
        var looking = outcome is ReserveOutcome.OverLimit ? looks.AroundAsync(stop) : Task.CompletedTask;

        await Task.WhenAll([.. giveBacks, voiding, looking]);
        sending.NextRound();
        var failed = giveBacks.Count(giveBack => giveBack.Result is StoreResult<AccountTotals>.Failed);
        return outcome with { HoldsLeft = taken.Unknown + failed };
    }

    private async Task<StoreResult<AccountTotals>> GiveBackAsync(
        ReserveWrite write, CertainRetry sending, CancellationToken stop)
    {
        var answer = await sending.RunAsync(
            () => accounts.GiveBackAsync(write.Account, write.Bucket, write.Amounts, stop), stop);
        if (answer is StoreResult<AccountTotals>.Done)
        {
            shards.Note([new HoldAnswer(write, answer)]);
        }

        return answer;
    }

    private LedgerEntry HeldEntry() => new(
        plan.RequestId, EntryState.Held, 1, plan.Team, plan.Attempt.AdmittedAt, [plan.Attempt], [], [], null, null);

    private LedgerEntry VoidEntry(ReserveOutcome outcome) => HeldEntry() with
    {
        State = EntryState.Void,
        Version = 2,
        Attempts = [],
        Result = new EntryResult(
            null, ReasonOf(outcome), null, plan.Attempt.Call.Model, null, null, null, Domain.Usd.Zero, pacing.Now),
    };

    private static string ReasonOf(ReserveOutcome outcome) => outcome switch
    {
        ReserveOutcome.OverLimit => "over_limit",
        ReserveOutcome.TooLate => "too_late",
        ReserveOutcome.StoreFailed => "store_failed",
        _ => "not_held",
    };
}
