using AiGateway.Domain.Budgets;
using AiGateway.Domain.Calendar;

namespace AiGateway.Domain.Tests.Budgets;

public static class BudgetRowTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 14, 0, 0, TimeSpan.Zero);

    private static readonly BudgetFields Month = new("team#payments", "month") { Limits = new BudgetAmounts(25m) };

    public static TheoryData<string, BudgetFields> Mistakes => new()
    {
        { "scope", Month with { Scope = "team" } },
        { "scope", Month with { Scope = "team##x" } },
        { "window", Month with { Window = "fortnight" } },
        { "window", Month with { Window = "Month" } },
        { "limits", Month with { Limits = BudgetAmounts.None } },
        { "override_until", Month with { Override = new BudgetAmounts(30m) } },
        { "usd", Month with { Limits = new BudgetAmounts(-0.01m) } },
        { "usd", Month with { Limits = new BudgetAmounts(1_000_000_001m) } },
        { "usd", Month with { Limits = new BudgetAmounts(0.0000000000001m) } },
        { "tokens", Month with { Limits = new BudgetAmounts(Tokens: 1.5m) } },
        { "requests", Month with { Limits = new BudgetAmounts(Requests: -1m) } },
        { "in_flight", Month with { Limits = new BudgetAmounts(InFlight: 0.5m) } },
        { "override_usd", Month with { Override = new BudgetAmounts(-1m), OverrideUntil = Now } },
        { "mode", Month with { Mode = "strict" } },
        { "hold_mode", Month with { HoldMode = "worst" } },
        { "on_expiry", Month with { OnExpiry = "keep" } },
        { "on_retry", Month with { OnRetry = "" } },
        { "warn_percent", Month with { WarnPercent = [0] } },
        { "warn_percent", Month with { WarnPercent = [1_001] } },
        { "warn_percent", Month with { WarnPercent = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11] } },
        { "time_zone", Month with { TimeZone = "Middle/Earth" } },
        { "fiscal_year_start_month", Month with { FiscalYearStartMonth = 13 } },
        { "shards", Month with { Shards = 0 } },
        { "shards", Month with { Shards = 65 } },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public static void Names_the_field_that_is_wrong_and_the_scope(string field, BudgetFields fields)
    {
        var problem = Assert.IsType<Outcome<BudgetRow>.Failed>(Parse(fields)).Problem;

        Assert.Equal("bad_budget", problem.Code);
        Assert.Contains($": {field} ", problem.Message, StringComparison.Ordinal);
        Assert.Contains(fields.Scope, problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, BudgetMode.Hard, HoldMode.WorstCase, ExpiryPolicy.Charge)]
    [InlineData("hard", BudgetMode.Hard, HoldMode.WorstCase, ExpiryPolicy.Charge)]
    [InlineData("soft", BudgetMode.Soft, HoldMode.Expected, ExpiryPolicy.Release)]
    [InlineData("shadow", BudgetMode.Shadow, HoldMode.Expected, ExpiryPolicy.Release)]
    public static void The_mode_decides_what_is_not_said(string? mode, BudgetMode expected, HoldMode hold, ExpiryPolicy onExpiry)
    {
        var row = Valid(Month with { Mode = mode });

        Assert.Equal((expected, hold, onExpiry, RetryPolicy.Release), (row.Mode, row.HoldMode, row.OnExpiry, row.OnRetry));
        Assert.Equal([50, 80, 100], row.WarnPercent);
        Assert.Equal((ZoneRules.Utc.Id, 1, 1, false), (row.TimeZone, row.FiscalYear.FirstMonth, row.Shards, row.ReplacesTier));
    }

    [Fact]
    public static void A_limit_of_zero_is_a_limit()
    {
        var budget = Valid(Month with { Limits = new BudgetAmounts(0m) }).BudgetAt(Now, ZoneRules.Utc);

        Assert.Equal(0m, Assert.Single(budget.Limits).Amount);
    }

    [Fact]
    public static void An_override_stands_in_place_of_what_it_names_until_it_ends()
    {
        var row = Valid(Month with
        {
            Limits = new BudgetAmounts(25m, 100m),
            Override = new BudgetAmounts(Usd: 40m),
            OverrideUntil = Now,
        });

        Assert.Equal(new BudgetAmounts(40m, 100m), row.LimitsAt(Now.AddTicks(-1)));
        Assert.Equal(new BudgetAmounts(25m, 100m), row.LimitsAt(Now));
        Assert.Equal([40m, 100m], row.BudgetAt(Now.AddDays(-1), ZoneRules.Utc).Limits.Select(limit => limit.Amount));
    }

    [Fact]
    public static void A_scope_has_one_time_zone_and_one_number_of_shards()
    {
        var day = Month with { Window = "day" };

        Assert.IsType<Outcome<ScopeBudgets>.Ok>(Book(Month, day));
        Assert.IsType<Outcome<ScopeBudgets>.Failed>(Book(Month, day with { Shards = 2 }));
        Assert.IsType<Outcome<ScopeBudgets>.Failed>(Book(Month, day with { TimeZone = "Europe/Berlin" }));
        Assert.IsType<Outcome<ScopeBudgets>.Failed>(Book(Month, Month));
    }

    [Fact]
    public static void One_row_that_replaces_the_tier_is_enough_and_the_lowest_in_flight_counts()
    {
        var budgets = Assert.IsType<Outcome<ScopeBudgets>.Ok>(Book(
            Month with { Limits = new BudgetAmounts(25m, InFlight: 5m), ReplacesTier = true },
            Month with { Window = "week", Limits = new BudgetAmounts(10m, InFlight: 3m) })).Value;

        Assert.True(budgets.ReplacesTier);
        Assert.Equal(3m, budgets.InFlightAt(Now));
    }

    [Fact]
    public static void A_book_keeps_the_other_scopes_when_one_is_not_understood()
    {
        var book = BudgetBook.Read([Month, Month with { Scope = "team#search", Mode = "strict" }, Month with { Scope = "nonsense" }], IsZone);

        Assert.IsType<Outcome<ScopeBudgets>.Ok>(book[Valid(Month).Scope]);
        Assert.IsType<Outcome<ScopeBudgets>.Failed>(book[Valid(Month with { Scope = "team#search" }).Scope]);
        Assert.Null(book[Scope.Org]);
        Assert.Equal(2, book.Problems.Count);
    }

    private static bool IsZone(string name) => name is "Europe/Berlin" or "Etc/UTC";

    private static Outcome<BudgetRow> Parse(BudgetFields fields) => BudgetRowParser.Parse(fields, IsZone);

    private static BudgetRow Valid(BudgetFields fields) => Assert.IsType<Outcome<BudgetRow>.Ok>(Parse(fields)).Value;

    private static Outcome<ScopeBudgets> Book(params BudgetFields[] rows) => BudgetBook.Of(Valid(rows[0]).Scope, rows, IsZone);
}
