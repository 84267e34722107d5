using AiGateway.Domain.Ledger;

namespace AiGateway.Engine;

/// <summary>How others were in the way of a move: then it was certainly not applied.</summary>
internal enum LostRace
{
    None,

    /// <summary>They held its items.</summary>
    Busy,

    /// <summary>They had moved what it was planned with.</summary>
    Outrun,
}

/// <summary>
/// The second round of a reservation whose shard was dry: one transaction that moves share to it and takes the hold
/// there.
/// </summary>
internal sealed class ShardRefill(
    IAccountStore accounts, ReservePlan plan, ShardMemory memory, ShardLooks looks, Pacing pacing)
{
    /// <summary>An item as this process last saw it; null: never.</summary>
    public AccountTotals? Seen(AccountKey item) => memory.Find(item);

    /// <summary>Remembers what the first round showed.</summary>
    public void Note(IEnumerable<HoldAnswer> holds)
    {
        if (!plan.HasShards)
        {
            return;
        }

        foreach (var hold in holds.Where(hold => looks.IsSharded(hold.Write.Account)))
        {
            if (hold.Answer is StoreResult<AccountTotals>.Done(var totals))
            {
                memory.Note(totals, pacing.Now);
            }
            else if (hold.Answer is StoreResult<AccountTotals>.Refused refused)
            {
                memory.Note(refused.Current ?? AccountTotals.Empty(hold.Write.Account), pacing.Now);
            }
        }
    }

    /// <summary>
    /// What to move; null where it is not shards that are in the way, or where all of them together have no room.
    /// </summary>
    public IReadOnlyList<ShardWrite>? PlanFor(TakenHolds taken)
    {
        if (!plan.HasShards)
        {
            return null;
        }

        var refused = taken.Holds.Where(hold => hold.Answer is StoreResult<AccountTotals>.Refused).ToList();
        var isShardsOnly = refused.Count > 0
            && refused.TrueForAll(hold => looks.IsSharded(hold.Write.Account))
            && !taken.HasFault
            && taken.Standing is null or { State: EntryState.Held };
        return isShardsOnly ? PlanFor([.. refused.Select(hold => hold.Write)]) : null;
    }

    private IReadOnlyList<ShardWrite>? PlanFor(IReadOnlyList<ReserveWrite> refused)
    {
        var writes = ShardWrites.Of(plan, refused, memory.Find);
        if (writes is null && ShardWrites.GrantsAhead(plan, refused, memory.Find) is { } grants)
        {
            // For those who come after: this one needs more items than one transaction takes.
            memory.Late.TryStart(async () => Note(grants, await accounts.MoveAsync(grants, CancellationToken.None)));
        }

        return writes;
    }

    /// <summary>
    /// The holds with what became of those that were refused, and whether others were in the way of the move.
    /// </summary>
    public async Task<(TakenHolds Holds, LostRace Lost)> MoveAsync(
        TakenHolds taken, IReadOnlyList<ShardWrite> writes, CertainRetry retry, CancellationToken stop)
    {
        var answer = await retry.RunOnceAsync(() => SendAsync(writes, stop));
        Note(writes, answer);
        var lost = answer switch
        {
            StoreResult<IReadOnlyList<AccountTotals>>.Refused => LostRace.Outrun,
            StoreResult<IReadOnlyList<AccountTotals>>.Failed { Fault: StoreFault.Conflict or StoreFault.Throttled } =>
                LostRace.Busy,
            _ => LostRace.None,
        };
        if (lost != LostRace.None)
        {
            looks.Distrust();
        }

        var holds = taken with
        {
            Holds = [.. taken.Holds.Select(hold =>
                hold.Answer is StoreResult<AccountTotals>.Refused ? After(hold, answer) : hold)],
        };
        return (holds, lost);
    }

    // By now it fits as things are: a plain hold is nobody's in the way.
    private async Task<StoreResult<IReadOnlyList<AccountTotals>>> SendAsync(
        IReadOnlyList<ShardWrite> writes, CancellationToken stop) => writes is [{ Moves: [], Grants: [] } plain]
        ? await accounts.ReserveAsync(plain.Hold, stop) switch
        {
            StoreResult<AccountTotals>.Done => new StoreResult<IReadOnlyList<AccountTotals>>.Done([]),
            StoreResult<AccountTotals>.Refused(var item) =>
                new StoreResult<IReadOnlyList<AccountTotals>>.Refused(item is null ? [] : [item]),
            StoreResult<AccountTotals>.Failed(var fault, var detail) =>
                new StoreResult<IReadOnlyList<AccountTotals>>.Failed(fault, detail),
            _ => throw new InvalidOperationException("There is no other answer."),
        }
        : await accounts.MoveAsync(writes, stop);

    /// <summary>Fills the shards that the holds left low; nobody waits for it.</summary>
    public void TopUp(TakenHolds taken)
    {
        if (!plan.HasShards)
        {
            return;
        }

        foreach (var item in taken.Totals.Where(item => looks.IsSharded(item.Account)))
        {
            if (ShardTopUp.Of(plan, item, memory.Find) is { } writes && pacing.Roll(ShardTopUp.OneOf) == 0)
            {
                memory.Late.TryStart(async () => Note(writes, await accounts.MoveAsync(writes, CancellationToken.None)));
            }
        }
    }

    /// <summary>Goes on without anybody who waits; false: too much is under way already.</summary>
    public bool TryLeave(Func<Task> calls) => memory.Late.TryStart(calls);

    // A transaction tells nothing of what stands after it: it is reckoned from what was seen before.
    private void Note(IReadOnlyList<ShardWrite> writes, StoreResult<IReadOnlyList<AccountTotals>> answer)
    {
        IEnumerable<AccountTotals> items = answer switch
        {
            StoreResult<IReadOnlyList<AccountTotals>>.Done => writes
                .Where(write => memory.Find(write.Account) is not null)
                .Select(write => ShardSums.After(memory.Find(write.Account)!, write)),
            StoreResult<IReadOnlyList<AccountTotals>>.Refused({ } standing) => standing,
            _ => [],
        };
        foreach (var item in items.ToList())
        {
            memory.Note(item, pacing.Now);
        }
    }

    private HoldAnswer After(HoldAnswer hold, StoreResult<IReadOnlyList<AccountTotals>> answer)
    {
        var seen = memory.Find(hold.Write.Account) ?? AccountTotals.Empty(hold.Write.Account);
        return hold with
        {
            Answer = answer switch
            {
                StoreResult<IReadOnlyList<AccountTotals>>.Done => new StoreResult<AccountTotals>.Done(seen),
                StoreResult<IReadOnlyList<AccountTotals>>.Failed(var fault, var detail) =>
                    new StoreResult<AccountTotals>.Failed(fault, $"move: {detail}"),
                _ => new StoreResult<AccountTotals>.Refused(seen),
            },
        };
    }
}
