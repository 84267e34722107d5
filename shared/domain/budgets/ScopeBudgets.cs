using System.Text;
using AiGateway.Domain.Decisions;

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

    /// <summary>A scope's stored form up to so many bytes leaves room for all of them.</summary>
    public const int NameBytes = 68;

    /// <summary>What the smallest limit takes of the month item: its totals, eight buckets, the hour before.</summary>
    private const int BytesOfLimit = 198;

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

        var inMonthItem = LimitsInMonthItem(rows);
        var most = MonthItemLimitsMax - LimitsOfTier(scope, rows) - LimitsForNameOf(scope);
        return inMonthItem > 0 && inMonthItem > most
            ? new Problem(
                "bad_budget",
                $"Budget {scope}: {inMonthItem} limits a minute, hour, day and month; at most {Math.Max(0, most)} fit beside "
                + "its tier's, which replaces_tier leaves out.")
            : new ScopeBudgets(scope, rows);
    }

    private static int LimitsInMonthItem(IReadOnlyList<BudgetRow> rows) => rows
        .Where(row => row.Window is Window.Minute or Window.Hour or Window.Day or Window.Month)
        .Sum(LimitsOf);

    private static int LimitsOf(BudgetRow row)
    {
        var limits = row.Limits.Or(row.Override);
        return Enum.GetValues<Dimension>().Count(dimension => limits[dimension] is not null);
    }

    // A tier limits one dimension of each of its windows, where the team's own rows don't stand in place of it.
    private static int LimitsOfTier(Scope scope, IReadOnlyList<BudgetRow> rows) =>
        scope.IsTeam && !rows.Any(row => row.ReplacesTier)
            ? TierTable.Windows.Count(window => !rows.Any(row => row.Window == window && LimitsOf(row) > 0))
            : 0;

    // The name stands in the item too: what it is longer than a common one has to be saved elsewhere.
    private static int LimitsForNameOf(Scope scope)
    {
        var above = Encoding.UTF8.GetByteCount(scope.Value) - NameBytes;
        return above <= 0 ? 0 : (above + BytesOfLimit - 1) / BytesOfLimit;
    }
}
