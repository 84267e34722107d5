namespace AiGateway.Domain.Budgets;

/// <summary>Every row of one scope, valid together.</summary>
public sealed record ScopeBudgets
{
    /// <summary>
    /// How many limits the month item carries at most (minute, hour, day and month rows): with that many it stays under
    /// 1 KB, so that a
    /// reserve costs one write unit (the test of the item's size holds it).
    /// </summary>
    public const int MonthItemLimitsMax = 4;

    private ScopeBudgets(Scope scope, IReadOnlyList<BudgetRow> rows) => (Scope, Rows) = (scope, rows);

    public Scope Scope { get; }

    /// <summary>At most one for each window.</summary>
    public IReadOnlyList<BudgetRow> Rows { get; }

    /// <summary>True where the rows stand in place of every window of the tier.</summary>
    public bool ReplacesTier => Rows.Any(row => row.ReplacesTier);

    /// <summary>How many requests may run at once: the lowest of the rows; null: any number.</summary>
    public decimal? InFlightAt(DateTimeOffset now) => Rows.Min(row => row.LimitsAt(now).InFlight);

    /// <summary>Rows of one scope, each with a window of its own.</summary>
    public static Outcome<ScopeBudgets> Of(Scope scope, IReadOnlyList<BudgetRow> rows)
    {
        if (rows.Any(row => row.Scope != scope) || rows.Select(row => row.Window).Distinct().Count() != rows.Count)
        {
            throw new ArgumentException("The rows are one scope's, one for each window.", nameof(rows));
        }

        if (rows.Select(row => (row.Shards, row.TimeZone)).Distinct().Count() > 1)
        {
            return new Problem(
                "bad_budget", $"Budget {scope}: its rows differ in shards or time_zone; a scope has one of each.");
        }

        var inMonthItem = rows
            .Where(row => row.Window is Window.Minute or Window.Hour or Window.Day or Window.Month)
            .Select(row => row.Limits.Or(row.Override))
            .Sum(limits => Enum.GetValues<Dimension>().Count(dimension => limits[dimension] is not null));
        return inMonthItem > MonthItemLimitsMax
            ? new Problem(
                "bad_budget",
                $"Budget {scope}: {inMonthItem} limits a minute, hour, day and month; at most {MonthItemLimitsMax}.")
            : new ScopeBudgets(scope, rows);
    }
}
