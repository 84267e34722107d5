using AiGateway.Domain;
using AiGateway.Domain.Budgets;
using AiGateway.Domain.Decisions;
using AiGateway.Domain.Identity;

namespace BudgetEnforcement.Decide;

/// <summary>The budgets of a caller's scopes. A row that is not understood is a problem, never no budget.</summary>
internal static class KnownBudgets
{
    public static Outcome<IReadOnlyList<Budget>> Of(Caller caller, BudgetBook book, DateTimeOffset now)
    {
        var budgets = new List<Budget>();
        foreach (var scope in caller.Scopes)
        {
            switch (book[scope])
            {
                case Outcome<ScopeBudgets>.Ok(var own):
                    budgets.AddRange(own.Rows.Select(row =>
                        row.BudgetAt(now) with { ReplacesTier = row.ReplacesTier }));
                    break;
                case Outcome<ScopeBudgets>.Failed(var problem):
                    return problem;
            }
        }

        return budgets;
    }
}
