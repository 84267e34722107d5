using AiGateway.Domain.Budgets;
using AiGateway.Domain.Ledger;

namespace AiGateway.Engine;

/// <summary>What the shards of an account come to together.</summary>
public static class ShardSums
{
    /// <summary>
    /// Reads every shard; null where none was ever written to. Where shares are missing among those in use, the
    /// account had more
    /// shards before: then these count too.
    /// </summary>
    /// <param name="read">Reads one item.</param>
    /// <param name="account">As limits name it.</param>
    /// <param name="shards">How many are in use.</param>
    /// <param name="stop">Ends it.</param>
    /// <exception cref="StoreFailedException">A read had no answer.</exception>
    public static async Task<AccountTotals?> ReadAsync(
        Func<AccountKey, CancellationToken, Task<StoreResult<AccountTotals?>>> read,
        AccountKey account,
        int shards,
        CancellationToken stop)
    {
        var found = await ReadAsync(read, account, 0, shards, stop);
        if (found.SelectMany(item => item.Totals.Keys).Distinct().Any(total => found.Sum(item => item[total].Moved) != 0m))
        {
            found = [.. found, .. await ReadAsync(read, account, shards, BudgetRowParser.ShardsMax, stop)];
        }

        return found.Count switch
        {
            0 => null,
            1 when found[0].Account == account => found[0],
            _ => AccountTotals.Sum(account, found),
        };
    }

    /// <summary>An item as it stands after a write that is known to have been applied.</summary>
    internal static AccountTotals After(AccountTotals item, ShardWrite write)
    {
        var totals = item.Totals.ToDictionary();
        foreach (var (total, amount) in write.Moves)
        {
            var running = item[total];
            totals[total] = running with
            {
                Committed = running.Committed + amount,
                Moved = running.Moved + amount,
            };
        }

        foreach (var (total, limit) in write.Grants)
        {
            totals[total] = totals.GetValueOrDefault(total, RunningTotal.Zero) with { Granted = limit };
        }

        foreach (var (total, amount) in write.Hold.Amounts)
        {
            var running = totals.GetValueOrDefault(total, RunningTotal.Zero);
            var buckets = running.Buckets.ToDictionary();
            buckets[write.Hold.Bucket] = buckets.GetValueOrDefault(write.Hold.Bucket) + amount;
            totals[total] = running with { Committed = running.Committed + amount, Buckets = buckets };
        }

        return item with { Totals = totals };
    }

    private static async Task<List<AccountTotals>> ReadAsync(
        Func<AccountKey, CancellationToken, Task<StoreResult<AccountTotals?>>> read,
        AccountKey account,
        int first,
        int end,
        CancellationToken stop)
    {
        var answers = await Task.WhenAll(
            Enumerable.Range(first, Math.Max(0, end - first)).Select(shard => read(account.At(shard), stop)));
        return [.. answers.Select(answer => answer switch
        {
            StoreResult<AccountTotals?>.Done(var totals) => totals,
            StoreResult<AccountTotals?>.Failed(var fault, var detail) =>
                throw new StoreFailedException(fault, $"account {account}", detail),
            _ => throw new StoreFailedException(StoreFault.Malformed, $"account {account}", "A read was refused."),
        }).OfType<AccountTotals>()];
    }
}
