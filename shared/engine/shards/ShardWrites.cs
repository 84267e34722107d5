using AiGateway.Domain.Budgets;
using AiGateway.Domain.Ledger;

namespace AiGateway.Engine;

/// <summary>The writes of one move: what every shard gives or takes, each on its condition. Pure.</summary>
internal static class ShardWrites
{
    /// <summary>What one transaction takes.</summary>
    internal const int ItemsMax = 100;

    /// <summary>
    /// Moves and holds for all items that refused, in one transaction. Null: what was seen together does not fit one
    /// of them, or one transaction does not take them.
    /// </summary>
    /// <param name="plan">With the accounts routed to their shards.</param>
    /// <param name="refused">The holds that were refused, as they were sent.</param>
    /// <param name="seen">The items, as they were last seen; null: never.</param>
    public static IReadOnlyList<ShardWrite>? Of(
        ReservePlan plan, IReadOnlyList<ReserveWrite> refused, Func<AccountKey, AccountTotals?> seen)
    {
        foreach (var givesFirstShares in (ReadOnlySpan<bool>)[true, false])
        {
            if (All(plan, refused, seen, givesFirstShares) is not { } writes)
            {
                return null;
            }

            if (writes.Count <= ItemsMax)
            {
                return writes;
            }
        }

        return null;
    }

    /// <summary>
    /// Where several accounts have to grant all their shares anew, which is more than one transaction takes: those of the
    /// first one alone, without the hold. Null: there is no such account.
    /// </summary>
    public static IReadOnlyList<ShardWrite>? GrantsAhead(
        ReservePlan plan, IReadOnlyList<ReserveWrite> refused, Func<AccountKey, AccountTotals?> seen)
    {
        foreach (var hold in refused)
        {
            var grants = MovesOf(plan, hold, seen, givesFirstShares: false)?.Where(total => total.Moves.GrantsAll)
                .Select(GrantsAlone)
                .ToList();
            if (grants is { Count: > 0 })
            {
                return [.. ShardsOf(hold.Account.Whole(), grants).Select(PartOf)];
            }

            ShardWrite PartOf(int shard) => ShardWrites.PartOf(plan, hold.Account.At(shard), grants!, seen);
        }

        return null;
    }

    private static ShardTotal GrantsAlone(ShardTotal total) => new(
        total.Need with { Hold = 0m },
        new ShardMoves(new Dictionary<int, decimal> { [0] = 0m }, total.Moves.Limit, GrantsAll: true));

    private static List<ShardWrite>? All(
        ReservePlan plan, IReadOnlyList<ReserveWrite> refused, Func<AccountKey, AccountTotals?> seen, bool givesFirstShares)
    {
        var writes = new List<ShardWrite>();
        foreach (var hold in refused)
        {
            if (MovesOf(plan, hold, seen, givesFirstShares) is not { } totals)
            {
                return null;
            }

            writes.AddRange(ShardsOf(hold.Account, totals).Select(shard => shard == hold.Account.Shard
                ? ShardPart.Own(hold, totals)
                : PartOf(plan, hold.Account.At(shard), totals, seen)));
        }

        return writes;
    }

    private static ShardWrite PartOf(
        ReservePlan plan, AccountKey account, IReadOnlyList<ShardTotal> totals, Func<AccountKey, AccountTotals?> seen) =>
        account.Shard == 0 ? ShardPart.Bank(account, totals)
        : account.Shard < plan.Shards[account.Scope] ? ShardPart.Other(account, totals)
        : ShardPart.Unused(account, totals, seen(account));

    private static List<ShardTotal>? MovesOf(
        ReservePlan plan, ReserveWrite hold, Func<AccountKey, AccountTotals?> seen, bool givesFirstShares)
    {
        var shards = plan.Shards[hold.Account.Scope];
        var gather = new ShardGather(hold.Account.Shard, shards, shard => seen(hold.Account.At(shard)))
        {
            GivesFirstShares = givesFirstShares,
        };
        var totals = new List<ShardTotal>();
        foreach (var limit in ReserveWrites.LowestOn(plan, hold.Account))
        {
            var need = new ShardNeed(limit.Total, limit.Amount, LimitCheck.NeededBy(plan.Attempt, limit));
            if (gather.Of(need) is not { } moves)
            {
                return null;
            }

            totals.Add(new ShardTotal(need, moves));
        }

        return totals;
    }

    // Where all shares are granted anew, also those of shards that are not in use any more: nothing may rest on the
    // limit of before.
    private static IEnumerable<int> ShardsOf(AccountKey account, List<ShardTotal> totals) => totals
        .SelectMany(total => total.Moves.ByShard.Keys)
        .Append(account.Shard)
        .Concat(totals.Exists(total => total.Moves.GrantsAll) ? Enumerable.Range(0, BudgetRowParser.ShardsMax) : [])
        .Distinct();
}
