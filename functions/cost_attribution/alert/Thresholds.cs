using AiGateway.Domain.Decisions;
using AiGateway.Domain.Ledger;

namespace CostAttribution.Alert;

/// <summary>Which thresholds of a limit are reached. Exact: no ratio is ever computed.</summary>
internal static class Thresholds
{
    private static readonly int[] Percents = [50, 80, 100];

    public static IEnumerable<BudgetAlert> Reached(PlannedLimit limit, AccountTotals account, DateTimeOffset now)
    {
        var total = account[limit.Total];
        var used = total.Settled + total.Estimated;

        // Of nothing nothing is used: a limit of zero is reached by the first amount, not by none.
        return used <= 0m
            ? []
            : Percents
                .Where(percent => used * 100m >= limit.Amount * percent)
                .Select(percent => new BudgetAlert(limit.Account, limit.Total, percent, limit.Amount, used, now));
    }
}
