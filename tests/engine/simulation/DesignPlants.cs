using AiGateway.Domain.Ledger;
using AiGateway.Engine.Tests.Fakes;

namespace AiGateway.Engine.Tests.Simulation;

/// <summary>The sweep releases a bucket without looking at the postings that are still open.</summary>
internal sealed class ReleasesBeforePostings : Plant
{
    public override PlantedStores Stores(PlantedStores honest, Role role)
    {
        var blind = new Blind(honest);
        return role == Role.Sweep ? honest with { Ledger = blind, Postings = blind } : honest;
    }

    // Sighted at its start, where it finishes what it finds open.
    private sealed class Blind(PlantedStores inner) : PassThrough(inner)
    {
        private bool hasLooked;

        public override Task<StoreResult<OpenPage>> QueryOpenAsync(
            long bucket, int shard, string? cursor, CancellationToken stop)
        {
            hasLooked = true;
            return base.QueryOpenAsync(bucket, shard, cursor, stop);
        }

        public override Task<StoreResult<IReadOnlyList<Posting>>> ReadOpenAsync(
            AccountKey account, CancellationToken stop) => hasLooked
                ? Task.FromResult<StoreResult<IReadOnlyList<Posting>>>(new StoreResult<IReadOnlyList<Posting>>.Done([]))
                : base.ReadOpenAsync(account, stop);
    }
}

/// <summary>A refused attempt voids an entry although an earlier attempt of it passed.</summary>
internal sealed class VoidsEarlierAttempts : Plant
{
    public override void Prepare(FakeTables tables) => tables.Ledger.VoidsAnyAttempt = true;

    public override PlantedStores Stores(PlantedStores honest, Role role)
    {
        var always = new AlwaysVoids(honest);
        return role == Role.Enforcement ? honest with { Ledger = always } : honest;
    }

    // The engine sends no void where it knows of an earlier attempt: here it does before it gives back.
    private sealed class AlwaysVoids(PlantedStores inner) : PassThrough(inner)
    {
        private LedgerEntry? second;

        public override async Task<StoreResult<LedgerEntry>> PutHeldAsync(LedgerEntry entry, CancellationToken stop)
        {
            var put = await base.PutHeldAsync(entry, stop);
            second = put is StoreResult<LedgerEntry>.Refused({ State: EntryState.Held }) ? entry : null;
            return put;
        }

        public override async Task<StoreResult<AccountTotals>> GiveBackAsync(
            AccountKey account, long bucket, IReadOnlyList<TotalAmount> amounts, CancellationToken stop)
        {
            if (second is { } entry)
            {
                second = null;
                await VoidAsync(entry with { State = EntryState.Void, Attempts = [] }, entry.Attempts[0].Id, stop);
            }

            return await base.GiveBackAsync(account, bucket, amounts, stop);
        }
    }
}

/// <summary>The open index follows the last attempt's bucket instead of the first one's.</summary>
internal sealed class MovesOpenWithAttempts : Plant
{
    public override long? OpenBucketOf(LedgerEntry entry) =>
        entry.OpenBucket is null ? null : entry.Attempts[^1].Bucket;
}

/// <summary>A later attempt is appended while its holds are still on their way.</summary>
internal sealed class AppendsBeforeHolds : Plant
{
    public override PlantedStores Stores(PlantedStores honest, Role role)
    {
        var hasty = new Hasty(honest);
        return role == Role.Enforcement ? honest with { Ledger = hasty } : honest;
    }

    private sealed class Hasty(PlantedStores inner) : PassThrough(inner)
    {
        private StoreResult<LedgerEntry>? appended;

        public override async Task<StoreResult<LedgerEntry>> PutHeldAsync(LedgerEntry entry, CancellationToken stop)
        {
            var put = await base.PutHeldAsync(entry, stop);
            if (put is StoreResult<LedgerEntry>.Refused({ State: EntryState.Held } standing))
            {
                appended = await base.AppendAttemptAsync(
                    entry.RequestId, standing.Version, entry.Attempts[0], stop);
            }

            return put;
        }

        public override Task<StoreResult<LedgerEntry>> AppendAttemptAsync(
            string requestId, long readVersion, Attempt attempt, CancellationToken stop) =>
            appended is { } answer
                ? Task.FromResult(answer)
                : base.AppendAttemptAsync(requestId, readVersion, attempt, stop);
    }
}

/// <summary>The open index lags by more than a hold's time-to-live.</summary>
internal sealed class IndexLagsBeyondLife : Plant
{
    public override TimeSpan IndexLag(World world) => world.Between(TimeSpan.Zero, 4 * Sweeper.Options.TimeToLive);

    // Where no probe is: that the guard stops the sweep elsewhere is a test of its own.
    public override TimeSpan ProbeLag(World world) => TimeSpan.Zero;
}
