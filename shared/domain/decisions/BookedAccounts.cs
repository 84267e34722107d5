using AiGateway.Domain.Budgets;
using AiGateway.Domain.Calendar;
using AiGateway.Domain.Ledger;

namespace AiGateway.Domain.Decisions;

/// <summary>
/// The account items that a request counts on: one list, for the hold and for a line that has none. The month of every
/// scope is
/// in it, in all three dimensions, limited or not, so that a budget added later starts from the truth.
/// </summary>
public static class BookedAccounts
{
    private static readonly Dimension[] Dimensions = [Dimension.Usd, Dimension.Tokens, Dimension.Requests];

    /// <param name="scopes">Of the caller.</param>
    /// <param name="budgets">Theirs, which tell the scopes' time zones; a scope without one follows UTC.</param>
    /// <param name="limits">Those that count.</param>
    /// <param name="at">When the request was admitted, or began.</param>
    /// <param name="amountOf">What it holds on a limited total. Nothing is held where nothing is limited, so that such
    /// an item costs no write.</param>
    public static IReadOnlyList<AccountHold> Of(
        IReadOnlyList<Scope> scopes,
        IReadOnlyList<Budget> budgets,
        IReadOnlyList<PlannedLimit> limits,
        DateTimeOffset at,
        Func<Dimension, decimal> amountOf)
    {
        var holds = new List<AccountHold>(scopes.Count);
        foreach (var scope in scopes)
        {
            var month = MonthOf(scope, budgets, at);
            var own = limits.Where(limit => limit.Account.Scope == scope).ToList();
            holds.Add(new AccountHold(
                new AccountKey(scope, month.Item), MonthAmounts(month, own, amountOf)));
            holds.AddRange(own
                .Where(limit => limit.Account.Period != month.Item)
                .GroupBy(limit => limit.Account)
                .Select(item => new AccountHold(item.Key, LimitedAmounts(item, amountOf))));
        }

        return holds;
    }

    private static Period MonthOf(Scope scope, IReadOnlyList<Budget> budgets, DateTimeOffset at)
    {
        var zone = budgets.FirstOrDefault(budget => budget.Scope == scope)?.Zone ?? ZoneRules.Utc;
        return Periods.Containing(at, Window.Month, zone, FiscalYear.CalendarYear);
    }

    private static List<TotalAmount> MonthAmounts(
        Period month, IReadOnlyList<PlannedLimit> own, Func<Dimension, decimal> amountOf)
    {
        var limited = LimitedAmounts(own.Where(limit => limit.Account.Period == month.Item), amountOf);
        var unlimited = Dimensions
            .Select(dimension => new Total(month.Name, dimension))
            .Where(total => limited.All(amount => amount.Total != total))
            .Select(total => new TotalAmount(total, 0m));
        return [.. limited, .. unlimited];
    }

    private static List<TotalAmount> LimitedAmounts(
        IEnumerable<PlannedLimit> limits, Func<Dimension, decimal> amountOf) =>
    [
        .. limits
            .Select(limit => limit.Total)
            .Distinct()
            .Select(total => new TotalAmount(total, amountOf(total.Dimension))),
    ];
}
