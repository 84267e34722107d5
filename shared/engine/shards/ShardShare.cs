using AiGateway.Domain.Budgets;
using AiGateway.Domain.Ledger;

namespace AiGateway.Engine;

/// <summary>
/// The arithmetic of shares. Shard 0 owns the whole limit and is the bank; what it gives counts as committed there, and
/// as that
/// much less than nothing on the shard that takes it. So on every shard <c>committed</c> may rise to its own part (the
/// limit, or
/// zero), and over all of them it sums to what is spent.
/// </summary>
internal static class ShardShare
{
    /// <summary>Above every limit: a share that is granted under this is looked at by shard 0 before it is held on.
    /// </summary>
    public const decimal UnderNoLimit = 10_000_000_000_000m;

    private const int UsdDecimals = 6;

    /// <summary>A dry shard takes this part of what shard 0 has left, divided by the shards: moves stay rare.</summary>
    private const int RefillParts = 2;

    /// <summary>What a hold may take at most; negative where more was spent than the share.</summary>
    public static decimal RoomOf(int shard, decimal limit, RunningTotal total) =>
        (shard == 0 ? limit : 0m) - total.Committed;

    /// <summary>
    /// True where the share counts under a limit: it was granted under that one or a lower one. Shard 0 never goes beyond
    /// the lowest limit that a share is granted under, so that all of them together are within it.
    /// </summary>
    public static bool IsGranted(int shard, decimal limit, RunningTotal total) =>
        shard == 0 || total.Granted <= limit;

    /// <summary>
    /// How far shard 0 may go as it stands: to the limit, or to the lowest one that a share is granted under. Beyond that
    /// every share has to be granted anew in the same write.
    /// </summary>
    /// <param name="limit">The one in force.</param>
    /// <param name="bank">Shard 0; null: never seen.</param>
    public static decimal ReachOf(decimal limit, RunningTotal? bank) =>
        bank?.Granted is { } lowest && lowest < limit ? lowest : limit;

    /// <summary>What a shard takes beyond its need, of what shard 0 has left.</summary>
    public static decimal RefillOf(decimal left, int shards, Dimension dimension) =>
        PartOf(left, RefillParts * shards, dimension);

    /// <summary>A part of an amount, rounded down: whole tokens and requests, short numbers of dollars.</summary>
    public static decimal PartOf(decimal amount, int parts, Dimension dimension) => amount <= 0m
        ? 0m
        : decimal.Round(
            amount / parts, dimension == Dimension.Usd ? UsdDecimals : 0, MidpointRounding.ToZero);
}
