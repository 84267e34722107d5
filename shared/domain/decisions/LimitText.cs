using System.Globalization;
using AiGateway.Domain.Budgets;

namespace AiGateway.Domain.Decisions;

/// <summary>How a limit, its window and its amounts read in a sentence.</summary>
internal static class LimitText
{
    /// <summary><c>$20.00 of its $25.00 monthly budget</c>, or <c>90 of its daily limit of 100 tokens</c>.</summary>
    public static string UsedOf(PlannedLimit limit, decimal used)
    {
        var its = limit.Budget.Scope == Scope.Unattributed ? "their" : "its";
        return limit.Total.Dimension == Dimension.Usd
            ? $"{Money(used)} of {its} {Money(limit.Amount)} {Word(limit)} budget"
            : $"{Whole(used)} of {its} {Word(limit)} limit of {Amount(limit, limit.Amount)}";
    }

    /// <summary><c>a budget of $25.00 a month</c>, or <c>a limit of 100 tokens a day</c>.</summary>
    public static string Each(PlannedLimit limit)
    {
        var what = limit.Total.Dimension == Dimension.Usd ? "budget" : "limit";
        var article = limit.Budget.Window == Window.Hour ? "an" : "a";
        return $"a {what} of {Amount(limit, limit.Amount)} {article} {limit.Budget.Window.ToString().ToLowerInvariant()}";
    }

    /// <summary>Dollars rounded down, or a count with its unit.</summary>
    public static string Amount(PlannedLimit limit, decimal amount) => limit.Total.Dimension switch
    {
        Dimension.Usd => Money(amount),
        Dimension.Tokens => $"{Whole(amount)} tokens",
        _ => $"{Whole(amount)} requests",
    };

    /// <summary>The same, dollars rounded up.</summary>
    public static string AmountUp(PlannedLimit limit, decimal amount) => limit.Total.Dimension == Dimension.Usd
        ? Text(amount, MidpointRounding.ToPositiveInfinity)
        : Amount(limit, amount);

    public static string IsOrAre(PlannedLimit limit) => limit.Total.Dimension == Dimension.Usd ? "is" : "are";

    // "team#payments" reads "Team payments".
    public static string Capital(string scope)
    {
        var text = string.Join(' ', scope.Split('#'));
        return char.ToUpperInvariant(text[0]) + text[1..];
    }

    public static string Instant(DateTimeOffset at) =>
        at.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

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

    private static string Whole(decimal amount) => amount.ToString("0", CultureInfo.InvariantCulture);

    private static string Money(decimal amount) => Text(amount, MidpointRounding.ToZero);

    // For display only: cents, and more only where cents would say nothing.
    private static string Text(decimal amount, MidpointRounding rounding) =>
        "$" + decimal.Round(amount, 6, rounding).ToString("0.00####", CultureInfo.InvariantCulture);
}
