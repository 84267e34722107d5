using AiGateway.Domain.Budgets;
using AiGateway.Domain.Calendar;
using AiGateway.Domain.Identity;
using AiGateway.Domain.Ledger;

namespace AiGateway.Domain.Settlement;

/// <summary>
/// Where a request without an entry is booked: the month it began in of every scope of its caller, limited or not, so
/// that
/// a budget added later starts from the truth.
/// </summary>
internal static class MonthAccounts
{
    public static IReadOnlyList<AccountHold> Of(Caller caller, DateTimeOffset startedAt)
    {
        var month = Periods.Containing(startedAt, Window.Month, ZoneRules.Utc, FiscalYear.CalendarYear);
        TotalAmount[] totals =
        [
            new(new Total(month.Name, Dimension.Usd), 0m),
            new(new Total(month.Name, Dimension.Tokens), 0m),
            new(new Total(month.Name, Dimension.Requests), 0m),
        ];
        return [.. caller.Scopes.Select(scope => new AccountHold(new AccountKey(scope, month.Item), totals))];
    }
}
