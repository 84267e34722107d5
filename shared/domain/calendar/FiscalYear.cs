namespace AiGateway.Domain.Calendar;

/// <summary>When a scope's years and quarters begin: the first of a month.</summary>
public sealed record FiscalYear
{
    private FiscalYear(int firstMonth) => FirstMonth = firstMonth;

    /// <summary>January: the calendar year.</summary>
    public static FiscalYear CalendarYear { get; } = new(1);

    /// <summary>1 to 12.</summary>
    public int FirstMonth { get; }

    public static Outcome<FiscalYear> StartingIn(int month) => month is >= 1 and <= 12
        ? new FiscalYear(month)
        : new Problem("bad_fiscal_year", "A fiscal year starts in a month from 1 to 12.");

    /// <summary>The first day of the fiscal year that a date is in.</summary>
    public DateOnly StartOf(DateOnly date) =>
        new(date.Month >= FirstMonth ? date.Year : date.Year - 1, FirstMonth, 1);
}
