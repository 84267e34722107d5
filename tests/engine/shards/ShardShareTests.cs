using AiGateway.Domain.Budgets;
using AiGateway.Domain.Ledger;

namespace AiGateway.Engine.Tests.Shards;

/// <summary>The arithmetic of shares.</summary>
public static class ShardShareTests
{
    [Theory]
    [InlineData(0, 4, 6)]
    [InlineData(0, 13, -3)]
    [InlineData(1, 4, -4)]
    [InlineData(3, -4, 4)]
    public static void Shard_0_has_the_limit_and_the_others_what_was_moved_to_them(int shard, int committed, int room) =>
        Assert.Equal(room, ShardShare.RoomOf(shard, 10m, RunningTotal.Zero with { Committed = committed }));

    [Theory]
    [InlineData(10, Dimension.Usd, 3, "3.333333")]
    [InlineData(20, Dimension.Usd, 3, "6.666666")]
    [InlineData(20, Dimension.Tokens, 3, "6")]
    [InlineData(20, Dimension.Requests, 3, "6")]
    [InlineData(0, Dimension.Usd, 3, "0")]
    [InlineData(-20, Dimension.Usd, 3, "0")]
    public static void A_part_is_rounded_down_and_never_less_than_nothing(int amount, Dimension dimension, int parts, string part) =>
        Assert.Equal(part, new Domain.Usd(ShardShare.PartOf(amount, parts, dimension)).ToString());

    [Fact]
    public static void A_dry_shard_takes_half_of_its_part_of_what_is_left() =>
        Assert.Equal((12.5m, 12m), (ShardShare.RefillOf(100m, 4, Dimension.Usd), ShardShare.RefillOf(100m, 4, Dimension.Tokens)));
}
