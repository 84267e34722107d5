using AiGateway.Domain.Ledger;
using AiGateway.Engine;
using AiGateway.Tests.Support;
using static AiGateway.Aws.Tests.Answers;
using static AiGateway.Aws.Tests.Samples;

namespace AiGateway.Aws.Tests.Accounts;

public static class ConcurrencyTests
{
    private const int Requests = 200;
    private const decimal Limit = 25m;
    private const decimal Hold = 0.3m;

    [Fact]
    public static async Task Two_hundred_reserves_at_once_admit_exactly_what_fits()
    {
        using var tables = await LocalDatabase.CreateTablesAsync(TableDefinitions.Accounts);
        var accounts = new AccountsTable(tables.Client, tables.Names, TestTables.StoreTimeout);
        var write = new ReserveWrite(
            Payments, Bucket, [new TotalAmount(MonthUsd, Hold)], [new TotalAmount(MonthUsd, Limit - Hold)], []);

        var results = await Task.WhenAll(Enumerable.Range(0, Requests).Select(_ => accounts.ReserveAsync(write, default)));

        Assert.DoesNotContain(results, result => result is StoreResult<AccountTotals>.Failed);
        Assert.Equal(83, results.Count(result => result is StoreResult<AccountTotals>.Done));
        Assert.Equal(83 * Hold, Done(await accounts.ReadAsync(Payments, default))![MonthUsd].Committed);
    }
}
