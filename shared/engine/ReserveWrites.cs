using AiGateway.Domain.Budgets;
using AiGateway.Domain.Ledger;

namespace AiGateway.Engine;

/// <summary>
/// The writes of a plan: one for each account item that something is held on or that a hard limit is on. Pure.
/// </summary>
internal static class ReserveWrites
{
    /// <summary>Attributes that one write removes at most: an expression may be 4 KB, with 300 operators.</summary>
    internal const int RemovedMax = 100;

    private const int AmountsOfTotal = 5;

    /// <param name="plan">What is to be held.</param>
    /// <param name="seen">Items of hot scopes, as they were last seen; null: never.</param>
    public static IReadOnlyList<ReserveWrite> Of(ReservePlan plan, Func<AccountKey, AccountTotals?> seen)
    {
        var unlisted = plan.Limits.FirstOrDefault(limit => limit.Mode == BudgetMode.Hard && !IsListed(plan, limit.Account));
        if (unlisted is not null)
        {
            throw new ArgumentException(
                $"The attempt lists no hold on {unlisted.Account}, which has a limit.", nameof(plan));
        }

        // Most of a request's scopes have no limit, and nothing is written to their items.
        var writes = new List<ReserveWrite>(2);
        foreach (var hold in plan.Attempt.Holds)
        {
            var limits = LowestOn(plan, hold.Account);
            if (limits.Count > 0 || HoldsSomething(hold))
            {
                writes.Add(plan.HasShards ? Sharded(plan, hold, limits, seen) : Of(plan, hold, limits));
            }
        }

        return writes;
    }

    private static ReserveWrite Of(ReservePlan plan, AccountHold hold, IReadOnlyList<AccountLimit> limits) => new(
        hold.Account,
        plan.Attempt.Bucket,
        [.. hold.Amounts.Where(amount => amount.Amount != 0m)],
        [.. limits.Select(limit => Ceiling(plan, limit))],
        StaleOf(plan, hold.Account));

    // Shard 0 stays within the lowest limit that a share was granted under, and no share counts under a lower one.
    private static ReserveWrite Sharded(
        ReservePlan plan, AccountHold hold, IReadOnlyList<AccountLimit> limits, Func<AccountKey, AccountTotals?> seen)
    {
        if (!plan.IsSharded(hold.Account))
        {
            return Of(plan, hold, limits);
        }

        var isBank = hold.Account.Shard == 0;
        var bank = isBank ? seen(hold.Account) : null;
        IReadOnlyList<AccountLimit> reached =
            [.. limits.Select(limit => limit with { Amount = ShardShare.ReachOf(limit.Amount, bank?[limit.Total]) })];
        IReadOnlyList<TotalAmount> granted =
        [
            .. reached.Where(limit => LimitCheck.NeededBy(plan.Attempt, limit) > 0m)
                .Select(limit => new TotalAmount(limit.Total, limit.Amount)),
        ];
        return Of(plan, hold, reached) with
        {
            GrantedAtMost = isBank ? [] : granted,
            GrantedAtLeast = isBank ? granted : [],
        };
    }

    private static bool HoldsSomething(AccountHold hold)
    {
        foreach (var amount in hold.Amounts)
        {
            if (amount.Amount != 0m)
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsListed(ReservePlan plan, AccountKey account)
    {
        foreach (var hold in plan.Attempt.Holds)
        {
            if (hold.Account == account)
            {
                return true;
            }
        }

        return false;
    }

    // As many as an expression surely holds; the next write removes more.
    private static IReadOnlyList<StaleTotal> StaleOf(ReservePlan plan, AccountKey account)
    {
        var removed = 0;
        return [.. plan.Stale.GetValueOrDefault(account, [])
            .TakeWhile(stale => (removed += stale.Buckets.Count + AmountsOfTotal) <= RemovedMax)];
    }

    /// <summary>Of several hard limits on one total the lowest counts.</summary>
    public static IReadOnlyList<AccountLimit> LowestOn(ReservePlan plan, AccountKey account)
    {
        List<AccountLimit>? lowest = null;
        foreach (var limit in plan.Limits)
        {
            if (limit.Mode != BudgetMode.Hard || limit.Account != account)
            {
                continue;
            }

            var at = lowest?.FindIndex(known => known.Total == limit.Total) ?? -1;
            if (at < 0)
            {
                (lowest ??= []).Add(limit);
            }
            else if (limit.Amount < lowest![at].Amount)
            {
                lowest[at] = limit;
            }
        }

        return lowest ?? (IReadOnlyList<AccountLimit>)[];
    }

    // A shard has what was moved to it, and no more: its own part of the limit is nothing.
    private static TotalAmount Ceiling(ReservePlan plan, AccountLimit limit) => new(
        limit.Total,
        (limit.Account.Shard == 0 ? limit.Amount : 0m) - LimitCheck.NeededBy(plan.Attempt, limit));
}
