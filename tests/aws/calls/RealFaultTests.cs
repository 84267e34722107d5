using System.Net;
using System.Net.Sockets;
using AiGateway.Domain.Ledger;
using AiGateway.Engine;
using AiGateway.Tests.Support;
using Amazon.DynamoDBv2;
using static AiGateway.Aws.Tests.Answers;
using static AiGateway.Aws.Tests.Samples;

namespace AiGateway.Aws.Tests.Calls;

/// <summary>The faults that can be had for real, through a store: no exception comes through the port.</summary>
public static class RealFaultTests
{
    private static readonly ReserveWrite Write = new(Payments, Bucket, [new TotalAmount(MonthUsd, 1m)], [], []);

    [Fact]
    public static async Task A_missing_table_is_a_bug_of_the_deployment()
    {
        using var client = LocalDatabase.Client(await LocalDatabase.EndpointAsync(), TestTables.StoreTimeout);
        var accounts = new AccountsTable(client, new TableNames("nobody-made-these-"), TestTables.StoreTimeout);

        var failed = Failed(StoreFault.Malformed, await accounts.ReserveAsync(Write, default));

        Assert.Contains("ResourceNotFoundException", failed.Detail, StringComparison.Ordinal);
        Assert.Contains("nobody-made-these-accounts", failed.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public static async Task Nothing_that_answers_is_an_outage_and_certainly_wrote_nothing()
    {
        using var client = LocalDatabase.Client(new Uri($"http://127.0.0.1:{ClosedPort()}"), TestTables.StoreTimeout);

        Failed(StoreFault.Unreachable, await Accounts(client, TestTables.StoreTimeout).ReserveAsync(Write, default));
    }

    [Fact]
    public static async Task A_database_that_does_not_answer_in_time_may_have_written()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        using var client = LocalDatabase.Client(new Uri($"http://{silent.LocalEndpoint}"), TestTables.StoreTimeout);
        var timeout = TimeSpan.FromMilliseconds(200);

        var failed = Failed(StoreFault.TimedOut, await Accounts(client, timeout).ReserveAsync(Write, default));

        Assert.Contains("no answer within 200 ms", failed.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public static async Task A_caller_who_stops_is_told_that_it_may_have_been_written()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        using var client = LocalDatabase.Client(new Uri($"http://{silent.LocalEndpoint}"), TestTables.StoreTimeout);
        using var stop = new CancellationTokenSource();
        var answer = Accounts(client, TestTables.StoreTimeout).ReserveAsync(Write, stop.Token);

        await stop.CancelAsync();

        Assert.Contains("stopped by its caller", Failed(StoreFault.TimedOut, await answer).Detail, StringComparison.Ordinal);
    }

    [Fact]
    public static async Task A_connection_that_is_cut_after_the_request_may_have_written()
    {
        using var cutting = new TcpListener(IPAddress.Loopback, 0);
        cutting.Start();
        using var client = LocalDatabase.Client(new Uri($"http://{cutting.LocalEndpoint}"), TestTables.StoreTimeout);
        var answer = Accounts(client, TestTables.StoreTimeout).ReserveAsync(Write, default);

        using (var connection = await cutting.AcceptTcpClientAsync())
        {
            Assert.NotEqual(0, await connection.GetStream().ReadAsync(new byte[100]));
        }

        Failed(StoreFault.TimedOut, await answer);
    }

    [Fact]
    public static async Task An_item_that_is_too_large_is_malformed_and_not_an_outage()
    {
        using var tables = await LocalDatabase.CreateTablesAsync(TableDefinitions.Ledger);
        var ledger = new LedgerTable(tables.Client, tables.Names, TestTables.StoreTimeout);
        var huge = Held("r1", Attempt() with { Call = new AttemptCall(null, new string('m', 500_000), null, null, false) });

        Failed(StoreFault.Malformed, await ledger.PutHeldAsync(huge, default));
    }

    private static AccountsTable Accounts(AmazonDynamoDBClient client, TimeSpan timeout) => new(client, new TableNames("t-"), timeout);

    private static int ClosedPort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
