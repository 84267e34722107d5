using AiGateway.Domain.Ledger;

namespace AiGateway.Engine;

/// <summary>The steps of one transaction: entries, and one posting for each account that they touch.</summary>
internal sealed record SettlementPack(IReadOnlyList<PendingStep> Steps)
{
    /// <summary>What one transaction takes.</summary>
    internal const int ItemsMax = 100;

    public IReadOnlyList<SettlementRequest> Requests => [.. Steps.Select(step => step.Request)];

    /// <summary>As few transactions as the steps fit into, in their order.</summary>
    public static IReadOnlyList<SettlementPack> Split(IReadOnlyList<PendingStep> steps)
    {
        var packs = new List<SettlementPack>();
        var current = new List<PendingStep>();
        var accounts = new HashSet<AccountKey>();
        foreach (var step in steps)
        {
            List<AccountKey> added = [.. step.Write.Changes.Select(change => change.Account)];
            var items = current.Count + 1 + accounts.Count + added.Count(account => !accounts.Contains(account));
            if (current.Count > 0 && items > ItemsMax)
            {
                packs.Add(new SettlementPack([.. current]));
                current.Clear();
                accounts.Clear();
            }

            current.Add(step);
            accounts.UnionWith(added);
        }

        return current.Count == 0 ? packs : [.. packs, new SettlementPack(current)];
    }

    /// <summary>
    /// The entries, each naming the posting that carries its change; one that changes no account keeps the earlier
    /// name.
    /// </summary>
    public IReadOnlyList<EntryWrite> EntryWrites(string postingId) =>
        [.. Steps.Select(step => step.Write).Select(write => new EntryWrite(
            write.Changes.Count == 0 ? write.Next : write.Next with { PostingId = postingId },
            write.Next.Version == 1 ? null : write.Next.Version - 1))];

    public IReadOnlyList<Posting> Postings(string postingId) =>
        [.. AccountChanges.Merge(Steps.SelectMany(step => step.Write.Changes))
            .Select(change => new Posting(change.Account, postingId, change.Changes))];
}
