using AiGateway.Engine.Tests.Fakes;

namespace AiGateway.Engine.Tests.Simulation;

/// <summary>
/// What DynamoDB Local never does: items that a transaction holds for a moment, and 1,000 write units a second and
/// item.
/// </summary>
internal sealed class ItemCapacity(TimeProvider clock)
{
    /// <summary>Of one item; a transaction's writes count double.</summary>
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
        if (call.Items.Any(item => UnitsOf(item, second) + units > WriteUnitsPerSecond))
        {
            return StoreFault.Throttled;
        }

        foreach (var item in call.Items)
        {
            used[item] = (second, UnitsOf(item, second) + units);
        }

        return null;
    }

    private int UnitsOf(string item, long second) =>
        used.TryGetValue(item, out var seen) && seen.Second == second ? seen.Units : 0;
}
