using AiGateway.Domain.Ledger;

namespace AiGateway.Engine;

/// <summary>
/// The second round of a reservation whose shard was dry: one transaction that moves share to it and takes the hold
/// there.
/// </summary>
internal sealed class ShardRefill(IAccountStore accounts, ReservePlan plan, ShardMemory memory, Pacing pacing)
{
    /// <summary>Remembers what the first round showed.</summary>
    public void Note(IEnumerable<HoldAnswer> holds)
    {
        foreach (var hold in holds.Where(hold => IsSharded(hold.Write.Account)))
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
        var refused = taken.Holds.Where(hold => hold.Answer is StoreResult<AccountTotals>.Refused).ToList();
        var isShardsOnly = refused.Count > 0
            && refused.TrueForAll(hold => IsSharded(hold.Write.Account))
            && !taken.HasFault
            && taken.Standing is null or { State: EntryState.Held };
        return isShardsOnly ? ShardWrites.Of(plan, [.. refused.Select(hold => hold.Write)], memory.Find) : null;
    }

    /// <summary>
    /// The holds with what became of those that were refused, and whether the move was certainly not applied because
    /// its items were busy.
    /// </summary>
    public async Task<(TakenHolds Holds, bool WasBusy)> MoveAsync(
        TakenHolds taken, IReadOnlyList<ShardWrite> writes, CertainRetry retry, CancellationToken stop)
    {
        var answer = await retry.RunOnceAsync(() => accounts.MoveAsync(writes, stop));
        Note(writes, answer);
        var holds = taken with
        {
            Holds = [.. taken.Holds.Select(hold =>
                hold.Answer is StoreResult<AccountTotals>.Refused ? After(hold, answer) : hold)],
        };
        return (holds, answer is StoreResult<IReadOnlyList<AccountTotals>>.Failed
        {
            Fault: StoreFault.Conflict or StoreFault.Throttled,
        });
    }

    /// <summary>Looks at the shards 0 that hold the shares, where others were in the way of a move.</summary>
    public Task LookAtBanksAsync(TakenHolds taken, CancellationToken stop) => LookAsync(
        [.. taken.Holds.Select(hold => hold.Write.Account)
            .Where(IsSharded)
            .Select(account => account.Whole())
            .Distinct()
            .Where(bank => !memory.IsFresh(bank, pacing.Now))],
        stop);

    /// <summary>Nobody else is in the way for long, as far as is known.</summary>
    public bool HasPlenty => LimitCheck.Hard(plan)
        .Where(limit => IsSharded(limit.Account))
        .All(limit => ShardRouting.HasPlenty(plan, limit, memory));

    /// <summary>
    /// Looks at the shards that were not seen for a moment, so that a refusal tells the truth and the next request
    /// knows where room
    /// is.
    /// </summary>
    public Task LookAroundAsync(CancellationToken stop) => LookAsync(
        [.. Limited.SelectMany(ShardsOf).Where(shard => !memory.IsFresh(shard, pacing.Now))], stop);

    /// <summary>The same beside the first holds of a process, which knows nothing yet.</summary>
    public Task LookFirstAsync(CancellationToken stop) => LookAsync(
        [.. Limited.Where(bank => memory.Find(bank) is null).SelectMany(ShardsOf)], stop);

    /// <summary>The totals by the accounts that limits name.</summary>
    public AccountTotals SumOf(AccountTotals item) => IsSharded(item.Account)
        ? memory.SumOf(item.Account, plan.Shards[item.Account.Scope])
        : item;

    // The accounts with hard limits, by their shard 0.
    private IEnumerable<AccountKey> Limited => LimitCheck.Hard(plan)
        .Where(limit => IsSharded(limit.Account))
        .Select(limit => limit.Account.Whole())
        .Distinct();

    private IEnumerable<AccountKey> ShardsOf(AccountKey bank) =>
        Enumerable.Range(0, plan.Shards[bank.Scope]).Select(bank.At);

    private bool IsSharded(AccountKey account) => plan.Shards.GetValueOrDefault(account.Scope, 1) > 1;

    private async Task LookAsync(IReadOnlyList<AccountKey> shards, CancellationToken stop) =>
        await Task.WhenAll(shards.Select(async shard =>
        {
            if (await accounts.ReadAsync(shard, stop) is StoreResult<AccountTotals?>.Done(var totals))
            {
                memory.Note(totals ?? AccountTotals.Empty(shard), pacing.Now);
            }
        }));

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
