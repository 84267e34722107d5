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

    private static World WithBudget(decimal limit) => new World().WithBudget("payments", limit);
}
