using System.Net;
using System.Net.Sockets;
using AiGateway.Aws;
using AiGateway.Engine;
using AiGateway.Tests.Support;
using Sweep.Tests.Harness;

namespace Sweep.Tests.Dynamo;

/// <summary>Without its database the function fails, loudly, and nothing looks swept.</summary>
public static class OutageTests
{
    [Theory]
    [InlineData("sweep")]
    [InlineData("verify")]
    public static async Task With_the_database_down_it_throws_and_says_so(string action)
    {
        using var world = await TablesWorld.CreateAsync(TableDefinitions.Accounts);
        using var client = LocalDatabase.Client(new Uri($"http://127.0.0.1:{ClosedPort()}"), TimeSpan.FromSeconds(1));
        var process = world.ProcessAt(TimeSpan.Zero);

        await Assert.ThrowsAsync<StoreFailedException>(
            () => world.RunAsync(process, new ScheduleEvent(action), client, null));

        Assert.Contains("\"reason\":\"store_unavailable\"", process.Log, StringComparison.Ordinal);
        Assert.Contains("\"Failures\":1", process.Log, StringComparison.Ordinal);
        Assert.DoesNotContain("Completed", process.Log, StringComparison.Ordinal);
    }

    [Fact]
    public static async Task Without_one_of_its_tables_it_throws_and_that_is_no_outage()
    {
        using var world = await TablesWorld.CreateAsync(TableDefinitions.Accounts, TableDefinitions.Ledger);
        var process = world.ProcessAt(TimeSpan.Zero);
        using var client = LocalDatabase.Client(await LocalDatabase.EndpointAsync(), TestTables.StoreTimeout);

        await Assert.ThrowsAsync<StoreFailedException>(() => world.RunAsync(process, Events.Sweep, client, null));

        Assert.Contains("\"reason\":\"malformed\"", process.Log, StringComparison.Ordinal);
    }

    private static int ClosedPort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
