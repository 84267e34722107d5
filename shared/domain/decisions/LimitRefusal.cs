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
            return new Refusal(
                RefusalKind.BudgetExceeded,
                $"{Subject(limit)} a budget of {Money(limit.Amount)} {Each(limit)}, and this request alone may need up to "
                + $"{MoneyUp(hold.Amount.Amount)}.{Fits(hold, limit.Amount, "Of an unused budget")}",
                limit.ResetsAt);
        }

        var used = current.Settled + current.Estimated;
        var inFlight = Math.Max(0m, current.Committed - used);
        var left = limit.Amount - current.Committed;
        var onlyHolds = inFlight > 0m && used + hold.Amount.Amount <= limit.Amount;
        return new Refusal(
            onlyHolds ? RefusalKind.HoldsInTheWay : RefusalKind.BudgetExceeded,
            $"{Subject(limit)} used {Money(used)} of {Its(limit)} {Money(limit.Amount)} {Word(limit)} budget, which resets on "
            + $"{Instant(limit.ResetsAt)}.{InFlight(inFlight)} This request may need up to {MoneyUp(hold.Amount.Amount)}, and "
            + $"{Money(Math.Max(0m, left))} is left.{Fits(hold, left, "Now")}{(onlyHolds ? " Trying again helps." : string.Empty)}",
            limit.ResetsAt);
    }

    /// <summary>The scope was found exhausted a moment ago: nothing was asked.</summary>
    public static Refusal KnownExhausted(PlannedLimit limit, decimal settled) => new(
        RefusalKind.BudgetExceeded,
        $"{Subject(limit)} used {Money(settled)} of {Its(limit)} {Money(limit.Amount)} {Word(limit)} budget, which resets on "
        + $"{Instant(limit.ResetsAt)}.",
        limit.ResetsAt);

    private static string InFlight(decimal amount) =>
        amount > 0m ? $" {MoneyUp(amount)} is reserved for requests in flight." : string.Empty;

    private static string Fits(Hold hold, decimal left, string when)
    {
        var tokens = left <= 0m ? 0 : hold.LargestMaxTokensWithin(new Usd(left));
        return tokens > 0 && tokens < hold.Bounds.OutputTokens
            ? $" {when}, a max_tokens of at most {tokens.ToString(CultureInfo.InvariantCulture)} would fit."
            : string.Empty;
    }

    private static string Subject(PlannedLimit limit) => limit.Budget.Scope == Scope.Unattributed
        ? "Requests without a team have"
        : $"{Capital(limit.Budget.Scope.Value)} has";

    private static string Its(PlannedLimit limit) => limit.Budget.Scope == Scope.Unattributed ? "their" : "its";

    // "team#payments" reads "Team payments".
    private static string Capital(string scope)
    {
        var parts = scope.Split('#');
        var text = string.Join(' ', parts);
        return char.ToUpperInvariant(text[0]) + text[1..];
    }

    private static string Word(PlannedLimit limit) => limit.Budget.Window switch
    {
        Window.Minute => "minute's",
        Window.Hour => "hourly",
        Window.Day => "daily",
        Window.Week => "weekly",
        Window.Month => "monthly",
        Window.Quarter => "quarterly",
        _ => "yearly",
    };

    private static string Each(PlannedLimit limit) => "a " + limit.Budget.Window.ToString().ToLowerInvariant();

    private static string Instant(DateTimeOffset at) =>
        at.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static string Money(decimal amount) => Text(amount, MidpointRounding.ToZero);

    private static string MoneyUp(decimal amount) => Text(amount, MidpointRounding.ToPositiveInfinity);

    // For display only: cents, and more only where cents would say nothing.
    private static string Text(decimal amount, MidpointRounding rounding) =>
        "$" + decimal.Round(amount, 6, rounding).ToString("0.00####", CultureInfo.InvariantCulture);
}
