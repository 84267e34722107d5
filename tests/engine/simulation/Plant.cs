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

    /// <summary>A planted fault: the outage allowance is used where a part of the store answered.</summary>
    public virtual bool AdmitsHalfOutages => false;

    public virtual PlantedStores Stores(PlantedStores honest, Role role) => honest;

    public virtual long? OpenBucketOf(LedgerEntry entry) => entry.OpenBucket;

    /// <summary>Mostly at once, seldom minutes: always less than half of the time-to-live. At once in the end.</summary>
    public virtual TimeSpan IndexLag(World world) => world.HasFaults
        ? world.Between(TimeSpan.Zero, world.Roll(10) == 0 ? TimeSpan.FromMinutes(4) : TimeSpan.FromSeconds(2))
        : TimeSpan.Zero;

    /// <summary>How late the index shows a probe: as late as anything else, unless something is planted.</summary>
    public virtual TimeSpan ProbeLag(World world) => world.HasFaults
        ? world.Between(TimeSpan.Zero, world.Roll(100) == 0 ? TimeSpan.FromMinutes(4) : TimeSpan.FromSeconds(2))
        : TimeSpan.Zero;
}
