using AiGateway.Domain;
using AiGateway.Domain.Budgets;
using AiGateway.Domain.Identity;
using AiGateway.Engine;
using AiGateway.Tests.Support;
using static AiGateway.Aws.Tests.Answers;
using static AiGateway.Aws.Tests.Samples;

namespace AiGateway.Aws.Tests.Configuration;

public static class BudgetConfigurationTests
{
    [Fact]
    public static async Task Reads_budgets_teams_and_clients_as_one_value_and_once_for_many_requests()
    {
        var log = new DynamoCallLog();
        using var tables = await LocalDatabase.CreateTablesAsync(
            log, TableDefinitions.Budgets, TableDefinitions.Teams, TableDefinitions.Clients);
        var (budgets, teams, clients) = Tables(tables);
        var month = new BudgetFields(Payments.Scope.Value, "month") { Limits = new BudgetAmounts(25m) };
        Done(await budgets.PutAsync(month, default));
        Done(await teams.PutAsync(new TeamRegistration("payments", "standard", null, ["checkout"]), default));
        Done(await clients.PutAsync(new ClientRegistration("3n4b", "payments", null, Denied: true), default));
        var configuration = new BudgetConfiguration(
            budgets, teams, clients, TimeProvider.System, BudgetConfiguration.AgeMaxDefault);
        log.Clear();

        var read = Done(await configuration.GetAsync(default));
        await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => configuration.GetAsync(default)));

        Assert.Equal(3, log.RoundTrips);
        var scope = Assert.IsType<Outcome<ScopeBudgets>.Ok>(read.Budgets[Payments.Scope]).Value;
        Assert.Equal(25m, Assert.Single(scope.Rows).Limits.Usd);
        Assert.Equal("standard", read.Directory.Teams["payments"].Tier);
        Assert.True(read.Directory.Clients["3n4b"].Denied);

        Done(await budgets.PutAsync(month with { Limits = new BudgetAmounts(30m) }, default));
        configuration.Forget();
        var again = Done(await configuration.GetAsync(default)).Budgets[Payments.Scope];
        Assert.Equal(30m, Assert.IsType<Outcome<ScopeBudgets>.Ok>(again).Value.Rows[0].Limits.Usd);
    }

    [Theory]
    [InlineData("budgets")]
    [InlineData("teams")]
    [InlineData("clients")]
    public static async Task A_table_that_is_missing_is_a_fault_and_never_an_empty_configuration(string missing)
    {
        using var tables = await LocalDatabase.CreateTablesAsync(
            [.. TableDefinitions.All.Where(table => table.Name != missing)]);
        var (budgets, teams, clients) = Tables(tables);
        var configuration = new BudgetConfiguration(
            budgets, teams, clients, TimeProvider.System, BudgetConfiguration.AgeMaxDefault);

        var failed = Failed(StoreFault.Malformed, await configuration.GetAsync(default));

        Assert.Contains(missing, failed.Detail, StringComparison.Ordinal);
    }

    private static (BudgetsTable Budgets, TeamsTable Teams, ClientsTable Clients) Tables(TestTables tables) => (
        new BudgetsTable(tables.Client, tables.Names, TestTables.StoreTimeout, _ => true),
        new TeamsTable(tables.Client, tables.Names, TestTables.StoreTimeout),
        new ClientsTable(tables.Client, tables.Names, TestTables.StoreTimeout));
}
