using System.Globalization;
using AiGateway.Domain;
using AiGateway.Domain.Budgets;
using AiGateway.Domain.Calendar;

namespace AiGateway.TimeZones.Tests;

public static class CalendarTableTests
{
    [Theory]
    [InlineData("2026-11-30T23:59:59Z", "UTC", Window.Month, 1, "2026-11", "M", "2026-11-01T00:00:00Z", "2026-12-01T00:00:00Z")]
    [InlineData("2026-12-01T00:00:00Z", "UTC", Window.Month, 1, "2026-12", "M", "2026-12-01T00:00:00Z", "2027-01-01T00:00:00Z")]
    [InlineData("2026-12-01T04:59:59Z", "America/New_York", Window.Month, 1, "2026-11", "M", "2026-11-01T04:00:00Z", "2026-12-01T05:00:00Z")]
    [InlineData("2028-02-29T12:00:00Z", "UTC", Window.Day, 1, "2028-02", "d29", "2028-02-29T00:00:00Z", "2028-03-01T00:00:00Z")]
    [InlineData("2026-03-29T12:00:00Z", "Europe/Berlin", Window.Day, 1, "2026-03", "d29", "2026-03-28T23:00:00Z", "2026-03-29T22:00:00Z")]
    [InlineData("2026-10-25T12:00:00Z", "Europe/Berlin", Window.Day, 1, "2026-10", "d25", "2026-10-24T22:00:00Z", "2026-10-25T23:00:00Z")]
    [InlineData("2027-01-03T12:00:00Z", "UTC", Window.Week, 1, "2026-W53", "W", "2026-12-28T00:00:00Z", "2027-01-04T00:00:00Z")]
    [InlineData("2027-01-04T00:00:00Z", "UTC", Window.Week, 1, "2027-W01", "W", "2027-01-04T00:00:00Z", "2027-01-11T00:00:00Z")]
    [InlineData("2026-11-21T00:00:00Z", "UTC", Window.Quarter, 1, "2026-Q4", "Q", "2026-10-01T00:00:00Z", "2027-01-01T00:00:00Z")]
    [InlineData("2026-11-21T00:00:00Z", "UTC", Window.Quarter, 4, "2026.04-Q3", "Q", "2026-10-01T00:00:00Z", "2027-01-01T00:00:00Z")]
    [InlineData("2026-03-31T23:59:59Z", "UTC", Window.Year, 4, "2025.04", "Y", "2025-04-01T00:00:00Z", "2026-04-01T00:00:00Z")]
    [InlineData("2026-03-31T23:59:59Z", "UTC", Window.Year, 1, "2026", "Y", "2026-01-01T00:00:00Z", "2027-01-01T00:00:00Z")]
    public static void Names_and_bounds(
        string at, string zone, Window window, int fiscalMonth, string item, string name, string start, string end)
    {
        var period = Containing(at, zone, window, fiscalMonth);

        Assert.Equal((item, name), (period.Item, period.Name));
        Assert.Equal(Instant(start), period.Start);
        Assert.Equal(Instant(end), period.End);
    }

    [Fact]
    public static void The_hour_that_the_clock_shows_twice_is_two_periods()
    {
        var first = Containing("2026-10-25T00:30:00Z", "Europe/Berlin", Window.Hour, 1);
        var second = Containing("2026-10-25T01:30:00Z", "Europe/Berlin", Window.Hour, 1);

        Assert.NotEqual(first.Name, second.Name);
        Assert.Equal(first.End, second.Start);
    }

    [Fact]
    public static void A_half_hour_change_cuts_the_hour_there()
    {
        var before = Containing("2026-04-04T14:59:59Z", "Australia/Lord_Howe", Window.Hour, 1);
        var after = Containing("2026-04-04T15:00:00Z", "Australia/Lord_Howe", Window.Hour, 1);

        Assert.Equal(before.End, after.Start);
        Assert.Equal(Instant("2026-04-04T15:00:00Z"), after.Start);
        Assert.NotEqual(before.Name, after.Name);
    }

    [Fact]
    public static void An_unknown_zone_is_a_problem_that_names_examples() =>
        Assert.Contains("Europe/Berlin", ((Outcome<ZoneRules>.Failed)IanaZones.Find("Mars/Olympus")).Problem.Message);

    [Theory]
    [InlineData(0)]
    [InlineData(13)]
    public static void A_fiscal_year_starts_in_a_real_month(int month) =>
        Assert.IsType<Outcome<FiscalYear>.Failed>(FiscalYear.StartingIn(month));

    private static Period Containing(string at, string zone, Window window, int fiscalMonth) => Periods.Containing(
        Instant(at),
        window,
        ((Outcome<ZoneRules>.Ok)IanaZones.Find(zone)).Value,
        ((Outcome<FiscalYear>.Ok)FiscalYear.StartingIn(fiscalMonth)).Value);

    private static DateTimeOffset Instant(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
