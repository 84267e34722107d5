using AiGateway.Domain.Ledger;
using AiGateway.Engine.Tests.Fakes;

namespace AiGateway.Engine.Tests.Simulation;

/// <summary>Giving back is repeated after a time-out, although the first sending may have been applied.</summary>
internal sealed class RepeatsGiveBacks : Plant
{
    public override PlantedStores Stores(PlantedStores honest, Role role)
    {
        var repeating = new Repeating(honest);
        return role == Role.Enforcement ? honest with { Accounts = repeating } : honest;
    }

    private sealed class Repeating(PlantedStores inner) : PassThrough(inner)
    {
        public override async Task<StoreResult<AccountTotals>> GiveBackAsync(
            AccountKey account, long bucket, IReadOnlyList<TotalAmount> amounts, CancellationToken stop)
        {
            var first = await base.GiveBackAsync(account, bucket, amounts, stop);
            return first is StoreResult<AccountTotals>.Failed { Fault: StoreFault.TimedOut }
                ? await base.GiveBackAsync(account, bucket, amounts, stop)
                : first;
        }
    }
}

/// <summary>A hold whose write timed out is given back, although it may never have been taken.</summary>
internal sealed class GivesBackWhatTimedOut : Plant
{
    public override PlantedStores Stores(PlantedStores honest, Role role)
    {
        var eager = new Eager(honest);
        return role == Role.Enforcement ? honest with { Accounts = eager } : honest;
    }

    private sealed class Eager(PlantedStores inner) : PassThrough(inner)
    {
        public override async Task<StoreResult<AccountTotals>> ReserveAsync(ReserveWrite write, CancellationToken stop)
        {
            var taken = await base.ReserveAsync(write, stop);
            if (taken is StoreResult<AccountTotals>.Failed { Fault: StoreFault.TimedOut })
            {
                await GiveBackAsync(write.Account, write.Bucket, write.Amounts, stop);
            }

            return taken;
        }
    }
}

/// <summary>A posting is applied as often as somebody tries.</summary>
internal sealed class AppliesPostingsTwice : Plant
{
    public override void Prepare(FakeTables tables) => tables.IgnoresMarks = true;
}

/// <summary>A settlement does not look at the versions that it read.</summary>
internal sealed class IgnoresVersions : Plant
{
    public override void Prepare(FakeTables tables) => tables.IgnoresVersions = true;
}

/// <summary>Pass is answered while the ledger's put is still on its way.</summary>
internal sealed class PassesBeforeThePut : Plant
{
    public override PlantedStores Stores(PlantedStores honest, Role role)
    {
        var hopeful = new Hopeful(honest);
        return role == Role.Enforcement ? honest with { Ledger = hopeful } : honest;
    }

    private sealed class Hopeful(PlantedStores inner) : PassThrough(inner)
    {
        public override Task<StoreResult<LedgerEntry>> PutHeldAsync(LedgerEntry entry, CancellationToken stop)
        {
            _ = base.PutHeldAsync(entry, stop);
            return Task.FromResult<StoreResult<LedgerEntry>>(new StoreResult<LedgerEntry>.Done(entry));
        }
    }
}

/// <summary>A line without a provider takes the hold back, although it is not certain that one was taken.</summary>
internal sealed class ReleasesWhatWasNotSent : Plant
{
    public override PlantedStores Stores(PlantedStores honest, Role role)
    {
        var releasing = new Releasing(honest);
        return role == Role.Attribution ? honest with { Ledger = releasing } : honest;
    }

    private sealed class Releasing(PlantedStores inner) : PassThrough(inner)
    {
        public override Task<StoreResult<IReadOnlyList<string>>> SettleAsync(
            IReadOnlyList<EntryWrite> entries, IReadOnlyList<Posting> postings, CancellationToken stop)
        {
            var id = postings.Select(posting => posting.Id).FirstOrDefault($"not-sent-{entries[0].Entry.RequestId}");
            var changes = postings
                .Select(posting => new AccountChange(posting.Account, posting.Changes))
                .Concat(entries.SelectMany(write => ReleasesOf(write.Entry)));
            return base.SettleAsync(
                [.. entries.Select(write => write with { Entry = write.Entry with { PostingId = id } })],
                [.. AccountChanges.Merge(changes).Select(change => new Posting(change.Account, id, change.Changes))],
                stop);
        }

        private static IEnumerable<AccountChange> ReleasesOf(LedgerEntry entry) =>
            entry.State == EntryState.NotSent
                ? AccountChanges.Between(
                    entry with { State = EntryState.Held }, entry with { State = EntryState.Measured })
                : [];
    }
}
