using AiGateway.Engine.Tests.Fakes;

namespace AiGateway.Engine.Tests.Simulation;

/// <summary>
/// What DynamoDB Local never does: items that a transaction holds for a moment, and 1,000 write units a second and
/// item.
/// </summary>
internal sealed class ItemCapacity(TimeProvider clock)
{
    /// <summary>Of one item, where a transaction's writes count double, and of one key of an index.</summary>
    public const int WriteUnitsPerSecond = 1000;

    private readonly HashSet<string> locked = [];
    private readonly Dictionary<string, (long Second, int Units)> used = [];

    /// <summary>False where another transaction holds one of the items.</summary>
    public bool TryLock(StoreCall transaction)
    {
        if (transaction.Items.Any(locked.Contains))
        {
            return false;
        }

        locked.UnionWith(transaction.Items);
        return true;
    }

    /// <summary>Why a write is not applied now; null where it is. A transaction lets go of its items.</summary>
    public StoreFault? Refuses(StoreCall call)
    {
        if (call.IsTransaction)
        {
            locked.ExceptWith(call.Items);
        }
        else if (call.Items.Any(locked.Contains))
        {
            return StoreFault.Conflict;
        }

        var second = clock.GetUtcNow().ToUnixTimeSeconds();
        var units = call.IsTransaction ? 2 : 1;
        var writes = call.Items.Select(item => (Item: item, Units: units))
            .Concat(call.IndexKeys.CountBy(key => key).Select(key => (Item: key.Key, Units: key.Value)))
            .ToList();
        if (writes.Exists(write => UnitsOf(write.Item, second) + write.Units > WriteUnitsPerSecond))
        {
            return StoreFault.Throttled;
        }

        foreach (var write in writes)
        {
            used[write.Item] = (second, UnitsOf(write.Item, second) + write.Units);
        }

        return null;
    }

    private int UnitsOf(string item, long second) =>
        used.TryGetValue(item, out var seen) && seen.Second == second ? seen.Units : 0;
}
