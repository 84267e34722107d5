using AiGateway.Domain.Decisions;

namespace AiGateway.Domain.Budgets;

/// <summary>Every row of one scope, valid together.</summary>
public sealed record ScopeBudgets
{
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

        var own = rows.SelectMany(LimitsOf).ToList();
        var shards = rows.Count == 0 ? 1 : rows[0].Shards;
        var bytes = MonthItemSize.Of(scope, [.. own, .. LimitsOfTier(scope, rows)], shards);
        return own.Exists(IsInMonthItem) && bytes > MonthItemSize.BytesMax
            ? new Problem(
                "bad_budget",
                $"Budget {scope}: its limits a minute, hour, day and month, with its tier's, need {bytes} bytes of an account, "
                + $"which has {MonthItemSize.BytesMax}: leave some out, or the tier's by replaces_tier"
                + (shards > 1 ? ", or spread it over no shards." : "."))
            : new ScopeBudgets(scope, rows);
    }

    private static bool IsInMonthItem((Window Window, Dimension Dimension) limit) =>
        limit.Window is Window.Minute or Window.Hour or Window.Day or Window.Month;

    private static IEnumerable<(Window Window, Dimension Dimension)> LimitsOf(BudgetRow row)
    {
        var limits = row.Limits.Or(row.Override);
        return Enum.GetValues<Dimension>()
            .Where(dimension => limits[dimension] is not null)
            .Select(dimension => (row.Window, dimension));
    }

    // Those that the team's own rows don't stand in place of.
    private static IEnumerable<(Window Window, Dimension Dimension)> LimitsOfTier(
        Scope scope, IReadOnlyList<BudgetRow> rows) => scope.IsTeam && !rows.Any(row => row.ReplacesTier)
            ? TierTable.Windows.Where(tier => !rows.Any(row => row.Window == tier.Window && LimitsOf(row).Any()))
            : [];
}
