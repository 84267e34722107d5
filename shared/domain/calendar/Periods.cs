using System.Globalization;
using AiGateway.Domain.Budgets;

namespace AiGateway.Domain.Calendar;

/// <summary>
/// The one function that says which period an instant is in. Days and longer follow the local date; hours and minutes are told apart by
/// the instant they start at, so that the hour that a clock shows twice in autumn is two periods.
/// </summary>
public static class Periods
{
    public static Period Containing(DateTimeOffset instant, Window window, ZoneRules zone, FiscalYear fiscalYear)
    {
        var local = zone.LocalAt(instant);
        return window switch
        {
            Window.Minute => Clock(instant, local, TimeSpan.FromMinutes(1), Window.Minute, "n", zone),
            Window.Hour => Clock(instant, local, TimeSpan.FromHours(1), Window.Hour, "h", zone),
            Window.Day => Dates(window, MonthItem(local.Date), string.Create(CultureInfo.InvariantCulture, $"d{local.Date.Day:D2}"), local.Date, local.Date.AddDays(1), zone),
            Window.Week => Week(local.Date, zone),
            Window.Month => Dates(window, MonthItem(local.Date), "M", FirstOfMonth(local.Date), FirstOfMonth(local.Date).AddMonths(1), zone),
            Window.Quarter => Quarter(local.Date, zone, fiscalYear),
            Window.Year => Year(local.Date, zone, fiscalYear),
            _ => throw new ArgumentOutOfRangeException(nameof(window), window, "Not a window."),
        };
    }

    // Floored on the local clock. Where a change of the clocks moves the grid itself (half an hour, say), the hour is cut there.
    private static Period Clock(
        DateTimeOffset instant, LocalTime local, TimeSpan length, Window window, string prefix, ZoneRules zone)
    {
        var start = instant.ToUniversalTime() - IntoWindow(instant, local.Offset, length);
        var name = prefix + Base36.Encode(start.ToUnixTimeSeconds() / 60);
        var (last, next) = zone.ChangesAround(instant);
        var end = start + length;
        if (next is { } change && change < end && MovesGrid(change, local.Offset, length, zone))
        {
            end = change;
        }

        if (last is { } changed && changed > start && MovesGrid(changed.AddTicks(-1), local.Offset, length, zone))
        {
            start = changed;
        }

        return new Period(window, MonthItem(local.Date), name, start, end);
    }

    private static TimeSpan IntoWindow(DateTimeOffset instant, TimeSpan offset, TimeSpan length) =>
        new((instant.UtcTicks + offset.Ticks) % length.Ticks);

    private static bool MovesGrid(DateTimeOffset other, TimeSpan offset, TimeSpan length, ZoneRules zone) =>
        (zone.LocalAt(other).Offset - offset).Ticks % length.Ticks != 0;

    private static Period Week(DateOnly date, ZoneRules zone)
    {
        var monday = date.AddDays(-(((int)date.DayOfWeek + 6) % 7));
        var thursday = monday.AddDays(3).ToDateTime(TimeOnly.MinValue);
        var item = string.Create(CultureInfo.InvariantCulture, $"{ISOWeek.GetYear(thursday):0000}-W{ISOWeek.GetWeekOfYear(thursday):00}");
        return Dates(Window.Week, item, "W", monday, monday.AddDays(7), zone);
    }

    private static Period Quarter(DateOnly date, ZoneRules zone, FiscalYear fiscalYear)
    {
        var year = fiscalYear.StartOf(date);
        var quarter = (((date.Year - year.Year) * 12) + date.Month - year.Month) / 3;
        var start = year.AddMonths(quarter * 3);
        return Dates(Window.Quarter, string.Create(CultureInfo.InvariantCulture, $"{YearItem(year)}-Q{quarter + 1}"), "Q", start, start.AddMonths(3), zone);
    }

    private static Period Year(DateOnly date, ZoneRules zone, FiscalYear fiscalYear)
    {
        var start = fiscalYear.StartOf(date);
        return Dates(Window.Year, YearItem(start), "Y", start, start.AddYears(1), zone);
    }

    private static Period Dates(Window window, string item, string name, DateOnly start, DateOnly end, ZoneRules zone) =>
        new(window, item, name, zone.StartOf(start), zone.StartOf(end));

    private static DateOnly FirstOfMonth(DateOnly date) => new(date.Year, date.Month, 1);

    private static string MonthItem(DateOnly date) => string.Create(CultureInfo.InvariantCulture, $"{date.Year:D4}-{date.Month:D2}");

    private static string YearItem(DateOnly start) =>
        start.Month == 1 ? string.Create(CultureInfo.InvariantCulture, $"{start.Year:0000}") : string.Create(CultureInfo.InvariantCulture, $"{start.Year:0000}.{start.Month:00}");

}
