using AiGateway.Domain.Ledger;
using AiGateway.Engine.Tests.Contract;
using AiGateway.Engine.Tests.Fakes;
using AiGateway.Engine.Tests.Simulation;

namespace AiGateway.Engine.Tests;

/// <summary>Sweeps over fake tables whose index shows what a test tells it to.</summary>
internal sealed class SweepWorld
{
    private int postings;

    public FakeTables Tables { get; } = new();

    public ManualTime Time { get; } = new();

    public OpenIndexView Index { get; } = new(entry => entry.OpenBucket);

    public ScriptedNetwork Network { get; } = new((_, _) => Fate.Normal);

    /// <summary>The buckets and shards of the open index that were looked at, in their order.</summary>
    public List<(long Bucket, int Shard)> Looked { get; } = [];

    /// <summary>How often something was closed before the index was looked at again.</summary>
    public Action<int>? BeforeLook { get; set; }

    public long Newest => SweepOptions.Default.NewestExpired(Time.Now);

    /// <summary>The index is always up to date.</summary>
    public SweepWorld Following()
    {
        Tables.Ledger.Changed += Index.CatchUp;
        FollowProbes();
        return this;
    }

    public void FollowProbes() => Tables.Ledger.Probed += Index.CatchUp;

    /// <summary>A held entry with its hold, in a bucket so many before the newest that has expired.</summary>
    public LedgerEntry Admit(string requestId, decimal usd, int bucketsBefore = 0, string team = "payments")
    {
        var bucket = Newest - bucketsBefore;
        var entry = ContractData.Held(requestId, ContractData.AttemptOf($"{requestId}.1", usd) with
        {
            Bucket = bucket,
            Holds = [new AccountHold(SettlerFixture.Account(team), [new(ContractData.MonthUsd, usd)])],
        });
        Hold(team, bucket, usd);
        Tables.Ledger.PutHeld(entry);
        return entry;
    }

    public void Hold(string team, long bucket, decimal usd) => Tables.Accounts.Reserve(
        new ReserveWrite(SettlerFixture.Account(team), bucket, [new(ContractData.MonthUsd, usd)], [], []));

    public RunningTotal Dollars(string team = "payments") =>
        Tables.Accounts.Read(SettlerFixture.Account(team))?[ContractData.MonthUsd] ?? RunningTotal.Zero;

    public Task<SweepReport> RunAsync(SweepOptions? options = null)
    {
        var store = new FakeStore(Tables, Index, Network);
        var watched = new Watched(new PlantedStores(store, store, store), this);
        var settler = new Settler(watched, watched, Time.Pacing(), () => $"p{postings++:D6}");
        return new Sweep(watched, watched, watched, settler, Time.Pacing(), options ?? SweepOptions.Default).RunAsync(default);
    }

    private sealed class Watched(PlantedStores inner, SweepWorld world) : PassThrough(inner)
    {
        private int looks;
        private (long Bucket, int Shard)? first;

        public override Task<StoreResult<OpenPage>> QueryOpenAsync(
            long bucket, int shard, string? cursor, CancellationToken stop)
        {
            first ??= (bucket, shard);
            if (first == (bucket, shard) && cursor is null)
            {
                world.BeforeLook?.Invoke(++looks);
            }

            if (cursor is null)
            {
                world.Looked.Add((bucket, shard));
            }

            return base.QueryOpenAsync(bucket, shard, cursor, stop);
        }
    }
}
