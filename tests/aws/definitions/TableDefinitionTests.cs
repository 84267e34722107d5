using System.Text.Json;
using AiGateway.Tests.Support;

namespace AiGateway.Aws.Tests.Definitions;

public static class TableDefinitionTests
{
    [Fact]
    public static async Task Creates_every_table_as_it_is_defined()
    {
        using var tables = await LocalDatabase.CreateTablesAsync();

        foreach (var expected in TableDefinitions.All)
        {
            var actual = (await tables.Sdk.DescribeTableAsync(tables.Names.Of(expected))).Table;
            Assert.Equal(
                new[] { expected.Hash.Name, expected.Range?.Name }.OfType<string>(),
                actual.KeySchema.Select(key => key.AttributeName));
            Assert.Equal(
                expected.Indexes.Select(index => index.Name).Order(),
                (actual.GlobalSecondaryIndexes ?? []).Select(index => index.IndexName).Order());
        }
    }

    [Fact]
    public static void Exports_itself_as_json_for_the_check_of_terraform()
    {
        using var json = JsonDocument.Parse(TableDefinitions.ToJson());

        var ledger = json.RootElement.EnumerateArray().Single(table => table.GetProperty("name").GetString() == "ledger");
        Assert.Equal("request_id", ledger.GetProperty("hash").GetProperty("name").GetString());
        Assert.Equal("S", ledger.GetProperty("hash").GetProperty("type").GetString());
        Assert.Equal("expires_at", ledger.GetProperty("ttl_attribute").GetString());
        Assert.True(ledger.GetProperty("streamed").GetBoolean());
        Assert.Equal(
            ["open", "by_team"], ledger.GetProperty("indexes").EnumerateArray().Select(index => index.GetProperty("name").GetString()!));
    }

    /// <summary>Every reserve writes accounts: an index on them would have one hot key a minute (T37).</summary>
    [Theory]
    [InlineData("accounts")]
    [InlineData("postings")]
    public static void What_every_request_counts_on_has_no_index(string name) =>
        Assert.Empty(TableDefinitions.All.Single(table => table.Name == name).Indexes);

    /// <summary>One row for each scope and window, so that there is never a first and a second one to choose from (T36).</summary>
    [Fact]
    public static void A_scope_has_one_budget_row_for_each_window() => Assert.Equal(
        ("scope", "window"), (TableDefinitions.Budgets.Hash.Name, TableDefinitions.Budgets.Range?.Name));

    [Fact]
    public static void Gives_no_table_a_name_without_its_deployment()
    {
        var names = new TableNames("prod-");

        Assert.All(TableDefinitions.All, table => Assert.Equal("prod-" + table.Name, names.Of(table)));
        Assert.Equal(
            TableDefinitions.All.Select(names.Of).Order(),
            new[]
            {
                names.Budgets, names.Accounts, names.Ledger, names.Postings, names.Alerts, names.Prices, names.Teams, names.Clients,
                names.Routes, names.Audit,
            }.Order());
    }
}
