using AiGateway.Domain.Budgets;
using AiGateway.Domain.Calendar;
using AiGateway.Domain.Decisions;
using AiGateway.Domain.Identity;
using AiGateway.Domain.Ledger;

namespace AiGateway.Domain.Tests.Decisions;

/// <summary>Which limits apply: every scope's, in its own calendar, and a team's tier where it says nothing.</summary>
public static class ApplicableLimitsTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 30, 23, 30, 15, TimeSpan.Zero);

    private static readonly PolicyRules Rules = new(TierTable.Default, ExpiryPolicy.Charge, 50);

    private static readonly CallPrice Price = new("row", 1m, 1m, 1m, 1m, 0m, 1_000, 100, HasOutput: true, IsFree: false);

    private static readonly Caller Asking = CallerResolution.Resolve(
        CallerClaims.None with { Team = "t", Subject = "u", ClientId = "c" }, CallerDirectory.Empty).Asking("m");

    [Theory]
    [InlineData(Window.Minute, 0, "2026-11", "2026-11-30T23:31:00Z")]
    [InlineData(Window.Hour, 0, "2026-11", "2026-12-01T00:00:00Z")]
    [InlineData(Window.Day, 0, "2026-11", "2026-12-01T00:00:00Z")]
    [InlineData(Window.Week, 0, "2026-W49", "2026-12-07T00:00:00Z")]
    [InlineData(Window.Month, 0, "2026-11", "2026-12-01T00:00:00Z")]
    [InlineData(Window.Quarter, 0, "2026-Q4", "2027-01-01T00:00:00Z")]
    [InlineData(Window.Year, 0, "2026", "2027-01-01T00:00:00Z")]
    [InlineData(Window.Day, 2, "2026-12", "2026-12-01T22:00:00Z")]
    [InlineData(Window.Month, 2, "2026-12", "2026-12-31T22:00:00Z")]
    [InlineData(Window.Quarter, 2, "2026.04-Q3", "2026-12-31T22:00:00Z")]
    [InlineData(Window.Year, 2, "2026.04", "2027-03-31T22:00:00Z")]
    public static void A_limit_is_on_the_period_of_its_scopes_own_calendar(
        Window window, int hours, string item, string resetsAt)
    {
        var april = Assert.IsType<Outcome<FiscalYear>.Ok>(FiscalYear.StartingIn(4)).Value;
        var budget = Hard(Scope.Org, window, new LimitAmount(Dimension.Tokens, 1_000m)) with
        {
            Zone = hours == 0 ? ZoneRules.Utc : new FixedZone(TimeSpan.FromHours(hours)),
            FiscalYear = hours == 0 ? FiscalYear.CalendarYear : april,
        };

        var limit = Assert.Single(PlannedLimit.Of(budget, Now));

        Assert.Equal($"org@{item}", limit.Account.ToString());
        Assert.Equal(DateTimeOffset.Parse(resetsAt, System.Globalization.CultureInfo.InvariantCulture), limit.ResetsAt);
    }

    [Fact]
    public static void The_month_of_a_scope_is_booked_in_the_calendar_that_its_rows_name()
    {
        var zone = new FixedZone(TimeSpan.FromHours(2));
        var week = Hard(Scope.Org, Window.Week, new LimitAmount(Dimension.Usd, 1_000m)) with { Zone = zone };

        var holds = Plan(week).Attempt.Holds;

        Assert.Equal(
            ["org@2026-12", "org@2026-W49", "team#t@2026-11"], holds.Take(3).Select(hold => hold.Account.ToString()));
    }

    [Fact]
    public static void Every_scope_is_booked_in_every_dimension_and_only_limited_totals_hold_something()
    {
        var user = Hard(Part(Scope.User, "u"), Window.Day, new LimitAmount(Dimension.Requests, 9m));

        var plan = Plan(user);

        Assert.Equal(
            Asking.Scopes, plan.Attempt.Holds.Where(hold => hold.Account.Period == "2026-11").Select(hold => hold.Account.Scope));
        Assert.All(plan.Attempt.Holds, hold => Assert.Equal(
            Enum.GetValues<Dimension>().Select(dimension => new Total("M", dimension)).ToHashSet(),
            hold.Amounts.Select(amount => amount.Total).Where(total => total.Window == "M").ToHashSet()));
        var holding = plan.Attempt.Holds.Where(hold => hold.Amounts.Any(amount => amount.Amount != 0m)).ToList();
        Assert.Equal(["team#t", "user#u"], holding.Select(hold => hold.Account.Scope.Value));
    }

    [Fact]
    public static void A_minute_an_hour_a_day_and_a_month_are_one_item_and_one_write()
    {
        var windows = new[] { Window.Minute, Window.Hour, Window.Day, Window.Month }
            .Select(window => Hard(Scope.Org, window, new LimitAmount(Dimension.Tokens, 1_000m)))
            .ToArray();

        var org = Plan(windows).Attempt.Holds.Where(hold => hold.Account.Scope == Scope.Org);

        Assert.Equal(4, Assert.Single(org).Amounts.Count(amount => amount.Amount != 0m));
    }

    [Fact]
    public static void A_teams_row_replaces_its_tiers_window_and_no_other()
    {
        var month = Hard(Asking.TeamScope, Window.Month, new LimitAmount(Dimension.Usd, 7m));

        Assert.Equal(["Usd 7", "Requests 20", "Tokens 100000"], Limits(Plan(month)));
        Assert.Equal(["Usd 7"], Limits(Plan(month with { ReplacesTier = true })));
    }

    [Fact]
    public static void A_row_on_requests_in_flight_alone_leaves_its_tier_as_it_is()
    {
        var running = Hard(Asking.TeamScope, Window.Month) with { InFlight = 3m };

        Assert.Equal(["Requests 3", "Usd 25", "Requests 20", "Tokens 100000"], Limits(Plan(running)));
    }

    [Fact]
    public static void Other_scopes_limits_leave_the_tier_alone()
    {
        var org = Hard(Scope.Org, Window.Month, new LimitAmount(Dimension.Usd, 7m)) with { ReplacesTier = true };

        Assert.Equal(["Usd 7", "Usd 25", "Requests 20", "Tokens 100000"], Limits(Plan(org)));
    }

    [Fact]
    public static void Requests_in_flight_are_counted_by_an_item_of_their_own()
    {
        var user = Hard(Part(Scope.User, "u"), Window.Month) with { InFlight = 3m };

        var plan = Plan(user);

        var limit = Assert.Single(plan.Limits, limit => limit.IsInFlight);
        Assert.Equal(("user#u@in_flight", 3m), (limit.Account.ToString(), limit.Amount));
        var hold = Assert.Single(plan.Attempt.Holds, hold => hold.Account == limit.Account);
        Assert.Equal([new TotalAmount(new Total(Total.InFlight, Dimension.Requests), 1m)], hold.Amounts);
        Assert.Empty(BookedTotals.On([hold], new BookedAmounts(new Usd(5m), 100, 1)));
    }

    [Fact]
    public static void A_free_model_of_unknown_size_is_refused_where_tokens_are_limited()
    {
        var free = Price with { IsFree = true, MaxOutputTokens = null };
        var money = Hard(Asking.TeamScope, Window.Month, new LimitAmount(Dimension.Usd, 0m)) with { ReplacesTier = true };

        var byTokens = Assert.IsType<PolicyDecision.Refuse>(BudgetPolicy.Decide(Input(free), Rules));
        var byMoney = BudgetPolicy.Decide(Input(free, money), Rules);

        Assert.Equal(RefusalKind.NotBounded, byTokens.Refusal.Kind);
        Assert.IsType<PolicyDecision.Reserve>(byMoney);
    }

    private static IEnumerable<string> Limits(PolicyDecision.Reserve plan) =>
        plan.Limits.Select(limit => $"{limit.Total.Dimension} {limit.Amount}");

    private static PolicyInput Input(CallPrice price, params IReadOnlyList<Budget> budgets) => new(
        "attempt",
        Now,
        Asking,
        new GuardedCall("openai", "m", 10, false, 0, 1, null, true),
        CallLabel.Of("openai", "m", null, null, false),
        price,
        budgets);

    private static PolicyDecision.Reserve Plan(params IReadOnlyList<Budget> budgets) =>
        Assert.IsType<PolicyDecision.Reserve>(BudgetPolicy.Decide(Input(Price, budgets), Rules));

    private static Budget Hard(Scope scope, Window window, params IReadOnlyList<LimitAmount> limits) =>
        Budget.Of(scope, window, BudgetMode.Hard, limits);

    private static Scope Part(Func<ScopePart, Scope> of, string text) =>
        of(Assert.IsType<Outcome<ScopePart>.Ok>(ScopePart.Parse(text)).Value);
}
