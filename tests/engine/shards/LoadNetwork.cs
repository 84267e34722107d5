using AiGateway.Engine.Tests.Fakes;
using AiGateway.Engine.Tests.Simulation;

namespace AiGateway.Engine.Tests.Shards;

/// <summary>
/// A network without faults of its own: time passes on it, a transaction holds its items while it is carried out, and
/// no item or key of an index takes more than its 1,000 writes a second.
/// </summary>
internal sealed class LoadNetwork(VirtualTime time, ItemCapacity capacity, Random dice) : INetwork
{
    public int Throttled { get; private set; }

    public int Conflicts { get; private set; }

    public int Busy => Throttled + Conflicts;

    public int Moves { get; private set; }

    public async Task<StoreResult<T>> SendAsync<T>(StoreCall call, Func<StoreResult<T>> apply)
    {
        await time.DelayAsync(Milliseconds(1, 3));
        Moves += call.Method == "Move" ? 1 : 0;
        var answer = call.IsTransaction ? await CommitAsync(call, apply) : Apply(call, apply);
        await time.DelayAsync(Milliseconds(1, 3));
        return answer;
    }

    private async Task<StoreResult<T>> CommitAsync<T>(StoreCall call, Func<StoreResult<T>> apply)
    {
        if (!capacity.TryLock(call))
        {
            return Failed<T>(StoreFault.Conflict);
        }

        await time.DelayAsync(Milliseconds(1, 3));
        return Apply(call, apply);
    }

    private StoreResult<T> Apply<T>(StoreCall call, Func<StoreResult<T>> apply) =>
        call.Items.Count > 0 && capacity.Refuses(call) is { } fault ? Failed<T>(fault) : apply();

    private StoreResult<T>.Failed Failed<T>(StoreFault fault)
    {
        Throttled += fault == StoreFault.Throttled ? 1 : 0;
        Conflicts += fault == StoreFault.Conflict ? 1 : 0;
        return new StoreResult<T>.Failed(fault, "busy");
    }

    private TimeSpan Milliseconds(int least, int most) =>
        TimeSpan.FromMicroseconds(dice.Next(least * 1000, most * 1000));
}
