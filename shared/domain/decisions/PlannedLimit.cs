using AiGateway.Domain.Budgets;
using AiGateway.Domain.Calendar;
using AiGateway.Domain.Ledger;

namespace AiGateway.Domain.Decisions;

/// <summary>A limit of a budget in the window instance that the decision is made in.</summary>
/// <param name="Budget">Whose limit it is.</param>
/// <param name="Account">The account item it is on.</param>
/// <param name="Total">Which running total of the item.</param>
/// <param name="Amount">How much, in the total's dimension.</param>
/// <param name="ResetsAt">When the window ends.</param>
public sealed record PlannedLimit(
    Budget Budget, AccountKey Account, Total Total, decimal Amount, DateTimeOffset ResetsAt)
{
    public BudgetMode Mode => Budget.Mode;

    /// <summary>The limits of a budget at an instant.</summary>
    public static IEnumerable<PlannedLimit> Of(Budget budget, DateTimeOffset now)
    {
        var period = Periods.Containing(now, budget.Window, ZoneRules.Utc, FiscalYear.CalendarYear);
        var account = new AccountKey(budget.Scope, period.Item);
        return budget.Limits.Select(limit => new PlannedLimit(
            budget, account, new Total(period.Name, limit.Dimension), limit.Amount, period.End));
    }
}
