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

    [Fact]
    public static async Task Reserves_beside_settlement_never_take_committed_over_the_limit_and_lose_nothing()
    {
        using var tables = await LocalDatabase.CreateTablesAsync(TableDefinitions.Accounts, TableDefinitions.Ledger, TableDefinitions.Postings);
        var accounts = new AccountsTable(tables.Client, tables.Names, TestTables.StoreTimeout);
        var ledger = new LedgerTable(tables.Client, tables.Names, TestTables.StoreTimeout);
        var postings = new PostingsTable(tables.Client, tables.Names, TestTables.StoreTimeout);
        var write = new ReserveWrite(
            Payments, Bucket, [new TotalAmount(MonthUsd, Hold)], [new TotalAmount(MonthUsd, Limit - Hold)], []);

        async Task<bool> RequestAsync(int number)
        {
            var reserved = await RetriedAsync(() => accounts.ReserveAsync(write, default));
            if (reserved is not StoreResult<AccountTotals>.Done(var totals))
            {
                Assert.IsType<StoreResult<AccountTotals>.Refused>(reserved);
                return false;
            }

            Assert.InRange(totals[MonthUsd].Committed, 0m, Limit);
            var posting = Posting($"p{number}", new TotalChange(MonthUsd, 0.1m, 0m, [new BucketAmount(Bucket, Hold)]));
            Done(await RetriedAsync(() => ledger.SettleAsync([], [posting], default)));
            var applied = await RetriedAsync(() => postings.ApplyAsync(posting, Now, default));
            return applied is StoreResult<PostingRefusal>.Done;
        }

        var admitted = (await Task.WhenAll(Enumerable.Range(0, Requests).Select(RequestAsync))).Count(isAdmitted => isAdmitted);

        var total = Done(await accounts.ReadAsync(Payments, default))![MonthUsd];
        Assert.InRange(admitted, 83, Requests);
        Assert.Equal(admitted * 0.1m, total.Settled);
        Assert.Equal(total.Settled, total.Committed);
        Assert.Equal(0m, total.Buckets[Bucket]);
    }

    // Certainly not applied: a transaction held the item for a moment. Bounded; the pause only makes room.
    private static async Task<StoreResult<T>> RetriedAsync<T>(Func<Task<StoreResult<T>>> call)
    {
        for (var tries = 0; ; tries++)
        {
            var result = await call();
            if (result is not StoreResult<T>.Failed { Fault: StoreFault.Conflict or StoreFault.Throttled } || tries == 1_000)
            {
                return result;
            }

            await Task.Yield();
        }
    }
}
