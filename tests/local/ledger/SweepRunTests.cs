using AiGateway.Aws;
using AiGateway.Domain.Budgets;
using AiGateway.Domain.Ledger;
using AiGateway.Engine;
using AiGateway.Local.Ledger;
using AiGateway.Tests.Support;

namespace AiGateway.Local.Tests.Ledger;

/// <summary><c>./dev ledger sweep</c> runs the deployed function's own code, in a process of its own.</summary>
public sealed class SweepRunTests
{
    private static readonly AccountKey Org = new(Scope.Org, "2026-11");
    private static readonly Total MonthUsd = new("M", Dimension.Usd);

    private readonly StringWriter output = new();
    private readonly StringWriter errors = new();

    [Fact]
    public async Task A_sweep_that_fails_says_why_and_is_exit_1()
    {
        using var tables = await LocalDatabase.CreateTablesAsync(TableDefinitions.Budgets);

        Assert.Equal(ExitCode.BadInput, await RunAsync(tables));

        Assert.Empty(output.ToString());
        Assert.Contains("sweep_failed", errors.ToString(), StringComparison.Ordinal);
        Assert.Contains("StoreFailedException", errors.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_life_of_holds_is_the_deployments_own_and_checked_by_the_function()
    {
        using var tables = await LocalDatabase.CreateTablesAsync(TableDefinitions.Budgets);

        Assert.Equal(ExitCode.BadInput, await RunAsync(tables, "5"));

        Assert.Contains("HOLD_TIME_TO_LIVE_MINUTES is", errors.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_expired_is_gone_after_a_minute_of_looking()
    {
        Assert.SkipWhen(Environment.GetEnvironmentVariable("NIGHTLY") is not { Length: > 0 }, "Runs nightly: it takes a minute.");
        using var tables = await LocalDatabase.CreateTablesAsync(
            TableDefinitions.Accounts, TableDefinitions.Ledger, TableDefinitions.Postings);
        IAccountStore accounts = new AccountsTable(tables.Client, tables.Names, TestTables.StoreTimeout);
        var bucket = HoldBucket.Containing(DateTimeOffset.UtcNow.AddHours(-1));
        await accounts.ReserveAsync(new ReserveWrite(Org, bucket, [new(MonthUsd, 3m)], [], []), default);

        Assert.Equal(ExitCode.Done, await RunAsync(tables));

        Assert.Contains("\"released\":1", output.ToString(), StringComparison.Ordinal);
        var left = Assert.IsType<StoreResult<AccountTotals?>.Done>(await accounts.ReadAsync(Org, default)).Value;
        Assert.Equal(0m, left![MonthUsd].Committed);
    }

    private Task<int> RunAsync(TestTables tables, string? timeToLiveMinutes = null) => LedgerCommand.RunAsync(
        ["sweep"],
        name => name switch
        {
            "AWS_REGION" => TestTables.Region,
            "TABLE_PREFIX" => tables.Names.Prefix,
            "DYNAMODB_ENDPOINT" => tables.Endpoint.ToString(),
            "HOLD_TIME_TO_LIVE_MINUTES" => timeToLiveMinutes,
            _ => null,
        },
        output,
        errors,
        CancellationToken.None);
}
