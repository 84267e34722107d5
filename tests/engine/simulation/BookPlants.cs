using AiGateway.Domain.Ledger;

namespace AiGateway.Engine.Tests.Simulation;

/// <summary>A rebuild does not look at the postings that are still open.</summary>
internal sealed class RebuildsWithoutPostings : Plant
{
    public override PlantedStores Stores(PlantedStores honest, Role role)
    {
        var blind = new Blind(honest);
        return role == Role.Operator ? honest with { Postings = blind } : honest;
    }

    private sealed class Blind(PlantedStores inner) : PassThrough(inner)
    {
        public override Task<StoreResult<IReadOnlyList<Posting>>> ReadOpenAsync(
            AccountKey account, CancellationToken stop) =>
            Task.FromResult<StoreResult<IReadOnlyList<Posting>>>(new StoreResult<IReadOnlyList<Posting>>.Done([]));
    }
}

/// <summary>A total that is over is removed without the buckets that it was shown with.</summary>
internal sealed class LeavesBucketsBehind : Plant
{
    public override PlantedStores Stores(PlantedStores honest, Role role)
    {
        var careless = new Careless(honest);
        return role == Role.Enforcement ? honest with { Accounts = careless } : honest;
    }

    private sealed class Careless(PlantedStores inner) : PassThrough(inner)
    {
        public override Task<StoreResult<AccountTotals>> ReserveAsync(ReserveWrite write, CancellationToken stop) =>
            base.ReserveAsync(
                write with { Stale = [.. write.Stale.Select(total => total with { Buckets = [] })] }, stop);
    }
}

/// <summary>The outage allowance lets through where a part of the store answered: a hold may stand, or be given back.</summary>
internal sealed class AllowsHalfOutages : Plant
{
    public override bool AdmitsHalfOutages => true;
}

/// <summary>The whole index lags by more than the time-to-live: its guard must stop every sweep.</summary>
internal sealed class WholeIndexLags : Plant
{
    public override TimeSpan IndexLag(World world) => Sweeper.Options.TimeToLive * 3;

    public override TimeSpan ProbeLag(World world) => Sweeper.Options.TimeToLive * 3;
}
