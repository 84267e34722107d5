using AiGateway.Aws;
using AiGateway.Domain.Decisions;
using AiGateway.Domain.Ledger;

namespace CostAttribution.Alert;

/// <summary>Which thresholds of a limit are reached. Exact: no ratio is ever computed.</summary>
internal static class Thresholds
{
    public static IEnumerable<ThresholdAlert> Reached(
        PlannedLimit limit, IReadOnlyList<int> percents, AccountTotals account, DateTimeOffset now)
    {
        var total = account[limit.Total];
        var used = total.Settled + total.Estimated;

        // Of nothing nothing is used: a limit of zero is reached by the first amount, not by none.
        return used <= 0m
            ? []
            : percents
                .Where(percent => used * 100m >= limit.Amount * percent)
                .Select(percent => new ThresholdAlert(limit.Account, limit.Total, percent, used, limit.Amount, now));
    }
}
