using AiGateway.Domain.Budgets;
using AiGateway.Domain.Ledger;
using CostAttribution.Tests.Book;
using CostAttribution.Tests.Harness;

namespace CostAttribution.Tests.Alert;

public static class AlertTests
{
    // Each line costs 0.15 dollars.
    [Theory]
    [InlineData("0.3001", new int[0])]
    [InlineData("0.3", new[] { 50 })]
    [InlineData("0.1876", new[] { 50 })]
    [InlineData("0.1875", new[] { 50, 80 })]
    [InlineData("0.1501", new[] { 50, 80 })]
    [InlineData("0.15", new[] { 50, 80, 100 })]
    [InlineData("0", new[] { 50, 80, 100 })]
    public static async Task A_threshold_is_raised_exactly_when_it_is_reached(string limit, int[] percents)
    {
        var world = WithBudget(decimal.Parse(limit, System.Globalization.CultureInfo.InvariantCulture));

        await world.SendAsync(BatchTests.Line("r1"));

        Assert.Equal(percents, world.Alerts.Select(alert => alert.ThresholdPercent));
        Assert.All(world.Alerts, alert => Assert.Equal("team#payments@2026-11", alert.Account.ToString()));
    }

    /// <summary>A row's own thresholds stand in place of 50, 80 and 100; above 100 they warn of what was overrun.</summary>
    [Theory]
    [InlineData("0.1", new[] { 30, 150 })]
    [InlineData("0.1001", new[] { 30 })]
    [InlineData("0.5", new[] { 30 })]
    [InlineData("0.5001", new int[0])]
    public static async Task A_row_warns_at_its_own_percentages(string limit, int[] percents)
    {
        var world = new World().WithBudgets(Row("month", limit, 150, 30));

        await world.SendAsync(BatchTests.Line("r1"));

        Assert.Equal(percents, world.Alerts.Select(alert => alert.ThresholdPercent));
    }

    [Fact]
    public static async Task Each_window_of_a_scope_warns_at_its_own_percentages()
    {
        var world = new World().WithBudgets(Row("month", "0.2", 75), Row("day", "0.2", 10, 70), Row("week", "0.2"));

        await world.SendAsync(BatchTests.Line("r1"));

        Assert.Equal(
            ["M 75", "W 50", "d21 10", "d21 70"],
            world.Alerts.Select(alert => $"{alert.Total.Window} {alert.ThresholdPercent}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public static async Task An_alert_is_raised_once_whatever_is_delivered_again()
    {
        var world = WithBudget(0.3m);
        await world.SendAsync(BatchTests.Line("r1"));
        await world.SendAsync(BatchTests.Line("r1"));
        await world.SendAsync(BatchTests.Line("r2"));
        await world.SendAsync(BatchTests.Line("r2"), BatchTests.Line("r1"));

        Assert.Equal([50, 80, 100], world.Alerts.Select(alert => alert.ThresholdPercent));
    }

    [Fact]
    public static async Task A_team_without_a_budget_is_warned_of_its_tiers_limit()
    {
        var world = new World();

        // Sandbox: 25 dollars a month.
        await world.SendAsync(Enumerable.Range(0, 84).Select(number => BatchTests.Line($"r{number}")));

        var monthly = world.Alerts.Where(alert => alert.Total == new Total("M", Dimension.Usd));
        Assert.Equal(25m, Assert.Single(monthly).Limit);
    }

    [Fact]
    public static async Task The_next_month_warns_again()
    {
        var world = WithBudget(0.3m);
        await world.SendAsync(BatchTests.Line("r1"));

        await world.SendAsync(BatchTests.Line("r2").Replace("2026-11-21", "2026-12-01", StringComparison.Ordinal));

        Assert.Equal(["2026-11", "2026-12"], world.Alerts.Select(alert => alert.Account.Period));
    }

    [Theory]
    [InlineData(4)]
    [InlineData(2)]
    public static async Task A_threshold_is_about_all_shards_together_also_those_that_are_not_used_any_more(int shardsLater)
    {
        var world = new World().WithBudget("payments", 1.2m, shards: 4);
        for (var number = 1; number <= 8; number++)
        {
            await world.HoldAsync($"r{number}", "payments", 0.15m, shards: 4);
        }

        world.WithBudget("payments", 1.2m, shardsLater);
        var raised = new List<int>();
        for (var number = 1; number <= 8; number++)
        {
            await world.SendAsync(BatchTests.Line($"r{number}"));
            raised.Add(world.Alerts.Count);
        }

        Assert.Equal([0, 0, 0, 1, 1, 1, 2, 3], raised);
        Assert.All(world.Alerts, alert => Assert.Equal("team#payments@2026-11", alert.Account.ToString()));
        Assert.True(world.Tables.Accounts.All.Count() > 2, "Nothing was spread.");
    }

    private static BudgetFields Row(string window, string usd, params int[] percents) => new("team#payments", window)
    {
        Limits = new BudgetAmounts(Usd: decimal.Parse(usd, System.Globalization.CultureInfo.InvariantCulture)),
        WarnPercent = percents.Length > 0 ? percents : null,
        ReplacesTier = true,
    };

    private static World WithBudget(decimal limit) => new World().WithBudget("payments", limit);
}
