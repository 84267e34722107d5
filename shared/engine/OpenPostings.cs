using AiGateway.Domain.Ledger;

namespace AiGateway.Engine;

/// <summary>
/// Applies the postings of accounts that are not applied yet, one account at a time, oldest first. Safe beside others
/// that do the same.
/// </summary>
internal sealed class OpenPostings(IPostingStore postings, Pacing pacing)
{
    private const int PagesMax = 100;

    private const int NarrowingsMax = 20;

    private readonly SafeRetry retry = new(pacing);

    /// <summary>
    /// True where nothing is left open; false where the store did not let it: the next batch or the sweep does it.
    /// </summary>
    public async Task<bool> FinishAsync(AccountKey account, CancellationToken stop)
    {
        for (var page = 0; page < PagesMax; page++)
        {
            var open = await retry.RunAsync(() => postings.ReadOpenAsync(account, stop), stop);
            if (open is not StoreResult<IReadOnlyList<Posting>>.Done(var found))
            {
                ThrowIfBug(open, account);
                return false;
            }

            foreach (var posting in found.OrderBy(posting => posting.Id, StringComparer.Ordinal))
            {
                if (!await ApplyAsync(posting, stop))
                {
                    return false;
                }
            }

            // What was written since is its own writer's to apply.
            if (found.Count < IPostingStore.OpenMax)
            {
                return true;
            }
        }

        return false;
    }

    // A hold that is gone from its bucket has expired: it is applied without it.
    private async Task<bool> ApplyAsync(Posting posting, CancellationToken stop)
    {
        for (var narrowings = 0; narrowings < NarrowingsMax; narrowings++)
        {
            var sent = posting;
            switch (await retry.RunAsync(() => postings.ApplyAsync(sent, pacing.Now, stop), stop))
            {
                case StoreResult<PostingRefusal>.Done:
                case StoreResult<PostingRefusal>.Refused({ AlreadyApplied: true }):
                    return true;
                case StoreResult<PostingRefusal>.Refused({ MissingBuckets.Count: > 0 } refusal):
                    posting = posting.Without(refusal.MissingBuckets);
                    break;
                case var answer:
                    ThrowIfBug(answer, posting.Account);
                    return false;
            }
        }

        return false;
    }

    private static void ThrowIfBug<T>(StoreResult<T> answer, AccountKey account)
    {
        var isBug = answer is not StoreResult<T>.Failed { Fault: not (StoreFault.Denied or StoreFault.Malformed) };
        if (isBug)
        {
            var (fault, detail) = answer is StoreResult<T>.Failed failed
                ? (failed.Fault, failed.Detail)
                : (StoreFault.Malformed, "Refused without a reason.");
            throw new StoreFailedException(fault, $"postings of {account}", detail);
        }
    }
}
