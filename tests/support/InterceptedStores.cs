using AiGateway.Domain.Ledger;
using AiGateway.Engine;

namespace AiGateway.Tests.Support;

internal sealed class InterceptedAccounts(IAccountStore inner, StoreInterceptor calls) : IAccountStore
{
    public Task<StoreResult<AccountTotals>> ReserveAsync(ReserveWrite write, CancellationToken stop) =>
        calls.RunAsync("accounts.Reserve", () => inner.ReserveAsync(write, stop));

    public Task<StoreResult<IReadOnlyList<AccountTotals>>> MoveAsync(
        IReadOnlyList<ShardWrite> writes, CancellationToken stop) =>
        calls.RunAsync("accounts.Move", () => inner.MoveAsync(writes, stop));

    public Task<StoreResult<AccountTotals>> GiveBackAsync(
        AccountKey account, long bucket, IReadOnlyList<TotalAmount> amounts, CancellationToken stop) =>
        calls.RunAsync("accounts.GiveBack", () => inner.GiveBackAsync(account, bucket, amounts, stop));

    public Task<StoreResult<AccountTotals>> ExpireBucketAsync(
        AccountKey account, Total total, BucketAmount expected, CancellationToken stop) =>
        calls.RunAsync("accounts.ExpireBucket", () => inner.ExpireBucketAsync(account, total, expected, stop));

    public Task<StoreResult<AccountTotals?>> ReadAsync(AccountKey account, CancellationToken stop) =>
        calls.RunAsync("accounts.Read", () => inner.ReadAsync(account, stop));

    public Task<StoreResult<AccountTotals>> RemoveAsync(
        AccountKey account, IReadOnlyDictionary<Total, RunningTotal> seen, CancellationToken stop) =>
        calls.RunAsync("accounts.Remove", () => inner.RemoveAsync(account, seen, stop));

    public Task<StoreResult<AccountPage>> ScanAsync(string? cursor, CancellationToken stop) =>
        calls.RunAsync("accounts.Scan", () => inner.ScanAsync(cursor, stop));

    public Task<StoreResult<AccountTotals>> CorrectAsync(
        AccountKey account, Total total, RunningTotal seen, RunningTotal corrected, CancellationToken stop) =>
        calls.RunAsync("accounts.Correct", () => inner.CorrectAsync(account, total, seen, corrected, stop));
}

internal sealed class InterceptedLedger(ILedgerStore inner, StoreInterceptor calls) : ILedgerStore
{
    public Task<StoreResult<LedgerEntry>> PutHeldAsync(LedgerEntry entry, CancellationToken stop) =>
        calls.RunAsync("ledger.PutHeld", () => inner.PutHeldAsync(entry, stop));

    public Task<StoreResult<LedgerEntry>> AppendAttemptAsync(
        string requestId, long readVersion, Attempt attempt, CancellationToken stop) =>
        calls.RunAsync("ledger.AppendAttempt", () => inner.AppendAttemptAsync(requestId, readVersion, attempt, stop));

    public Task<StoreResult<LedgerEntry>> VoidAsync(LedgerEntry voidEntry, string attemptId, CancellationToken stop) =>
        calls.RunAsync("ledger.Void", () => inner.VoidAsync(voidEntry, attemptId, stop));

    public Task<StoreResult<IReadOnlyList<LedgerEntry>>> ReadAsync(
        IReadOnlyList<string> requestIds, CancellationToken stop) =>
        calls.RunAsync("ledger.Read", () => inner.ReadAsync(requestIds, stop));

    public Task<StoreResult<IReadOnlyList<string>>> SettleAsync(
        IReadOnlyList<EntryWrite> entries, IReadOnlyList<Posting> postings, CancellationToken stop) =>
        calls.RunAsync("ledger.Settle", () => inner.SettleAsync(entries, postings, stop));

    public Task<StoreResult<OpenPage>> QueryOpenAsync(long bucket, int shard, string? cursor, CancellationToken stop) =>
        calls.RunAsync("ledger.QueryOpen", () => inner.QueryOpenAsync(bucket, shard, cursor, stop));

    public Task<StoreResult<DateTimeOffset>> PutProbeAsync(int shard, DateTimeOffset at, CancellationToken stop) =>
        calls.RunAsync("ledger.PutProbe", () => inner.PutProbeAsync(shard, at, stop));

    public Task<StoreResult<DateTimeOffset?>> QueryProbeAsync(int shard, CancellationToken stop) =>
        calls.RunAsync("ledger.QueryProbe", () => inner.QueryProbeAsync(shard, stop));

    public Task<StoreResult<LedgerPage>> ScanAsync(string? cursor, CancellationToken stop) =>
        calls.RunAsync("ledger.Scan", () => inner.ScanAsync(cursor, stop));
}

internal sealed class InterceptedPostings(IPostingStore inner, StoreInterceptor calls) : IPostingStore
{
    public Task<StoreResult<PostingRefusal>> ApplyAsync(Posting posting, DateTimeOffset now, CancellationToken stop) =>
        calls.RunAsync("postings.Apply", () => inner.ApplyAsync(posting, now, stop));

    public Task<StoreResult<IReadOnlyList<Posting>>> ReadOpenAsync(AccountKey account, CancellationToken stop) =>
        calls.RunAsync("postings.ReadOpen", () => inner.ReadOpenAsync(account, stop));

    public Task<StoreResult<PostingPage>> ScanOpenAsync(string? cursor, CancellationToken stop) =>
        calls.RunAsync("postings.ScanOpen", () => inner.ScanOpenAsync(cursor, stop));
}
