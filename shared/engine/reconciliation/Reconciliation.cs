using AiGateway.Domain.Ledger;

namespace AiGateway.Engine;

/// <summary>
/// Holds the accounts against the ledger, and sets them right. May run beside traffic: an account that is booked on
/// meanwhile is told as busy and left alone.
/// </summary>
public sealed class Reconciliation(
    IAccountStore accounts, ILedgerStore ledger, IPostingStore postings, Pacing pacing)
{
    private const int PagesMax = 1_000_000;

    private readonly SafeRetry retry = new(pacing);

    /// <summary>Compares and changes nothing.</summary>
    /// <exception cref="StoreFailedException">The store gave no answer.</exception>
    public Task<ReconciliationReport> VerifyAsync(CancellationToken stop) => RunAsync(isRebuild: false, stop);

    /// <summary>Compares, and sets what differs to what the ledger says.</summary>
    /// <exception cref="StoreFailedException">The store gave no answer; what was corrected stands. Run it
    /// again.</exception>
    public Task<ReconciliationReport> RebuildAsync(CancellationToken stop) => RunAsync(isRebuild: true, stop);

    // What is booked between the two looks shows in the account or in its open postings: then the sums in between are
    // not compared with it.
    private async Task<ReconciliationReport> RunAsync(bool isRebuild, CancellationToken stop)
    {
        var before = await LookAtAllAsync(stop);
        var sums = await SumLedgerAsync(stop);
        var differences = new List<Difference>();
        var corrected = 0;
        var moves = new MovedShares();
        List<AccountKey> all =
            [.. before.Keys.Union(sums.Accounts).OrderBy(key => key.ToString(), StringComparer.Ordinal)];
        foreach (var account in all)
        {
            var after = await LookAsync(account, stop);
            var first = before.GetValueOrDefault(account, AccountLook.Nothing);
            var found = Comparison.Of(account, first, after, sums);
            moves.Add(account, first, after);
            differences.AddRange(found);
            if (isRebuild)
            {
                corrected += await CorrectAsync(account, after, found, sums, stop);
            }
        }

        differences.AddRange(moves.Differences());
        if (isRebuild)
        {
            corrected += await BalanceAsync(moves.Differences(), stop);
        }

        return new ReconciliationReport(sums.Entries, all.Count, differences, corrected);
    }

    // Shard 0 is the bank: what nobody has was given out by it, or never was.
    private async Task<int> BalanceAsync(IReadOnlyList<Difference> found, CancellationToken stop)
    {
        var corrected = 0;
        foreach (var moved in found.Where(difference => difference.Kind == DifferenceKind.Moved))
        {
            var total = moved.Total!.Value;
            var current = (await LookAsync(moved.Account, stop))[total];
            var balanced = current with
            {
                Moved = current.Moved - moved.OfAccount,
                Committed = current.Committed - moved.OfAccount,
            };
            var answer = await retry.RunAsync(
                () => accounts.CorrectAsync(moved.Account, total, current, balanced, stop), stop);
            if (answer is StoreResult<AccountTotals>.Failed(var fault, var detail))
            {
                throw new StoreFailedException(fault, $"account {moved.Account}", detail);
            }

            corrected += answer is StoreResult<AccountTotals>.Done ? 1 : 0;
        }

        return corrected;
    }

    private async Task<int> CorrectAsync(
        AccountKey account, AccountLook look, IReadOnlyList<Difference> found, LedgerSums sums, CancellationToken stop)
    {
        var corrected = 0;
        var totals = found
            .Where(difference => difference is { IsError: true, Kind: not DifferenceKind.HoldsMissing })
            .Select(difference => difference.Total!.Value)
            .Distinct();
        foreach (var total in totals)
        {
            var answer = await retry.RunAsync(
                () => accounts.CorrectAsync(
                    account, total, look[total], Comparison.Corrected(account, total, look, sums), stop),
                stop);
            if (answer is StoreResult<AccountTotals>.Failed(var fault, var detail))
            {
                throw new StoreFailedException(fault, $"account {account}", detail);
            }

            corrected += answer is StoreResult<AccountTotals>.Done ? 1 : 0;
        }

        return corrected;
    }

    private async Task<Dictionary<AccountKey, AccountLook>> LookAtAllAsync(CancellationToken stop)
    {
        var looks = new Dictionary<AccountKey, AccountLook>();
        string? cursor = null;
        for (var page = 0; page < PagesMax; page++)
        {
            var from = cursor;
            var scanned = await retry.ReadAsync("account scan", () => accounts.ScanAsync(from, stop), stop);
            foreach (var account in scanned.Accounts)
            {
                looks[account.Account] = await LookAsync(account.Account, stop);
            }

            cursor = scanned.Cursor;
            if (cursor is null)
            {
                return looks;
            }
        }

        throw new InvalidOperationException($"There are more than {PagesMax} pages of accounts.");
    }

    private async Task<AccountLook> LookAsync(AccountKey account, CancellationToken stop)
    {
        var open = await retry.ReadAsync(
            $"postings of {account}", () => postings.ReadOpenAsync(account, stop), stop);
        var totals = await retry.ReadAsync($"account {account}", () => accounts.ReadAsync(account, stop), stop);
        return new AccountLook(totals, open);
    }

    private async Task<LedgerSums> SumLedgerAsync(CancellationToken stop)
    {
        var sums = new LedgerSums();
        string? cursor = null;
        for (var page = 0; page < PagesMax; page++)
        {
            var from = cursor;
            var scanned = await retry.ReadAsync("ledger scan", () => ledger.ScanAsync(from, stop), stop);
            foreach (var entry in scanned.Entries)
            {
                sums.Add(entry);
            }

            cursor = scanned.Cursor;
            if (cursor is null)
            {
                return sums;
            }
        }

        throw new InvalidOperationException($"There are more than {PagesMax} pages of entries.");
    }
}
