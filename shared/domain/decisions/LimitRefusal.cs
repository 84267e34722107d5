using System.Globalization;
using AiGateway.Domain.Budgets;
using AiGateway.Domain.Ledger;

namespace AiGateway.Domain.Decisions;

/// <summary>The refusal of a limit: which one, how much of it is used, what is left and needed, when it resets, and
/// what would fit.</summary>
public static class LimitRefusal
{
    /// <param name="limit">The limit that does not allow it.</param>
    /// <param name="hold">What was asked for.</param>
    /// <param name="current">The account as it stands; null where the hold alone is above the limit and nothing was
    /// asked.</param>
    public static Refusal Of(PlannedLimit limit, Hold hold, RunningTotal? current)
    {
        if (current is null)
        {
            return Alone(limit, hold);
        }

        return limit.IsInFlight ? Running(limit, current) : Used(limit, hold, current);
    }

    /// <summary>The scope was found exhausted a moment ago: nothing was asked.</summary>
    public static Refusal KnownExhausted(PlannedLimit limit, decimal settled) => new(
        KindOf(limit),
        $"{Subject(limit)} used {LimitText.UsedOf(limit, settled)}, which resets on {LimitText.Instant(limit.ResetsAt)}."
        + Again(KindOf(limit), limit),
        limit.ResetsAt)
    {
        RetryAfterSeconds = RetryAfter(KindOf(limit), limit),
    };

    private static Refusal Alone(PlannedLimit limit, Hold hold)
    {
        if (limit.IsInFlight)
        {
            return new Refusal(
                RefusalKind.BudgetExceeded, $"{Subject(limit)} a limit of {LimitText.Amount(limit, limit.Amount)} in flight.");
        }

        var needed = hold.AmountOf(limit.Total.Dimension);
        return new Refusal(
            RefusalKind.BudgetExceeded,
            $"{Subject(limit)} {LimitText.Each(limit)}, and this request alone may need up to "
            + $"{LimitText.AmountUp(limit, needed)}.{Fits(limit, hold, limit.Amount, "Of an unused budget")}",
            limit.ResetsAt);
    }

    private static Refusal Running(PlannedLimit limit, RunningTotal current) => new(
        RefusalKind.HoldsInTheWay,
        $"{Subject(limit)} {LimitText.Amount(limit, current.Committed)} in flight, of at most "
        + $"{LimitText.Amount(limit, limit.Amount)}. Trying again helps.",
        limit.ResetsAt);

    private static Refusal Used(PlannedLimit limit, Hold hold, RunningTotal current)
    {
        // A request that runs will have been one when it ends: unlike money, its hold does not come back.
        var isRequests = limit.Total.Dimension == Dimension.Requests;
        var used = isRequests ? current.Committed : current.Settled + current.Estimated;
        var inFlight = Math.Max(0m, current.Committed - used);
        var left = limit.Amount - current.Committed;
        var needed = hold.AmountOf(limit.Total.Dimension);
        // Without holds in its way it was in the way of others: several shards were asked for the last of a limit at once.
        var kind = used + needed <= limit.Amount ? RefusalKind.HoldsInTheWay : KindOf(limit);
        var needs = isRequests
            ? string.Empty
            : $" This request may need up to {LimitText.AmountUp(limit, needed)}, and "
                + $"{LimitText.Amount(limit, Math.Max(0m, left))} {LimitText.IsOrAre(limit)} left."
                + Fits(limit, hold, left, "Now");
        return new Refusal(
            kind,
            $"{Subject(limit)} used {LimitText.UsedOf(limit, used)}, which resets on {LimitText.Instant(limit.ResetsAt)}."
            + $"{InFlight(limit, inFlight)}{needs}{Again(kind, limit)}",
            limit.ResetsAt)
        {
            RetryAfterSeconds = RetryAfter(kind, limit),
        };
    }

    private static RefusalKind KindOf(PlannedLimit limit) =>
        limit.IsRate ? RefusalKind.RateLimited : RefusalKind.BudgetExceeded;

    private static long? RetryAfter(RefusalKind kind, PlannedLimit limit) =>
        kind == RefusalKind.RateLimited ? limit.SecondsUntilReset : null;

    private static string Again(RefusalKind kind, PlannedLimit limit) => kind switch
    {
        RefusalKind.HoldsInTheWay => " Trying again helps.",
        RefusalKind.RateLimited => $" Try again in {limit.SecondsUntilReset} s.",
        _ => string.Empty,
    };

    private static string InFlight(PlannedLimit limit, decimal amount) => amount > 0m
        ? $" {LimitText.AmountUp(limit, amount)} {LimitText.IsOrAre(limit)} reserved for requests in flight."
        : string.Empty;

    private static string Fits(PlannedLimit limit, Hold hold, decimal left, string when)
    {
        var tokens = hold.LargestMaxTokensWithin(limit.Total.Dimension, left);
        return tokens > 0 && tokens < hold.Bounds.OutputTokens
            ? $" {when}, a max_tokens of at most {tokens.ToString(CultureInfo.InvariantCulture)} would fit."
            : string.Empty;
    }

    private static string Subject(PlannedLimit limit) => limit.Budget.Scope == Scope.Unattributed
        ? "Requests without a team have"
        : $"{LimitText.Capital(limit.Budget.Scope.Value)} has";
}
