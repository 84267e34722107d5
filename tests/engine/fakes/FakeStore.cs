using AiGateway.Domain.Ledger;

namespace AiGateway.Engine.Tests.Fakes;

/// <summary>The three ports over the fake tables, as one process sees them through its network.</summary>
internal sealed class FakeStore(FakeTables tables, OpenIndexView index, INetwork network)
    : IAccountStore, ILedgerStore, IPostingStore
{
    private static readonly StoreCall LookOpen = Read("QueryOpen");

    private const int ScanPageSize = 10;
    private const int LedgerPageSize = 3;

    /// <summary>A store without faults whose index is always up to date.</summary>
    public static FakeStore Perfect(FakeTables tables)
    {
        var index = new OpenIndexView(entry => entry.OpenBucket);
        tables.Ledger.Changed += index.CatchUp;
        tables.Ledger.Probed += index.CatchUp;
        return new FakeStore(tables, index, new PerfectNetwork());
    }

    public Task<StoreResult<AccountTotals>> ReserveAsync(ReserveWrite write, CancellationToken stop) =>
        network.SendAsync(Write("Reserve", write.Account), () => tables.Accounts.Reserve(write));

    public Task<StoreResult<IReadOnlyList<AccountTotals>>> MoveAsync(
        IReadOnlyList<ShardWrite> writes, CancellationToken stop) => network.SendAsync(
            new StoreCall("Move", [.. writes.Select(write => write.Account.ToString())], true),
            () => tables.Accounts.Move(writes));

    public Task<StoreResult<AccountTotals>> GiveBackAsync(
        AccountKey account, long bucket, IReadOnlyList<TotalAmount> amounts, CancellationToken stop) =>
        network.SendAsync(Write("GiveBack", account), () => tables.Accounts.GiveBack(account, bucket, amounts));

    public Task<StoreResult<AccountTotals>> ExpireBucketAsync(
        AccountKey account, Total total, BucketAmount expected, CancellationToken stop) =>
        network.SendAsync(Write("ExpireBucket", account), () => tables.Accounts.ExpireBucket(account, total, expected));

    public Task<StoreResult<AccountTotals?>> ReadAsync(AccountKey account, CancellationToken stop) =>
        network.SendAsync<AccountTotals?>(
            Read("ReadAccount"), () => new StoreResult<AccountTotals?>.Done(tables.Accounts.Read(account)));

    public Task<StoreResult<AccountPage>> ScanAsync(string? cursor, CancellationToken stop) =>
        network.SendAsync<AccountPage>(Read("Scan"), () => new StoreResult<AccountPage>.Done(Page(cursor)));

    public Task<StoreResult<AccountTotals>> CorrectAsync(
        AccountKey account, Total total, RunningTotal seen, RunningTotal corrected, CancellationToken stop) =>
        network.SendAsync(
            Write("Correct", account), () => tables.Accounts.Correct(account, total, seen, corrected));

    public Task<StoreResult<AccountTotals>> RemoveAsync(
        AccountKey account, IReadOnlyDictionary<Total, RunningTotal> seen, CancellationToken stop) =>
        network.SendAsync(Write("Remove", account), () => tables.Accounts.Remove(account, seen));

    public Task<StoreResult<DateTimeOffset>> PutProbeAsync(int shard, DateTimeOffset at, CancellationToken stop) =>
        network.SendAsync(Write("PutProbe", shard), () => tables.Ledger.Probe(shard, at));

    public Task<StoreResult<DateTimeOffset?>> QueryProbeAsync(int shard, CancellationToken stop) =>
        network.SendAsync<DateTimeOffset?>(
            LookOpen, () => new StoreResult<DateTimeOffset?>.Done(index.NewestProbe(shard)));

    Task<StoreResult<LedgerPage>> ILedgerStore.ScanAsync(string? cursor, CancellationToken stop) =>
        network.SendAsync<LedgerPage>(
            Read("ScanLedger"), () => new StoreResult<LedgerPage>.Done(LedgerPageAfter(cursor)));

    public Task<StoreResult<LedgerEntry>> PutHeldAsync(LedgerEntry entry, CancellationToken stop) =>
        network.SendAsync(
            Write("PutHeld", entry.RequestId) with { IndexKeys = OpenKeys(entry) }, () => tables.Ledger.PutHeld(entry));

    public Task<StoreResult<LedgerEntry>> AppendAttemptAsync(
        string requestId, long readVersion, Attempt attempt, CancellationToken stop) =>
        network.SendAsync(Write("Append", requestId), () => tables.Ledger.Append(requestId, readVersion, attempt));

    public Task<StoreResult<LedgerEntry>> VoidAsync(LedgerEntry voidEntry, string attemptId, CancellationToken stop) =>
        network.SendAsync(
            Write("Void", voidEntry.RequestId) with { IndexKeys = OpenKeys(tables.Ledger.Find(voidEntry.RequestId)) },
            () => tables.Ledger.Void(voidEntry, attemptId));

    public Task<StoreResult<IReadOnlyList<LedgerEntry>>> ReadAsync(
        IReadOnlyList<string> requestIds, CancellationToken stop) =>
        network.SendAsync<IReadOnlyList<LedgerEntry>>(
            Read("ReadEntries"),
            () => new StoreResult<IReadOnlyList<LedgerEntry>>.Done(tables.Ledger.Read(requestIds)));

    public Task<StoreResult<IReadOnlyList<string>>> SettleAsync(
        IReadOnlyList<EntryWrite> entries, IReadOnlyList<Posting> postings, CancellationToken stop)
    {
        var items = entries.Select(write => write.Entry.RequestId).Concat(postings.Select(ItemOf)).ToList();
        var keys = entries.SelectMany(write => OpenKeys(tables.Ledger.Find(write.Entry.RequestId))).ToList();
        return network.SendAsync(
            new StoreCall("Settle", items, true) { IndexKeys = keys }, () => tables.Settle(entries, postings));
    }

    public Task<StoreResult<OpenPage>> QueryOpenAsync(
        long bucket, int shard, string? cursor, CancellationToken stop) =>
        network.SendAsync<OpenPage>(
            LookOpen, () => new StoreResult<OpenPage>.Done(index.Query(bucket, shard, cursor)));

    public Task<StoreResult<PostingRefusal>> ApplyAsync(Posting posting, DateTimeOffset now, CancellationToken stop) =>
        network.SendAsync(
            new StoreCall("Apply", [posting.Account.ToString(), ItemOf(posting)], true), () => tables.Apply(posting));

    public Task<StoreResult<IReadOnlyList<Posting>>> ReadOpenAsync(AccountKey account, CancellationToken stop) =>
        network.SendAsync<IReadOnlyList<Posting>>(
            Read("ReadOpen"), () => new StoreResult<IReadOnlyList<Posting>>.Done(tables.ReadOpen(account)));

    public Task<StoreResult<PostingPage>> ScanOpenAsync(string? cursor, CancellationToken stop) =>
        network.SendAsync<PostingPage>(
            Read("ScanOpen"), () => new StoreResult<PostingPage>.Done(PostingPageAfter(cursor)));

    private static StoreCall Write(string method, object item) => new(method, [item.ToString()!]);

    // An entry that comes into the index or leaves it is written there too, under its key.
    private static IReadOnlyList<string> OpenKeys(LedgerEntry? entry) =>
        entry?.OpenBucket is { } bucket ? [$"open {bucket}#{OpenIndex.ShardOf(entry.RequestId)}"] : [];

    private static StoreCall Read(string method) => new(method, []);

    private static string ItemOf(Posting posting) => $"posting {posting.Account}/{posting.Id}";

    private PostingPage PostingPageAfter(string? cursor)
    {
        var rest = tables.OpenPostings
            .Where(posting => cursor is null || string.CompareOrdinal(ItemOf(posting), cursor) > 0)
            .Take(ScanPageSize + 1)
            .ToList();
        return rest.Count > ScanPageSize
            ? new PostingPage([.. rest.Take(ScanPageSize)], ItemOf(rest[ScanPageSize - 1]))
            : new PostingPage(rest, null);
    }

    private LedgerPage LedgerPageAfter(string? cursor)
    {
        var rest = tables.Ledger.All
            .Where(entry => cursor is null || string.CompareOrdinal(entry.RequestId, cursor) > 0)
            .Take(LedgerPageSize + 1)
            .ToList();
        return rest.Count > LedgerPageSize
            ? new LedgerPage([.. rest.Take(LedgerPageSize)], rest[LedgerPageSize - 1].RequestId)
            : new LedgerPage(rest, null);
    }

    private AccountPage Page(string? cursor)
    {
        var rest = tables.Accounts.All
            .Where(account => cursor is null || string.CompareOrdinal(account.Account.ToString(), cursor) > 0)
            .Take(ScanPageSize + 1)
            .ToList();
        return rest.Count > ScanPageSize
            ? new AccountPage([.. rest.Take(ScanPageSize)], rest[ScanPageSize - 1].Account.ToString())
            : new AccountPage(rest, null);
    }
}
