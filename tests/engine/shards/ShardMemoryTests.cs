using AiGateway.Domain.Ledger;
using static AiGateway.Engine.Tests.Shards.ShardPlans;

namespace AiGateway.Engine.Tests.Shards;

/// <summary>What a process remembers of shards, and for how long it is worth anything.</summary>
public static class ShardMemoryTests
{
    private static readonly DateTimeOffset Seen = DateTimeOffset.FromUnixTimeSeconds(1_794_000_000);

    [Theory]
    [InlineData(0, true, true)]
    [InlineData(249, true, true)]
    [InlineData(250, false, true)]
    [InlineData(999, false, true)]
    [InlineData(1_000, false, false)]
    public static void What_was_seen_is_recent_for_a_quarter_of_a_second_and_fresh_for_one(
        int milliseconds, bool isRecent, bool isFresh)
    {
        var memory = new ShardMemory();
        memory.Note(AccountTotals.Empty(Hot), Seen);
        var now = Seen.AddMilliseconds(milliseconds);

        Assert.Equal((isRecent, isFresh), (memory.IsRecent(Hot, now), memory.IsFresh(Hot, now)));
    }

    [Theory]
    [InlineData(-1, true)]
    [InlineData(0, true)]
    [InlineData(1, false)]
    public static void What_was_seen_at_a_time_or_later_is_seen_since(int ticks, bool isSeen)
    {
        var memory = new ShardMemory();
        memory.Note(AccountTotals.Empty(Hot), Seen);

        Assert.Equal(isSeen, memory.IsSeenSince(Hot, Seen.AddTicks(ticks)));
    }

    [Fact]
    public static void What_was_never_seen_is_neither_fresh_nor_recent_nor_seen_since()
    {
        var memory = new ShardMemory();

        Assert.Null(memory.Find(Hot));
        Assert.False(
            memory.IsFresh(Hot, DateTimeOffset.MinValue) || memory.IsRecent(Hot, DateTimeOffset.MinValue)
            || memory.IsSeenSince(Hot, DateTimeOffset.MinValue));
    }

    [Fact]
    public static void Ten_thousand_items_are_remembered_and_one_more_begins_anew()
    {
        const int ItemsMax = 10_000;
        var memory = new ShardMemory();
        var keys = Enumerable.Range(0, ItemsMax + 1).Select(number => Hot with { Period = $"p{number}" }).ToList();
        foreach (var key in keys[..ItemsMax])
        {
            memory.Note(AccountTotals.Empty(key), Seen);
        }

        Assert.All(keys[..ItemsMax], key => Assert.NotNull(memory.Find(key)));
        memory.Note(AccountTotals.Empty(keys[ItemsMax]), Seen);
        Assert.Equal([keys[ItemsMax]], keys.Where(key => memory.Find(key) is not null));
    }

    [Fact]
    public static void The_shards_in_use_are_summed_as_far_as_they_were_seen()
    {
        var memory = new ShardMemory();
        foreach (var (shard, committed) in (IEnumerable<(int, decimal)>)[(0, 7m), (2, -3m), (3, 100m)])
        {
            memory.Note(Item(Hot.At(shard), Usd, committed), Seen);
        }

        var sum = memory.SumOf(Hot.At(5), shards: 3);

        Assert.Equal((Hot, 4m), (sum.Account, sum[Usd].Committed));
    }
}
