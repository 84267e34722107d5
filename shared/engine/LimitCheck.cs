using AiGateway.Domain.Budgets;
using AiGateway.Domain.Ledger;

namespace AiGateway.Engine;

/// <summary>Which limit refuses. Pure.</summary>
internal static class LimitCheck
{
    /// <summary>
    /// A hold above a hard limit can never fit: refused before anything is written. Null where every hold could.
    /// </summary>
    public static ReserveOutcome.OverLimit? AboveLimit(ReservePlan plan)
    {
        List<Candidate>? above = null;
        for (var i = 0; i < plan.Limits.Count; i++)
        {
            var limit = plan.Limits[i];
            if (limit.Mode == BudgetMode.Hard && NeededBy(plan.Attempt, limit) is var needed && needed > limit.Amount)
            {
                (above ??= []).Add(new Candidate(limit, needed, 0m, null));
            }
        }

        return above is null ? null : MostRestrictive(above);
    }

    /// <summary>
    /// The limit to name, of those that the refused accounts do not have room for, all their shards taken together.
    /// </summary>
    public static ReserveOutcome.OverLimit Refused(
        ReservePlan plan, IReadOnlyList<AccountTotals> refused, Func<AccountTotals, AccountTotals> sumOf)
    {
        var candidates = refused
            .Select(item => (Item: item, Sum: sumOf(item)))
            .SelectMany(
                account => Hard(plan).Where(limit => limit.Account == account.Item.Account),
                (account, limit) => new Candidate(
                    limit, NeededBy(plan.Attempt, limit), account.Sum[limit.Total].Committed, account.Sum))
            .ToList();

        var named = MostRestrictive(candidates.Where(candidate => candidate.Room < candidate.Needed))
            ?? MostRestrictive(candidates)
            ?? throw new InvalidOperationException("An account without a hard limit was refused.");
        return named with
        {
            Limit = named.Limit with { Account = named.Limit.Account.Whole() },
            Items = refused,
        };
    }

    /// <summary>
    /// The hard limits, which are conditions of the write; the others are compared by the caller afterwards.
    /// </summary>
    public static IEnumerable<AccountLimit> Hard(ReservePlan plan) =>
        plan.Limits.Where(limit => limit.Mode == BudgetMode.Hard);

    public static decimal NeededBy(Attempt attempt, AccountLimit limit)
    {
        var needed = 0m;
        for (var i = 0; i < attempt.Holds.Count; i++)
        {
            if (attempt.Holds[i].Account == limit.Account)
            {
                needed += AmountOf(attempt.Holds[i].Amounts, limit.Total);
            }
        }

        return needed;
    }

    private static decimal AmountOf(IReadOnlyList<TotalAmount> amounts, Total total)
    {
        var sum = 0m;
        for (var i = 0; i < amounts.Count; i++)
        {
            if (amounts[i].Total == total)
            {
                sum += amounts[i].Amount;
            }
        }

        return sum;
    }

    // The smallest part of what is needed fits; of equals, the one that comes back last.
    private static ReserveOutcome.OverLimit? MostRestrictive(IEnumerable<Candidate> candidates)
    {
        Candidate? worst = null;
        foreach (var candidate in candidates)
        {
            if (worst is null || IsWorse(candidate, worst))
            {
                worst = candidate;
            }
        }

        return worst is null ? null : new ReserveOutcome.OverLimit(worst.Limit, worst.Needed, worst.Current);
    }

    private static bool IsWorse(Candidate left, Candidate right)
    {
        var leftPart = left.Room * right.Needed;
        var rightPart = right.Room * left.Needed;
        return leftPart < rightPart || (leftPart == rightPart && left.Limit.ResetsAt > right.Limit.ResetsAt);
    }

    private sealed record Candidate(AccountLimit Limit, decimal Needed, decimal Committed, AccountTotals? Current)
    {
        public decimal Room => Limit.Amount - Committed;
    }
}
