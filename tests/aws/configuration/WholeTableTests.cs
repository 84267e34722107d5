using AiGateway.Domain.Identity;
using AiGateway.Engine;
using AiGateway.Tests.Support;
using static AiGateway.Aws.Tests.Answers;

namespace AiGateway.Aws.Tests.Configuration;

public static class WholeTableTests
{
    [Fact]
    public static async Task Reads_every_item_however_many_pages_there_are()
    {
        using var tables = await LocalDatabase.CreateTablesAsync(TableDefinitions.Teams);
        var table = new WholeTable(tables.Client, tables.Names.Teams, TestTables.StoreTimeout) { PageSize = 3 };
        for (var number = 0; number < 20; number++)
        {
            Done(await table.PutAsync(number, new() { ["team"] = new AttributeValue { S = $"team-{number}" } }, default));
        }

        var found = Done(await table.ScanAsync(item => item["team"].S, default));

        Assert.Equal(20, found.Distinct().Count());
        Assert.Equal(["team-7"], Done(await table.QueryAsync("team", "team-7", item => item["team"].S, default)));
    }

    [Fact]
    public static async Task More_pages_than_configuration_can_have_is_a_fault_and_not_a_shorter_list()
    {
        using var tables = await LocalDatabase.CreateTablesAsync(TableDefinitions.Teams);
        var table = new WholeTable(tables.Client, tables.Names.Teams, TestTables.StoreTimeout) { PageSize = 1 };
        for (var number = 0; number < 51; number++)
        {
            Done(await table.PutAsync(number, new() { ["team"] = new AttributeValue { S = $"team-{number}" } }, default));
        }

        Failed(StoreFault.Malformed, await table.ScanAsync(item => item["team"].S, default));
    }

    [Fact]
    public static async Task Teams_and_clients_come_back_as_they_were_registered()
    {
        using var tables = await LocalDatabase.CreateTablesAsync(TableDefinitions.Teams, TableDefinitions.Clients);
        var teams = new TeamsTable(tables.Client, tables.Names, TestTables.StoreTimeout);
        var clients = new ClientsTable(tables.Client, tables.Names, TestTables.StoreTimeout);
        var team = new TeamRegistration("payments", "standard", "cc-42", ["checkout", "refunds"]);
        var bare = new TeamRegistration("search", null, null, []);
        var client = new ClientRegistration("3n4b", "payments", null, Denied: true);
        Done(await teams.PutAsync(team, default));
        Done(await teams.PutAsync(bare, default));
        Done(await clients.PutAsync(client, default));

        Assert.Equivalent(new[] { team, bare }, Done(await teams.ReadAllAsync(default)), strict: true);
        Assert.Equal(client, Assert.Single(Done(await clients.ReadAllAsync(default))));

        Assert.True(Done(await teams.DeleteAsync("search", default)));
        Assert.True(Done(await clients.DeleteAsync("3n4b", default)));
        Assert.Empty(Done(await clients.ReadAllAsync(default)));
    }
}
