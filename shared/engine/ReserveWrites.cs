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

    public static IReadOnlyList<ReserveWrite> Of(ReservePlan plan)
    {
        var unlisted = LimitCheck.Hard(plan)
            .FirstOrDefault(limit => plan.Attempt.Holds.All(hold => hold.Account != limit.Account));
        if (unlisted is not null)
        {
            throw new ArgumentException(
                $"The attempt lists no hold on {unlisted.Account}, which has a limit.", nameof(plan));
        }

        return [.. plan.Attempt.Holds
            .Select(hold => Of(plan, hold))
            .Where(write => write.Amounts.Count > 0 || write.Ceilings.Count > 0)];
    }

    private static ReserveWrite Of(ReservePlan plan, AccountHold hold) => new(
        hold.Account,
        plan.Attempt.Bucket,
        [.. hold.Amounts.Where(amount => amount.Amount != 0m)],
        [.. LowestOn(plan, hold.Account).Select(limit => Ceiling(plan, limit))],
        StaleOf(plan, hold.Account))
    {
        GrantedUnder = hold.Account.Shard == 0 ? [] : [.. LowestOn(plan, hold.Account)
            .Where(limit => LimitCheck.NeededBy(plan.Attempt, limit) > 0m)
            .Select(limit => new TotalAmount(limit.Total, limit.Amount))],
    };

    // As many as an expression surely holds; the next write removes more.
    private static IReadOnlyList<StaleTotal> StaleOf(ReservePlan plan, AccountKey account)
    {
        var removed = 0;
        return [.. plan.Stale.GetValueOrDefault(account, [])
            .TakeWhile(stale => (removed += stale.Buckets.Count + AmountsOfTotal) <= RemovedMax)];
    }

    /// <summary>Of several hard limits on one total the lowest counts.</summary>
    public static IEnumerable<AccountLimit> LowestOn(ReservePlan plan, AccountKey account) => LimitCheck.Hard(plan)
        .Where(limit => limit.Account == account)
        .GroupBy(limit => limit.Total)
        .Select(limits => limits.MinBy(limit => limit.Amount)!);

    // A shard has what was moved to it, and no more: its own part of the limit is nothing.
    private static TotalAmount Ceiling(ReservePlan plan, AccountLimit limit) => new(
        limit.Total,
        (limit.Account.Shard == 0 ? limit.Amount : 0m) - LimitCheck.NeededBy(plan.Attempt, limit));
}
