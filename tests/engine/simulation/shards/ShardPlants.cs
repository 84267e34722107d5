namespace AiGateway.Engine.Tests.Simulation.Shards;

/// <summary>A shard gives share away without looking at whether it still has it.</summary>
internal sealed class MovesWithoutTheDonorsCondition : Plant
{
    public override PlantedStores Stores(PlantedStores honest, Role role) => role == Role.Enforcement
        ? honest with { Accounts = new Generous(honest) }
        : honest;

    private sealed class Generous(PlantedStores inner) : PassThrough(inner)
    {
        public override Task<StoreResult<IReadOnlyList<Domain.Ledger.AccountTotals>>> MoveAsync(
            IReadOnlyList<ShardWrite> writes, CancellationToken stop) => base.MoveAsync(
                [.. writes.Select(write => write.Hold.Amounts.Count > 0 ? write : write with
                {
                    Hold = write.Hold with { Ceilings = [] },
                })],
                stop);
    }
}

/// <summary>A hold is taken on a share whatever limit it was granted under.</summary>
internal sealed class IgnoresWhatWasGranted : Plant
{
    public override PlantedStores Stores(PlantedStores honest, Role role) => role == Role.Enforcement
        ? honest with { Accounts = new Forgetful(honest) }
        : honest;

    private sealed class Forgetful(PlantedStores inner) : PassThrough(inner)
    {
        public override Task<StoreResult<Domain.Ledger.AccountTotals>> ReserveAsync(
            ReserveWrite write, CancellationToken stop) =>
            base.ReserveAsync(write with { GrantedAtMost = [] }, stop);
    }
}

/// <summary>Shard 0 does not remember which limits shares were granted under.</summary>
internal sealed class ForgetsTheLowestGrant : Plant
{
    public override PlantedStores Stores(PlantedStores honest, Role role) => role == Role.Enforcement
        ? honest with { Accounts = new Oblivious(honest) }
        : honest;

    private sealed class Oblivious(PlantedStores inner) : PassThrough(inner)
    {
        public override Task<StoreResult<IReadOnlyList<Domain.Ledger.AccountTotals>>> MoveAsync(
            IReadOnlyList<ShardWrite> writes, CancellationToken stop) => base.MoveAsync(
                [.. writes.Select(write => write.Account.Shard == 0 ? write with { Grants = [] } : write)], stop);
    }
}

/// <summary>Shard 0 passes the lowest limit that shares were granted under, and leaves them standing.</summary>
internal sealed class GrantsAnewWhereItMovesAlone : Plant
{
    public override PlantedStores Stores(PlantedStores honest, Role role) => role == Role.Enforcement
        ? honest with { Accounts = new Hasty(honest) }
        : honest;

    private sealed class Hasty(PlantedStores inner) : PassThrough(inner)
    {
        public override Task<StoreResult<IReadOnlyList<Domain.Ledger.AccountTotals>>> MoveAsync(
            IReadOnlyList<ShardWrite> writes, CancellationToken stop) => base.MoveAsync(
                [.. writes.Where(write => write.Moves.Count > 0 || write.Hold.Amounts.Count > 0)], stop);
    }
}

/// <summary>What shards hold from before there was a limit does not count.</summary>
internal sealed class ForgetsWhatWasHeldBefore : Plant
{
    public override PlantedStores Stores(PlantedStores honest, Role role) => role == Role.Enforcement
        ? honest with { Accounts = new Hopeful(honest) }
        : honest;

    private sealed class Hopeful(PlantedStores inner) : PassThrough(inner)
    {
        public override Task<StoreResult<Domain.Ledger.AccountTotals>> ReserveAsync(
            ReserveWrite write, CancellationToken stop) => base.ReserveAsync(write with { IsOpened = false }, stop);
    }
}

/// <summary>A move is two writes instead of one transaction.</summary>
internal sealed class MovesInPieces : Plant
{
    public override PlantedStores Stores(PlantedStores honest, Role role) => role == Role.Enforcement
        ? honest with { Accounts = new Piecemeal(honest) }
        : honest;

    private sealed class Piecemeal(PlantedStores inner) : PassThrough(inner)
    {
        public override async Task<StoreResult<IReadOnlyList<Domain.Ledger.AccountTotals>>> MoveAsync(
            IReadOnlyList<ShardWrite> writes, CancellationToken stop)
        {
            foreach (var write in writes)
            {
                var moved = await base.MoveAsync([write], stop);
                if (moved is not StoreResult<IReadOnlyList<Domain.Ledger.AccountTotals>>.Done)
                {
                    return moved;
                }
            }

            return new StoreResult<IReadOnlyList<Domain.Ledger.AccountTotals>>.Done([]);
        }
    }
}

/// <summary>The sweep takes idle share back twice, without looking at whether it is still there.</summary>
internal sealed class RecallsTwice : Plant
{
    public override PlantedStores Stores(PlantedStores honest, Role role) => role == Role.Sweep
        ? honest with { Accounts = new Grabbing(honest) }
        : honest;

    private sealed class Grabbing(PlantedStores inner) : PassThrough(inner)
    {
        public override async Task<StoreResult<IReadOnlyList<Domain.Ledger.AccountTotals>>> MoveAsync(
            IReadOnlyList<ShardWrite> writes, CancellationToken stop)
        {
            List<ShardWrite> unconditional =
                [.. writes.Select(write => write with { Hold = write.Hold with { Ceilings = [] }, AtLeast = [] })];
            await base.MoveAsync(unconditional, stop);
            return await base.MoveAsync(unconditional, stop);
        }
    }
}
