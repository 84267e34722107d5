using System.Text.Json.Nodes;
using AiGateway.Aws;

namespace AiGateway.Infrastructure.Tests.Applied;

/// <summary>The deployed tables are the ones that the local stack and the tests run on.</summary>
[Collection(AppliedCollection.Name)]
public sealed class TableTests(AppliedInfrastructure applied)
{
    public static TheoryData<string> Names => [.. TableDefinitions.All.Select(table => table.Name)];

    [Fact]
    public void There_are_no_others() => Assert.Equal(
        TableDefinitions.All.Select(table => $"aigateway-test-{table.Name}").Order(),
        applied.OfType("aws_dynamodb_table").Select(table => (string)table["values"]!["name"]!).Order());

    [Theory]
    [MemberData(nameof(Names))]
    public void Is_as_the_code_defines_it(string name)
    {
        var expected = TableDefinitions.All.Single(table => table.Name == name);
        var table = Values(name);

        Assert.Equal(expected.Hash.Name, (string?)table["hash_key"]);
        Assert.Equal(expected.Range?.Name, NullIfEmpty((string?)table["range_key"]));
        Assert.Equal(expected.Streamed, (bool)table["stream_enabled"]!);
        Assert.Equal(expected.TtlAttribute, TtlOf(table));
        Assert.Equal(Attributes(expected), table["attribute"]!.AsArray().Select(one => $"{one!["name"]}:{one["type"]}").Order());
        Assert.Equal(Indexes(expected), table["global_secondary_index"]!.AsArray().Select(Index).Order());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Is_encrypted_recoverable_and_on_demand(string name)
    {
        var table = Values(name);

        Assert.Equal("PAY_PER_REQUEST", (string?)table["billing_mode"]);
        Assert.True((bool)table["point_in_time_recovery"]![0]!["enabled"]!);
        Assert.True((bool)table["server_side_encryption"]![0]!["enabled"]!);
        Assert.StartsWith("arn:aws:kms:", (string?)table["server_side_encryption"]![0]!["kms_key_arn"]);
    }

    private static IEnumerable<string> Attributes(TableDefinition table) => new[] { table.Hash, table.Range }
        .Concat(table.Indexes.SelectMany(index => new[] { index.Hash, index.Range }))
        .OfType<KeyAttribute>()
        .Select(attribute => $"{attribute.Name}:{attribute.Type}")
        .Distinct()
        .Order();

    private static IEnumerable<string> Indexes(TableDefinition table) => table.Indexes
        .Select(index => $"{index.Name} {index.Hash.Name} {index.Range?.Name} {string.Join(',', index.Projected.Order())}")
        .Order();

    private static string Index(JsonNode? index) =>
        $"{index!["name"]} {index["hash_key"]} {NullIfEmpty((string?)index["range_key"])} "
        + string.Join(',', (index["non_key_attributes"]?.AsArray() ?? []).Select(one => (string)one!).Order());

    private static string? TtlOf(JsonNode table) =>
        table["ttl"]!.AsArray().FirstOrDefault(ttl => (bool)ttl!["enabled"]!) is { } ttl ? (string)ttl["attribute_name"]! : null;

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;

    private JsonNode Values(string name) =>
        applied.OfType("aws_dynamodb_table").Single(table => (string)table["index"]! == name)["values"]!;
}
