using AiGateway.Domain.Budgets;
using AiGateway.Domain.Calendar;
using AiGateway.Domain.Ledger;
using AiGateway.Domain.Tests.Decisions;

namespace AiGateway.Domain.Tests.Ledger;

public static class StaleTotalsTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 21, 14, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(Window.Minute, 119, false)]
    [InlineData(Window.Minute, 120, true)]
    [InlineData(Window.Hour, 3_659, false)]
    [InlineData(Window.Hour, 3_660, true)]
    [InlineData(Window.Day, 36_059, false)]
    [InlineData(Window.Day, 36_060, true)]
    [InlineData(Window.Month, 100_000_000, false)]
    public static void A_minute_an_hour_and_a_day_are_stale_a_grace_after_their_end(
        Window window, int secondsLater, bool isStale)
    {
        var stale = StaleTotals.Of(Account(window, ZoneRules.Utc), Start.AddSeconds(secondsLater), ZoneRules.Utc);

        Assert.Equal(isStale ? 1 : 0, stale.Count);
        Assert.All(stale, total => Assert.Equal([7L, 8L], total.Buckets));
    }

    [Fact]
    public static void A_day_ends_in_its_own_zone()
    {
        var zone = new FixedZone(TimeSpan.FromHours(-8));
        var account = Account(Window.Day, zone);

        Assert.Empty(StaleTotals.Of(account, Start.AddHours(18), zone));
        Assert.Single(StaleTotals.Of(account, Start.AddHours(18).AddMinutes(1), zone));
    }

    [Fact]
    public static void What_is_not_a_total_of_a_month_item_is_left_alone()
    {
        var totals = new[] { "M", "W", "F", "n", "h#", "d32", "nzzzzzzzzzzzzz" }
            .ToDictionary(name => new Total(name, Dimension.Usd), _ => RunningTotal.Zero);

        Assert.Empty(StaleTotals.Of(
            new AccountTotals(new AccountKey(Scope.Org, "2026-11"), totals), Start.AddYears(50), ZoneRules.Utc));
    }

    [Fact]
    public static void A_minute_whose_hold_is_gone_is_not_brought_back_by_a_late_line()
    {
        var minute = new Total("nhello", Dimension.Requests);
        var month = new Total("M", Dimension.Usd);
        var posting = new Posting(
            new AccountKey(Scope.Org, "2026-11"),
            "p",
            [
                new TotalChange(minute, 1m, 0m, [new BucketAmount(7, 1m)]),
                new TotalChange(month, 2m, 0m, [new BucketAmount(7, 3m)]),
            ]);

        var left = posting.Without([(minute, 7), (month, 7)]);

        var change = Assert.Single(left.Changes);
        Assert.Equal((month, 2m, 0), (change.Total, change.Settled, change.Released.Count));
        Assert.Equal(2, posting.Without([(month, 7)]).Changes.Count);
    }

    [Fact]
    public static void Only_the_holds_that_are_gone_are_left_out_and_a_minute_stays_while_one_is_there()
    {
        var minute = new Total("nhello", Dimension.Requests);
        var posting = new Posting(
            new AccountKey(Scope.Org, "2026-11"),
            "p",
            [
                new TotalChange(minute, 1m, 0m, [new BucketAmount(7, 1m), new BucketAmount(8, 2m)]),
                new TotalChange(minute with { Dimension = Dimension.Tokens }, 9m, 0m, []),
            ]);

        var left = posting.Without([(minute, 7)]);

        Assert.Equal([1m, 9m], left.Changes.Select(change => change.Settled));
        Assert.Equal([new BucketAmount(8, 2m)], left.Changes[0].Released);
    }

    private static AccountTotals Account(Window window, ZoneRules zone)
    {
        var period = Periods.Containing(Start, window, zone, FiscalYear.CalendarYear);
        var running = new RunningTotal(5m, 2m, 0m, new Dictionary<long, decimal> { [7] = 1m, [8] = 2m });
        return new AccountTotals(
            new AccountKey(Scope.Org, period.Item),
            new Dictionary<Total, RunningTotal> { [new Total(period.Name, Dimension.Tokens)] = running });
    }
}
