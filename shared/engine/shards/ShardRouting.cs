using AiGateway.Domain.Budgets;
using AiGateway.Domain.Ledger;

namespace AiGateway.Engine;

/// <summary>
/// On which shard of each hot scope a request holds. The ledger's entry names it, so that nothing after the reservation
/// needs to know of shards.
/// </summary>
internal static class ShardRouting
{
    /// <summary>While shard 0 has so many times the shards' number of holds left, a dry shard is refilled with ease.
    /// </summary>
    private const int PlentyFactor = 4;

    private const int DrawsMax = 4;

    /// <summary>The plan with one shard for each hot scope, the same in all its windows.</summary>
    public static ReservePlan Route(ReservePlan plan, ShardMemory memory, Func<int, int> roll)
    {
        if (!plan.HasShards)
        {
            return plan;
        }

        var chosen = plan.Shards
            .Where(scope => scope.Value > 1)
            .ToDictionary(scope => scope.Key, scope => Choose(plan, scope.Key, scope.Value, memory, roll));
        return plan with
        {
            Attempt = plan.Attempt with
            {
                Holds = [.. plan.Attempt.Holds.Select(hold => hold with { Account = At(hold.Account, chosen) })],
            },
            Limits = [.. plan.Limits.Select(limit => limit with { Account = At(limit.Account, chosen) })],
        };
    }

    private static AccountKey At(AccountKey account, Dictionary<Scope, int> chosen) =>
        account.At(chosen.GetValueOrDefault(account.Scope));

    // While there is plenty any shard will do, so that the load is even. Towards the end the better one of two: the best
    // of all would
    // be everybody's. Not shard 0 then: it takes part in every move.
    private static int Choose(ReservePlan plan, Scope scope, int shards, ShardMemory memory, Func<int, int> roll)
    {
        var limits = LimitCheck.Hard(plan).Where(limit => limit.Account.Scope == scope).ToList();
        if (limits.TrueForAll(limit => HasPlenty(plan, limit, memory)))
        {
            return Spread(shards, roll);
        }

        var chosen = 1 + roll(shards - 1);
        for (var draws = 1; draws < DrawsMax && !limits.TrueForAll(limit => HasRoom(plan, limit, chosen, memory, 1)); draws++)
        {
            chosen = 1 + roll(shards - 1);
        }

        return chosen;
    }

    // Shard 0 takes part in every move, which counts double and is in the way of holds: it gets half of the load of the
    // others.
    private static int Spread(int shards, Func<int, int> roll) => (roll((2 * shards) - 1) + 1) / 2;

    /// <summary>Shard 0 has enough for many holds on every shard, as far as is known.</summary>
    public static bool HasPlenty(ReservePlan plan, AccountLimit limit, ShardMemory memory) =>
        HasRoom(plan, limit, 0, memory, PlentyFactor * plan.Shards[limit.Account.Scope]);

    private static bool HasRoom(ReservePlan plan, AccountLimit limit, int shard, ShardMemory memory, int holds) =>
        memory.Find(limit.Account.At(shard)) is not { } seen
        || ShardShare.RoomOf(shard, limit.Amount, seen[limit.Total]) >= holds * LimitCheck.NeededBy(plan.Attempt, limit);
}
