using System.Collections.Concurrent;
using AiGateway.Domain.Decisions;
using AiGateway.Domain.Ledger;
using AiGateway.Engine;

namespace BudgetEnforcement.Decide;

/// <summary>
/// The account items as the last answers showed them: what is over in them is removed by the next write. Only ever a
/// shortcut: the
/// sweep removes the rest.
/// </summary>
internal sealed class SeenAccounts
{
    private const int AccountsMax = 10_000;

    private readonly ConcurrentDictionary<AccountKey, (AccountTotals Totals, DateTimeOffset At)> known = new();

    /// <param name="outcome">What a reservation came to.</param>
    /// <param name="at">Before it was asked.</param>
    public void Note(ReserveOutcome outcome, DateTimeOffset at)
    {
        IReadOnlyList<AccountTotals> accounts = outcome switch
        {
            ReserveOutcome.Admitted admitted => admitted.Accounts,
            ReserveOutcome.OverLimit refused => refused.Items,
            _ => [],
        };
        if (known.Count + accounts.Count > AccountsMax)
        {
            known.Clear();
        }

        foreach (var account in accounts)
        {
            known[account.Account] = (account, at);
        }
    }

    /// <summary>
    /// What to remove from the items that a request is going to write to: only what was over when it was seen. Nothing is
    /// held in
    /// it any more since, so that no bucket is left behind that nobody knows.
    /// </summary>
    public IReadOnlyDictionary<AccountKey, IReadOnlyList<StaleTotal>> StaleOf(IReadOnlyList<PlannedLimit> limits)
    {
        Dictionary<AccountKey, IReadOnlyList<StaleTotal>>? stale = null;
        AccountKey? looked = null;
        for (var i = 0; i < limits.Count; i++)
        {
            // Limits of one account mostly stand side by side.
            if (limits[i].Account != looked)
            {
                AddStale(ref stale, limits[i]);
                looked = limits[i].Account;
            }
        }

        return stale ?? ReservePlan.NothingStale;
    }

    private void AddStale(ref Dictionary<AccountKey, IReadOnlyList<StaleTotal>>? stale, PlannedLimit limit)
    {
        for (var shard = 0; shard < limit.Budget.Shards; shard++)
        {
            var account = limit.Account.At(shard);
            if (known.TryGetValue(account, out var seen)
                && StaleTotals.Of(seen.Totals, seen.At, limit.Budget.Zone) is { Count: > 0 } totals)
            {
                stale ??= [];
                stale.TryAdd(account, [.. totals.Select(total => new StaleTotal(total.Total, total.Buckets))]);
            }
        }
    }
}
