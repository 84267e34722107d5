using AiGateway.Domain.Ledger;

namespace AiGateway.Engine;

/// <summary>What a reservation knows of the shards of its hot scopes, and when it looks again: reads beside its writes,
/// never a round trip of their own.</summary>
internal sealed class ShardLooks(IAccountStore accounts, ReservePlan plan, ShardMemory memory, Pacing pacing)
{
    /// <summary>So many holds left for every shard are much.</summary>
    private const int MuchOfShard = 64;

    private DateTimeOffset? lostAt;

    /// <summary>So much is left that a hold which others were in the way of would be refused wrongly, as far as is
    /// known.</summary>
    public bool HasPlenty => Limited.All(HasPlentyOn)
        || LimitCheck.Hard(plan).Where(limit => IsSharded(limit.Account)).All(HasMuch);

    public bool IsSharded(AccountKey account) => plan.IsSharded(account);

    /// <summary>The totals by the accounts that limits name.</summary>
    public AccountTotals SumOf(AccountTotals item) => IsSharded(item.Account)
        ? memory.SumOf(item.Account, plan.Shards[item.Account.Scope])
        : item;

    /// <summary>Another was faster: what is known of the shards is not so any more.</summary>
    public void Distrust() => lostAt = pacing.Now;

    /// <summary>Beside the holds: all shards, of a process that knows nothing yet, and where shard 0 has little left, so
    /// that a move is planned with what there is.</summary>
    public Task AheadAsync(CancellationToken stop) => !plan.HasShards ? Task.CompletedTask : LookAsync(
        [.. Limited.Where(bank => !IsOpened(bank) || !HasPlentyOn(bank))
            .SelectMany(ShardsOf)
            .Where(shard => !memory.IsRecent(shard, pacing.Now))],
        stop);

    /// <summary>
    /// At the shards that were not seen for a moment, so that a refusal tells the truth and the next request knows
    /// where room is.
    /// </summary>
    public Task AroundAsync(CancellationToken stop) =>
        LookAsync([.. Limited.SelectMany(ShardsOf).Where(IsStale)], stop);

    // The accounts with hard limits, by their shard 0.
    private IEnumerable<AccountKey> Limited => LimitCheck.Hard(plan)
        .Where(limit => IsSharded(limit.Account))
        .Select(limit => limit.Account.Whole())
        .Distinct();

    private IEnumerable<AccountKey> ShardsOf(AccountKey bank) =>
        Enumerable.Range(0, plan.Shards[bank.Scope]).Select(bank.At);

    private bool HasPlentyOn(AccountKey bank) => LimitCheck.Hard(plan)
        .Where(limit => limit.Account.Whole() == bank)
        .All(limit => ShardRouting.HasPlenty(plan, limit, memory));

    // Until something was granted under every limit: what shards hold from before has to be known first.
    private bool IsOpened(AccountKey bank) => memory.Find(bank) is { } seen && LimitCheck.Hard(plan)
        .Where(limit => limit.Account.Whole() == bank && LimitCheck.NeededBy(plan.Attempt, limit) > 0m)
        .All(limit => seen[limit.Total].Granted is not null);

    private bool HasMuch(AccountLimit limit)
    {
        var shards = plan.Shards[limit.Account.Scope];
        var room = limit.Amount - memory.SumOf(limit.Account, shards)[limit.Total].Committed;
        return room >= MuchOfShard * shards * LimitCheck.NeededBy(plan.Attempt, limit);
    }

    private bool IsStale(AccountKey shard) =>
        !memory.IsFresh(shard, pacing.Now) || (lostAt is { } lost && !memory.IsSeenSince(shard, lost));

    private async Task LookAsync(IReadOnlyList<AccountKey> shards, CancellationToken stop) =>
        await Task.WhenAll(shards.Select(async shard =>
        {
            if (await accounts.ReadAsync(shard, stop) is StoreResult<AccountTotals?>.Done(var totals))
            {
                memory.Note(totals ?? AccountTotals.Empty(shard), pacing.Now);
            }
        }));
}
