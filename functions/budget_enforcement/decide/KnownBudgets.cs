using AiGateway.Domain;
using AiGateway.Domain.Budgets;
using AiGateway.Domain.Calendar;
using AiGateway.Domain.Decisions;
using AiGateway.Domain.Identity;

namespace BudgetEnforcement.Decide;

/// <summary>The budgets of a caller's scopes. A row that is not understood is a problem, never no budget.</summary>
internal static class KnownBudgets
{
    /// <param name="caller">Whose scopes.</param>
    /// <param name="book">Every budget.</param>
    /// <param name="now">Overrides end.</param>
    /// <param name="zoneOf">The rules of a zone that the book's reader knew.</param>
    public static Outcome<IReadOnlyList<Budget>> Of(
        Caller caller, BudgetBook book, DateTimeOffset now, Func<string, ZoneRules> zoneOf)
    {
        var budgets = new List<Budget>();
        foreach (var scope in caller.Scopes)
        {
            switch (book[scope])
            {
                case Outcome<ScopeBudgets>.Ok(var own):
                    budgets.AddRange(own.Rows.Select(row => row.BudgetAt(now, zoneOf(row.TimeZone))));
                    break;
                case Outcome<ScopeBudgets>.Failed(var problem):
                    return problem;
            }
        }

        return budgets;
    }
}
