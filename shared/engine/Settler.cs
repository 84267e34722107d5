using AiGateway.Domain.Ledger;

namespace AiGateway.Engine;

/// <summary>
/// Books batches of requests: one transaction for the entries and their postings, then the postings, one account at a
/// time. Killed
/// between any two calls and started again with the same batch, it ends in the same ledger and the same accounts.
/// </summary>
/// <param name="ledger">The ledger.</param>
/// <param name="postings">The postings.</param>
/// <param name="pacing">Clock, jitter and delay.</param>
/// <param name="newPostingId">Unique ids that sort by time (a version 7 UUID).</param>
public sealed class Settler(ILedgerStore ledger, IPostingStore postings, Pacing pacing, Func<string> newPostingId)
{
    /// <summary>What one consistent batch read takes.</summary>
    internal const int ReadsMax = 100;

    private readonly SafeRetry retry = new(pacing);
    private readonly OpenPostings open = new(postings, pacing);

    /// <summary>
    /// Books every request once. Of two requests of one id in a batch the first that raises the entry's rank counts.
    /// </summary>
    /// <exception cref="StoreFailedException">The store gave no answer; what was booked stands. Repeat the whole
    /// batch.</exception>
    public async Task<SettlementReport> SettleAsync(
        IReadOnlyList<SettlementRequest> requests, CancellationToken stop)
    {
        var batch = new SettlementBatch(requests.Count);
        foreach (var round in Rounds(requests))
        {
            foreach (var chunk in round.Chunk(ReadsMax))
            {
                await BookAsync(batch, chunk, stop);
            }
        }

        var leftOpen = new List<AccountKey>();
        foreach (var account in batch.TouchedAccounts)
        {
            if (!await open.FinishAsync(account, stop))
            {
                leftOpen.Add(account);
            }
        }

        return new SettlementReport(batch.Outcomes, leftOpen);
    }

    // An id stands once in a transaction: its second request waits for the next round.
    private static IEnumerable<IReadOnlyList<SettlementRequest>> Rounds(IReadOnlyList<SettlementRequest> requests) =>
        requests
            .GroupBy(request => request.RequestId)
            .SelectMany(same => same.Select((request, round) => (request, round)))
            .GroupBy(numbered => numbered.round, numbered => numbered.request)
            .OrderBy(round => round.Key)
            .Select(round => round.ToList());

    private async Task BookAsync(
        SettlementBatch batch, IReadOnlyList<SettlementRequest> requests, CancellationToken stop)
    {
        var entries = await ReadAsync(requests, stop);
        await ApplyExpiredAsync(entries.Values, stop);
        foreach (var pack in SettlementPack.Split(batch.StepsOf(requests, entries)))
        {
            await BookPackAsync(batch, pack, stop);
        }
    }

    // A transaction that is refused is made again from a fresh read; what another worker booked meanwhile drops out.
    private async Task BookPackAsync(SettlementBatch batch, SettlementPack pack, CancellationToken stop)
    {
        for (var tries = 1; tries <= SafeRetry.TriesMax; tries++)
        {
            if (pack.Steps.Count == 0)
            {
                return;
            }

            var postingId = newPostingId();
            var entries = pack.EntryWrites(postingId);
            var answer = await retry.RunAsync(
                () => ledger.SettleAsync(entries, pack.Postings(postingId), stop), stop);
            switch (answer)
            {
                case StoreResult<IReadOnlyList<string>>.Done:
                    batch.Touch(pack);
                    batch.AddBooked(entries);
                    return;
                case StoreResult<IReadOnlyList<string>>.Failed(StoreFault.Malformed, var detail):
                    await BisectAsync(batch, pack, detail, stop);
                    return;
                case StoreResult<IReadOnlyList<string>>.Failed(var fault, var detail):
                    throw new StoreFailedException(fault, "settlement", detail);
            }

            var standing = await ReadAsync(pack.Requests, stop);
            await ApplyExpiredAsync(standing.Values, stop);
            pack = pack with { Steps = batch.StepsAfterRefusal(pack, standing, postingId) };
            await pacing.DelayAsync(pacing.PauseAfter(tries), stop);
        }

        throw new StoreFailedException(StoreFault.Conflict, "settlement", "The entries changed again and again.");
    }

    // One request's own fault must not keep the others from being booked.
    private async Task BisectAsync(SettlementBatch batch, SettlementPack pack, string detail, CancellationToken stop)
    {
        if (pack.Steps.Count == 1)
        {
            batch.AddRejected(pack.Steps[0].Request.RequestId, detail);
            return;
        }

        var half = pack.Steps.Count / 2;
        await BookPackAsync(batch, pack with { Steps = [.. pack.Steps.Take(half)] }, stop);
        await BookPackAsync(batch, pack with { Steps = [.. pack.Steps.Skip(half)] }, stop);
    }

    // The charge of an expired entry is on its accounts before a later figure takes it back.
    private async Task ApplyExpiredAsync(IEnumerable<LedgerEntry> entries, CancellationToken stop)
    {
        var accounts = entries
            .Where(entry => entry is { State: EntryState.Expired, PostingId: not null })
            .SelectMany(entry => entry.Estimated.Select(hold => hold.Account))
            .Distinct();
        foreach (var account in accounts)
        {
            if (!await open.FinishAsync(account, stop))
            {
                throw new StoreFailedException(
                    StoreFault.Unreachable,
                    $"postings of {account}",
                    "The charge of an expired entry could not be applied.");
            }
        }
    }

    private async Task<Dictionary<string, LedgerEntry>> ReadAsync(
        IReadOnlyList<SettlementRequest> requests, CancellationToken stop)
    {
        List<string> ids = [.. requests.Select(request => request.RequestId)];
        var entries = await retry.ReadAsync("ledger read", () => ledger.ReadAsync(ids, stop), stop);
        return entries.ToDictionary(entry => entry.RequestId);
    }
}
