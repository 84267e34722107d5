using System.Collections.Concurrent;
using AiGateway.Domain.Budgets;
using AiGateway.Domain.Decisions;
using AiGateway.Domain.Ledger;

namespace BudgetEnforcement.Decide;

/// <summary>
/// Scopes whose <c>settled</c> has reached their limit: refusing them costs nothing. Holds and estimates may still
/// come back, what is settled
/// does not, so an answer stays right until the budget changes; it is kept for a minute at most all the same.
/// </summary>
internal sealed class DenyCache(TimeSpan keep)
{
    private const int EntriesMax = 10_000;

    private readonly ConcurrentDictionary<(AccountKey Account, Total Total), Exhausted> known = new();

    /// <summary>The first hard limit that is known to be exhausted; null: ask.</summary>
    public (PlannedLimit Limit, decimal Settled)? Find(IReadOnlyList<PlannedLimit> limits, DateTimeOffset now)
    {
        foreach (var limit in limits)
        {
            if (limit.Mode == BudgetMode.Hard
                && known.TryGetValue((limit.Account, limit.Total), out var exhausted)
                && exhausted.Limit == limit.Amount
                && now >= exhausted.At && now < exhausted.At + keep)
            {
                return (limit, exhausted.Settled);
            }
        }

        return null;
    }

    /// <summary>Remembers an account that refused, if no hold or estimate that comes back could change
    /// that.</summary>
    public void Note(PlannedLimit limit, RunningTotal current, DateTimeOffset now)
    {
        if (current.Settled < limit.Amount)
        {
            return;
        }

        if (known.Count >= EntriesMax)
        {
            // Only ever a shortcut: forgetting costs one round trip a scope.
            known.Clear();
        }

        known[(limit.Account, limit.Total)] = new Exhausted(limit.Amount, current.Settled, now);
    }

    private sealed record Exhausted(decimal Limit, decimal Settled, DateTimeOffset At);
}
