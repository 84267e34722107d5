using AiGateway.Engine.Tests.Contract;

namespace AiGateway.Engine.Tests.Fakes;

/// <summary>The simulation's store keeps the same contract as the real one.</summary>
public sealed class FakeStoreContractTests : StoreContractTests
{
    protected override Task<Stores> OpenAsync()
    {
        var store = FakeStore.Perfect(new FakeTables());
        return Task.FromResult(new Stores(store, store, store));
    }
}
