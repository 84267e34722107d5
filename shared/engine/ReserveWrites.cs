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
        ThrowIfUnlisted(plan);
        // Most of a request's scopes have no limit, and nothing is written to their items.
        var writes = new List<ReserveWrite>(2);
        for (var i = 0; i < plan.Attempt.Holds.Count; i++)
        {
            var hold = plan.Attempt.Holds[i];
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
            IsOpened = isBank,
        };
    }

    private static bool HoldsSomething(AccountHold hold)
    {
        for (var i = 0; i < hold.Amounts.Count; i++)
        {
            if (hold.Amounts[i].Amount != 0m)
            {
                return true;
            }
        }

        return false;
    }

    private static void ThrowIfUnlisted(ReservePlan plan)
    {
        for (var i = 0; i < plan.Limits.Count; i++)
        {
            if (plan.Limits[i] is { Mode: BudgetMode.Hard, Account: var account } && !IsListed(plan, account))
            {
                throw new ArgumentException($"The attempt lists no hold on {account}, which has a limit.", nameof(plan));
            }
        }
    }

    private static bool IsListed(ReservePlan plan, AccountKey account)
    {
        for (var i = 0; i < plan.Attempt.Holds.Count; i++)
        {
            if (plan.Attempt.Holds[i].Account == account)
            {
                return true;
            }
        }

        return false;
    }

    // As many as an expression surely holds; the next write removes more.
    private static IReadOnlyList<StaleTotal> StaleOf(ReservePlan plan, AccountKey account)
    {
        return plan.Stale.TryGetValue(account, out var stale) ? AsManyAsFit(stale) : [];
    }

    private static IReadOnlyList<StaleTotal> AsManyAsFit(IReadOnlyList<StaleTotal> all)
    {
        var removed = 0;
        return [.. all.TakeWhile(stale => (removed += stale.Buckets.Count + AmountsOfTotal) <= RemovedMax)];
    }

    /// <summary>Of several hard limits on one total the lowest counts.</summary>
    public static IReadOnlyList<AccountLimit> LowestOn(ReservePlan plan, AccountKey account)
    {
        List<AccountLimit>? lowest = null;
        for (var i = 0; i < plan.Limits.Count; i++)
        {
            var limit = plan.Limits[i];
            if (limit.Mode != BudgetMode.Hard || limit.Account != account)
            {
                continue;
            }

            lowest ??= [];
            var at = PlaceOf(limit.Total, lowest);
            if (at == lowest.Count)
            {
                lowest.Add(limit);
            }
            else if (limit.Amount < lowest[at].Amount)
            {
                lowest[at] = limit;
            }
        }

        return lowest ?? (IReadOnlyList<AccountLimit>)[];
    }

    // Behind the last one where it has none.
    private static int PlaceOf(Total total, List<AccountLimit> limits)
    {
        var at = 0;
        while (at < limits.Count && limits[at].Total != total)
        {
            at++;
        }

        return at;
    }

    // A shard has what was moved to it, and no more: its own part of the limit is nothing.
    private static TotalAmount Ceiling(ReservePlan plan, AccountLimit limit) => new(
        limit.Total,
        (limit.Account.Shard == 0 ? limit.Amount : 0m) - LimitCheck.NeededBy(plan.Attempt, limit));
}
