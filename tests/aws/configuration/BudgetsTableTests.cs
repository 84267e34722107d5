using AiGateway.Domain;
using AiGateway.Domain.Budgets;
using AiGateway.Engine;
using AiGateway.Tests.Support;
using static AiGateway.Aws.Tests.Answers;
using static AiGateway.Aws.Tests.Samples;

namespace AiGateway.Aws.Tests.Configuration;

public sealed class BudgetsTableTests : IAsyncLifetime
{
    private static readonly Scope Team = Payments.Scope;

    private TestTables tables = null!;
    private BudgetsTable budgets = null!;

    public async ValueTask InitializeAsync()
    {
        tables = await LocalDatabase.CreateTablesAsync(TableDefinitions.Budgets);
        budgets = new BudgetsTable(tables.Client, tables.Names, TestTables.StoreTimeout, name => name == "Europe/Berlin");
    }

    public ValueTask DisposeAsync()
    {
        tables.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Reads_back_everything_that_a_row_says()
    {
        var fields = new BudgetFields(Team.Value, "month")
        {
            Limits = new BudgetAmounts(25.5m, 1_000m, 10m, 3m),
            Override = new BudgetAmounts(Usd: 40m),
            OverrideUntil = Now,
            Mode = "soft",
            HoldMode = "worst_case",
            OnExpiry = "charge",
            OnRetry = "charge",
            WarnPercent = [80, 50],
            TimeZone = "Europe/Berlin",
            FiscalYearStartMonth = 4,
            ReplacesTier = true,
            Shards = 8,
        };
        Done(await budgets.PutAsync(fields, default));

        var row = Assert.Single(Done(await budgets.ReadAsync(Team, default))!.Rows);

        Assert.Equal(fields.Limits, row.Limits);
        Assert.Equal(new BudgetAmounts(40m, 1_000m, 10m, 3m), row.LimitsAt(Now.AddTicks(-1)));
        Assert.Equal(fields.Limits, row.LimitsAt(Now));
        Assert.Equal((BudgetMode.Soft, HoldMode.WorstCase, ExpiryPolicy.Charge, RetryPolicy.Charge), (row.Mode, row.HoldMode, row.OnExpiry, row.OnRetry));
        Assert.Equal([50, 80], row.WarnPercent);
        Assert.Equal(("Europe/Berlin", 4, true, 8), (row.TimeZone, row.FiscalYear.FirstMonth, row.ReplacesTier, row.Shards));
    }

    [Fact]
    public async Task A_scope_without_rows_has_none_and_a_budget_of_zero_is_a_budget()
    {
        Assert.Null(Done(await budgets.ReadAsync(Team, default)));

        Done(await budgets.PutAsync(new BudgetFields(Team.Value, "month") { Limits = new BudgetAmounts(0m) }, default));

        Assert.Equal(0m, Assert.Single(Done(await budgets.ReadAsync(Team, default))!.Rows).Limits.Usd);
    }

    [Fact]
    public async Task A_row_that_is_not_understood_is_a_fault_and_never_no_budget()
    {
        await PutRawAsync("mode", new AttributeValue { S = "strict" });

        var failed = Failed(StoreFault.Malformed, await budgets.ReadAsync(Team, default));
        Assert.Contains("team#payments, month: mode is none of hard, soft, shadow", failed.Detail, StringComparison.Ordinal);

        var book = Done(await budgets.ReadAllAsync(default));
        Assert.IsType<Outcome<ScopeBudgets>.Failed>(book[Team]);
        Assert.Null(book[Scope.Org]);
        Assert.Single(book.Problems);
    }

    [Fact]
    public async Task An_attribute_of_another_type_is_a_fault()
    {
        await PutRawAsync("usd", new AttributeValue { S = "25" });

        Failed(StoreFault.Malformed, await budgets.ReadAsync(Team, default));
        Failed(StoreFault.Malformed, await budgets.ReadAllAsync(default));
    }

    [Fact]
    public async Task Replaces_and_deletes_a_row_by_its_window()
    {
        Done(await budgets.PutAsync(new BudgetFields(Team.Value, "month") { Limits = new BudgetAmounts(25m) }, default));
        Done(await budgets.PutAsync(new BudgetFields(Team.Value, "month") { Limits = new BudgetAmounts(30m) }, default));
        Done(await budgets.PutAsync(new BudgetFields(Team.Value, "day") { Limits = new BudgetAmounts(Tokens: 5m) }, default));

        Assert.Equal([null, 30m], Done(await budgets.ReadAsync(Team, default))!.Rows.Select(row => row.Limits.Usd));

        Assert.True(Done(await budgets.DeleteAsync(Team, Window.Month, default)));
        Assert.False(Done(await budgets.DeleteAsync(Team, Window.Month, default)));
        Assert.Equal(Window.Day, Assert.Single(Done(await budgets.ReadAsync(Team, default))!.Rows).Window);
    }

    private Task PutRawAsync(string name, AttributeValue value)
    {
        var item = new Dictionary<string, AttributeValue>
        {
            ["scope"] = new() { S = Team.Value },
            ["window"] = new() { S = "month" },
            ["usd"] = new() { N = "25" },
            [name] = value,
        };
        return tables.PutRawAsync(tables.Names.Budgets, item);
    }
}
