using AiGateway.Domain.Ledger;
using AiGateway.Engine;
using AiGateway.Tests.Support;
using static AiGateway.Aws.Tests.Answers;
using static AiGateway.Aws.Tests.Samples;

namespace AiGateway.Aws.Tests.Calls;

public static class DynamoCallLogTests
{
    [Fact]
    public static async Task Counts_every_round_trip_and_names_each_part_as_a_policy_does()
    {
        var log = new DynamoCallLog();
        using var tables = await LocalDatabase.CreateTablesAsync(log, TableDefinitions.Accounts, TableDefinitions.Ledger, TableDefinitions.Postings);
        var names = tables.Names;
        var accounts = new AccountsTable(tables.Client, names, TestTables.StoreTimeout);
        var ledger = new LedgerTable(tables.Client, names, TestTables.StoreTimeout);
        var postings = new PostingsTable(tables.Client, names, TestTables.StoreTimeout);
        var posting = Posting("p1", new TotalChange(MonthUsd, 1m, 0m, []));
        log.Clear();

        Done(await accounts.ReserveAsync(new ReserveWrite(Payments, Bucket, [new TotalAmount(MonthUsd, 1m)], [], []), default));
        Done(await ledger.PutHeldAsync(Held("r1"), default));
        Done(await ledger.ReadAsync(["r1"], default));
        Done(await ledger.SettleAsync([new EntryWrite(Measured(Held("r1")), 1)], [posting], default));
        Done(await postings.ReadOpenAsync(Payments, default));
        Done(await postings.ApplyAsync(posting, Now, default));
        Done(await ledger.QueryOpenAsync(Bucket, 0, null, default));

        Assert.Equal(7, log.RoundTrips);
        Assert.Equal(
            [
                new DynamoCall("UpdateItem", names.Accounts, null),
                new DynamoCall("BatchGetItem", names.Ledger, null),
                new DynamoCall("PutItem", names.Ledger, null),
                new DynamoCall("Query", names.Ledger, "open"),
                new DynamoCall("DeleteItem", names.Postings, null),
                new DynamoCall("PutItem", names.Postings, null),
                new DynamoCall("Query", names.Postings, null),
            ],
            log.Calls);
    }

    [Fact]
    public static async Task A_failed_call_is_sent_once_because_nothing_is_retried()
    {
        var log = new DynamoCallLog();
        using var client = LocalDatabase.Client(await LocalDatabase.EndpointAsync(), TestTables.StoreTimeout, log);
        var accounts = new AccountsTable(client, new TableNames("nobody-made-these-"), TestTables.StoreTimeout);

        Failed(StoreFault.Malformed, await accounts.ReadAsync(Payments, default));

        Assert.Equal(1, log.RoundTrips);
    }
}
