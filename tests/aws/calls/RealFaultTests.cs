using System.Net;
using System.Net.Sockets;
using System.Text;
using AiGateway.Domain.Ledger;
using AiGateway.Engine;
using AiGateway.Tests.Support;
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

    /// <summary>An addition that is sent twice counts twice: neither our client nor the HTTP client below it may repeat one.</summary>
    [Theory]
    [InlineData("", StoreFault.TimedOut)]
    [InlineData("500 InternalServerError", StoreFault.TimedOut)]
    [InlineData("503 ServiceUnavailable", StoreFault.TimedOut)]
    [InlineData("400 ProvisionedThroughputExceededException", StoreFault.Throttled)]
    [InlineData("400 ThrottlingException", StoreFault.Throttled)]
    [InlineData("400 TransactionConflictException", StoreFault.Conflict)]
    [InlineData("400 AccessDeniedException", StoreFault.Denied)]
    [InlineData("400 ExpiredTokenException", StoreFault.Denied)]
    [InlineData("400 ValidationException", StoreFault.Malformed)]
    public static async Task A_call_is_sent_once_whatever_becomes_of_it(string answer, StoreFault expected)
    {
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        var log = new DynamoCallLog();
        using var client = LocalDatabase.Client(
            new Uri($"http://{server.LocalEndpoint}"), TestTables.StoreTimeout, log);
        using var stop = new CancellationTokenSource();
        var connections = AnswerEveryConnectionAsync(server, answer, stop.Token);

        var failed = Failed(expected, await Accounts(client, TestTables.StoreTimeout).ReserveAsync(Write, default));
        await stop.CancelAsync();

        Assert.Equal(1, await connections);
        Assert.Equal(1, log.RoundTrips);
        Assert.DoesNotContain("no answer within", failed.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public static async Task An_item_that_is_too_large_is_malformed_and_not_an_outage()
    {
        using var tables = await LocalDatabase.CreateTablesAsync(TableDefinitions.Ledger);
        var ledger = new LedgerTable(tables.Client, tables.Names, TestTables.StoreTimeout);
        var huge = Held("r1", Attempt() with { Call = new AttemptCall(null, new string('m', 500_000), null, null, false) });

        Failed(StoreFault.Malformed, await ledger.PutHeldAsync(huge, default));
    }

    // Reads a request and answers it; no answer: the connection is cut.
    private static async Task<int> AnswerEveryConnectionAsync(
        TcpListener listener, string answer, CancellationToken stop)
    {
        var buffer = new byte[64 * 1024];
        for (var connections = 0; ; connections++)
        {
            try
            {
                using var connection = await listener.AcceptTcpClientAsync(stop);
                Assert.NotEqual(0, await connection.GetStream().ReadAsync(buffer, stop));
                await connection.GetStream().WriteAsync(Response(answer), stop);
            }
            catch (OperationCanceledException)
            {
                return connections;
            }
        }
    }

    private static byte[] Response(string answer)
    {
        if (answer.Length == 0)
        {
            return [];
        }

        var body = $$"""{"__type":"com.amazonaws.dynamodb.v20120810#{{answer[4..]}}","message":"no"}""";
        return Encoding.ASCII.GetBytes(
            $"HTTP/1.1 {answer[..3]} No\r\nContent-Type: application/x-amz-json-1.0\r\nConnection: close\r\n"
            + $"Content-Length: {body.Length}\r\n\r\n{body}");
    }

    private static AccountsTable Accounts(DynamoClient client, TimeSpan timeout) => new(client, new TableNames("t-"), timeout);

    private static int ClosedPort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
