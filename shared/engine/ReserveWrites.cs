using AiGateway.Domain.Ledger;

namespace AiGateway.Engine;

/// <summary>
/// The writes of a plan: one for each account item that something is held on or that a hard limit is on. Pure.
/// </summary>
internal static class ReserveWrites
{
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
        [.. LimitCheck.Hard(plan)
            .Where(limit => limit.Account == hold.Account)
            .GroupBy(limit => limit.Total)
            .Select(limits => Ceiling(plan, limits.MinBy(limit => limit.Amount)!))],
        plan.Stale.GetValueOrDefault(hold.Account, []));

    private static TotalAmount Ceiling(ReservePlan plan, AccountLimit limit) =>
        new(limit.Total, limit.Amount - LimitCheck.NeededBy(plan.Attempt, limit));
}
