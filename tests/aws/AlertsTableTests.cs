using AiGateway.Domain.Budgets;
using AiGateway.Engine;
using AiGateway.Tests.Support;
using static AiGateway.Aws.Tests.Answers;
using static AiGateway.Aws.Tests.Samples;

namespace AiGateway.Aws.Tests;

public static class AlertsTableTests
{
    [Fact]
    public static async Task Raises_an_alert_once_for_each_scope_period_window_dimension_and_threshold()
    {
        using var tables = await LocalDatabase.CreateTablesAsync(TableDefinitions.Alerts);
        var alerts = new AlertsTable(tables.Client, tables.Names, TestTables.StoreTimeout);
        var alert = new ThresholdAlert(Payments, MonthUsd, 80, 20m, 25m, Now);

        var raised = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => alerts.RaiseAsync(alert, default)));

        Assert.Single(raised, answer => answer is StoreResult<ThresholdAlert>.Done);
        Assert.Equal(alert, Refused(await alerts.RaiseAsync(alert with { Used = 24m }, default)));
        Done(await alerts.RaiseAsync(alert with { ThresholdPercent = 100 }, default));
        Done(await alerts.RaiseAsync(alert with { Total = DayTokens }, default));
        Done(await alerts.RaiseAsync(alert with { Total = MonthUsd with { Dimension = Dimension.Tokens } }, default));
        Done(await alerts.RaiseAsync(alert with { Account = Payments with { Period = "2026-12" } }, default));
        Done(await alerts.RaiseAsync(alert with { Account = Account("search") }, default));
    }
}
