using AiGateway.Domain.Ledger;

namespace AiGateway.Engine.Tests.Simulation;

/// <summary>The three ports handed on unchanged: planted faults override what they spoil.</summary>
internal class PassThrough(PlantedStores inner) : IAccountStore, ILedgerStore, IPostingStore
{
    protected PlantedStores Inner { get; } = inner;

    public virtual Task<StoreResult<AccountTotals>> ReserveAsync(ReserveWrite write, CancellationToken stop) =>
        Inner.Accounts.ReserveAsync(write, stop);

    public virtual Task<StoreResult<IReadOnlyList<AccountTotals>>> MoveAsync(
        IReadOnlyList<ShardWrite> writes, CancellationToken stop) => Inner.Accounts.MoveAsync(writes, stop);

    public virtual Task<StoreResult<AccountTotals>> GiveBackAsync(
        AccountKey account, long bucket, IReadOnlyList<TotalAmount> amounts, CancellationToken stop) =>
        Inner.Accounts.GiveBackAsync(account, bucket, amounts, stop);

    public virtual Task<StoreResult<AccountTotals>> ExpireBucketAsync(
        AccountKey account, Total total, BucketAmount expected, CancellationToken stop) =>
        Inner.Accounts.ExpireBucketAsync(account, total, expected, stop);

    public virtual Task<StoreResult<AccountTotals?>> ReadAsync(AccountKey account, CancellationToken stop) =>
        Inner.Accounts.ReadAsync(account, stop);

    public virtual Task<StoreResult<AccountPage>> ScanAsync(string? cursor, CancellationToken stop) =>
        Inner.Accounts.ScanAsync(cursor, stop);

    public virtual Task<StoreResult<AccountTotals>> CorrectAsync(
        AccountKey account, Total total, RunningTotal seen, RunningTotal corrected, CancellationToken stop) =>
        Inner.Accounts.CorrectAsync(account, total, seen, corrected, stop);

    public virtual Task<StoreResult<AccountTotals>> RemoveAsync(
        AccountKey account, IReadOnlyDictionary<Total, RunningTotal> seen, CancellationToken stop) =>
        Inner.Accounts.RemoveAsync(account, seen, stop);

    public virtual Task<StoreResult<DateTimeOffset>> PutProbeAsync(
        int shard, DateTimeOffset at, CancellationToken stop) => Inner.Ledger.PutProbeAsync(shard, at, stop);

    public virtual Task<StoreResult<DateTimeOffset?>> QueryProbeAsync(int shard, CancellationToken stop) =>
        Inner.Ledger.QueryProbeAsync(shard, stop);

    Task<StoreResult<LedgerPage>> ILedgerStore.ScanAsync(string? cursor, CancellationToken stop) =>
        Inner.Ledger.ScanAsync(cursor, stop);

    public virtual Task<StoreResult<LedgerEntry>> PutHeldAsync(LedgerEntry entry, CancellationToken stop) =>
        Inner.Ledger.PutHeldAsync(entry, stop);

    public virtual Task<StoreResult<LedgerEntry>> AppendAttemptAsync(
        string requestId, long readVersion, Attempt attempt, CancellationToken stop) =>
        Inner.Ledger.AppendAttemptAsync(requestId, readVersion, attempt, stop);

    public virtual Task<StoreResult<LedgerEntry>> VoidAsync(
        LedgerEntry voidEntry, string attemptId, CancellationToken stop) =>
        Inner.Ledger.VoidAsync(voidEntry, attemptId, stop);

    public virtual Task<StoreResult<IReadOnlyList<LedgerEntry>>> ReadAsync(
        IReadOnlyList<string> requestIds, CancellationToken stop) =>
        Inner.Ledger.ReadAsync(requestIds, stop);

    public virtual Task<StoreResult<IReadOnlyList<string>>> SettleAsync(
        IReadOnlyList<EntryWrite> entries, IReadOnlyList<Posting> postings, CancellationToken stop) =>
        Inner.Ledger.SettleAsync(entries, postings, stop);

    public virtual Task<StoreResult<OpenPage>> QueryOpenAsync(
        long bucket, int shard, string? cursor, CancellationToken stop) =>
        Inner.Ledger.QueryOpenAsync(bucket, shard, cursor, stop);

    public virtual Task<StoreResult<PostingRefusal>> ApplyAsync(
        Posting posting, DateTimeOffset now, CancellationToken stop) =>
        Inner.Postings.ApplyAsync(posting, now, stop);

    public virtual Task<StoreResult<IReadOnlyList<Posting>>> ReadOpenAsync(
        AccountKey account, CancellationToken stop) =>
        Inner.Postings.ReadOpenAsync(account, stop);

    public virtual Task<StoreResult<PostingPage>> ScanOpenAsync(string? cursor, CancellationToken stop) =>
        Inner.Postings.ScanOpenAsync(cursor, stop);
}
