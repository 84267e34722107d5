using AiGateway.Domain.Ledger;
using AiGateway.Engine.Tests.Fakes;

namespace AiGateway.Engine.Tests.Simulation;

/// <summary>The ports as a process gets them.</summary>
internal sealed record PlantedStores(IAccountStore Accounts, ILedgerStore Ledger, IPostingStore Postings);

/// <summary>What is wrong with a schedule's engine or store on purpose. This one plants nothing.</summary>
internal class Plant
{
    public static readonly Plant None = new();

    public virtual void Prepare(FakeTables tables)
    {
    }

    public virtual PlantedStores Stores(PlantedStores honest, Role role) => honest;

    public virtual long? OpenBucketOf(LedgerEntry entry) => entry.OpenBucket;

    /// <summary>Mostly at once, seldom minutes: always less than half of the time-to-live.</summary>
    public virtual TimeSpan IndexLag(World world) => world.Between(
        TimeSpan.Zero, world.Roll(10) == 0 ? TimeSpan.FromMinutes(4) : TimeSpan.FromSeconds(2));
}
