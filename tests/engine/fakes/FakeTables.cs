using AiGateway.Domain.Ledger;

namespace AiGateway.Engine.Tests.Fakes;

/// <summary>The tables together, and the transactions over several of them.</summary>
internal sealed class FakeTables
{
    private const int TransactionItemsMax = 100;

    private readonly SortedDictionary<string, (Posting Posting, bool IsApplied)> postings = new(StringComparer.Ordinal);

    /// <summary>A planted fault: settlements do not look at the versions that they read.</summary>
    public bool IgnoresVersions { get; set; }

    /// <summary>A planted fault: a posting is applied as often as it is sent.</summary>
    public bool IgnoresMarks { get; set; }

    public AccountTable Accounts { get; } = new();

    public LedgerTable Ledger { get; } = new();

    public IEnumerable<Posting> OpenPostings =>
        postings.Values.Where(posting => !posting.IsApplied).Select(posting => posting.Posting);

    public StoreResult<IReadOnlyList<string>> Settle(
        IReadOnlyList<EntryWrite> entries, IReadOnlyList<Posting> added)
    {
        if (entries.Count + added.Count > TransactionItemsMax)
        {
            return new StoreResult<IReadOnlyList<string>>.Failed(StoreFault.Malformed, "More than 100 items.");
        }

        var failed = IgnoresVersions ? [] : Ledger.FailedConditions(entries);
        if (failed.Count > 0 || added.Any(posting => postings.ContainsKey(KeyOf(posting))))
        {
            return new StoreResult<IReadOnlyList<string>>.Refused(failed);
        }

        foreach (var write in entries)
        {
            Ledger.Write(write.Entry);
        }

        foreach (var posting in added)
        {
            postings[KeyOf(posting)] = (posting, false);
        }

        return new StoreResult<IReadOnlyList<string>>.Done([]);
    }

    public StoreResult<PostingRefusal> Apply(Posting posting)
    {
        var (stored, isApplied) = postings[KeyOf(posting)];
        if (isApplied && !IgnoresMarks)
        {
            return new StoreResult<PostingRefusal>.Refused(new PostingRefusal(true, []));
        }

        var missing = Accounts.Missing(posting);
        if (missing.Count > 0)
        {
            return new StoreResult<PostingRefusal>.Refused(new PostingRefusal(false, missing));
        }

        Accounts.Apply(posting);
        postings[KeyOf(posting)] = (stored, true);
        return new StoreResult<PostingRefusal>.Done(PostingRefusal.None);
    }

    public IReadOnlyList<Posting> ReadOpen(AccountKey account) =>
        [.. OpenPostings.Where(posting => posting.Account == account).Take(IPostingStore.OpenMax)];

    private static string KeyOf(Posting posting) => $"{posting.Account}/{posting.Id}";
}
