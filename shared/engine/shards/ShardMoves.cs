namespace AiGateway.Engine;

/// <summary>What the shards of one total give and take, so that a hold fits on its shard.</summary>
/// <param name="ByShard">What each gives (positive) or takes; shards that nothing changes on are left out, but shard 0
/// where it must look.</param>
/// <param name="Limit">What shard 0 stays within, and what is moved is granted under.</param>
/// <param name="GrantsAll">Shard 0 passes the lowest limit that a share was granted under: every shard's share is granted
/// under <paramref name="Limit"/> in the same write.</param>
internal sealed record ShardMoves(IReadOnlyDictionary<int, decimal> ByShard, decimal Limit, bool GrantsAll = false)
{
    /// <summary>The first under a limit: what shards hold that nobody gave them a share for is shard 0's to pay.</summary>
    public bool Opens { get; init; }

    public decimal Of(int shard) => ByShard.GetValueOrDefault(shard);

    /// <summary>Nothing moves, and the hold fits as things are.</summary>
    public static ShardMoves None(decimal limit) => new(new Dictionary<int, decimal>(), limit);
}
