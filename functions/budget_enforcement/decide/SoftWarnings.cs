using AiGateway.Domain.Budgets;
using AiGateway.Domain.Decisions;
using AiGateway.Domain.Ledger;

namespace BudgetEnforcement.Decide;

/// <summary>Limits that warn only, compared after the write.</summary>
internal static class SoftWarnings
{
    public static IReadOnlyList<string> Of(IReadOnlyList<PlannedLimit> limits, IReadOnlyList<AccountTotals> accounts)
    {
        for (var i = 0; i < limits.Count; i++)
        {
            if (limits[i].Mode != BudgetMode.Hard)
            {
                return Above(limits, accounts);
            }
        }

        return [];
    }

    private static IReadOnlyList<string> Above(IReadOnlyList<PlannedLimit> limits, IReadOnlyList<AccountTotals> accounts) =>
    [
        .. limits
            .Where(limit => limit.Mode != BudgetMode.Hard && accounts.Any(account =>
                account.Account == limit.Account && account[limit.Total].Committed > limit.Amount))
            .Select(limit => $"{limit.Mode.ToString().ToLowerInvariant()}:{limit.Account}"),
    ];
}
