using AiGateway.Engine;
using AiGateway.Engine.Tests.Fakes;

namespace Sweep.Tests.Harness;

/// <summary>A network without faults, whose open index has caught up after every call.</summary>
internal sealed class IndexedNetwork(FakeTables tables, OpenIndexView index) : INetwork
{
    public Task<StoreResult<T>> SendAsync<T>(StoreCall call, Func<StoreResult<T>> apply)
    {
        var answer = apply();
        foreach (var entry in tables.Ledger.All)
        {
            index.CatchUp(entry);
        }

        return Task.FromResult(answer);
    }
}
