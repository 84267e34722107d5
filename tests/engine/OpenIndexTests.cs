namespace AiGateway.Engine.Tests;

/// <summary>Entries are found under the shard that their id has in every process and version.</summary>
public static class OpenIndexTests
{
    /// <summary>The published values of FNV-1a, 32 bits, by their last four bits.</summary>
    [Theory]
    [InlineData("", 0x811c9dc5)]
    [InlineData("a", 0xe40c292c)]
    [InlineData("b", 0xe70c2de5)]
    [InlineData("foobar", 0xbf9cf968)]
    public static void The_shard_of_an_id_is_its_hash(string id, uint hash) =>
        Assert.Equal((int)(hash % OpenIndex.Shards), OpenIndex.ShardOf(id));

    [Fact]
    public static void Ids_are_spread_over_all_shards() => Assert.Equal(
        OpenIndex.Shards, Enumerable.Range(0, 500).Select(number => OpenIndex.ShardOf($"request-{number}")).Distinct().Count());
}
