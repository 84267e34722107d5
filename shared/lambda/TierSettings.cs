using System.Globalization;
using AiGateway.Domain;
using AiGateway.Domain.Budgets;
using AiGateway.Domain.Decisions;

namespace AiGateway.Lambda;

/// <summary>
/// The tiers, on top of the built-in ones. <c>TIER_LIMITS</c> says requests a minute, tokens a day and dollars a month,
/// <c>-</c>
/// for none: <c>sandbox=20/100000/25,gold=500/-/5000</c>. <c>TIER_MONTHLY_USD</c>, such as <c>sandbox=10</c>, changes
/// the
/// dollars only. <c>DEFAULT_TIER</c> is the tier of teams without a known one.
/// </summary>
public static class TierSettings
{
    private const int TiersMax = 100;

    public static TierTable Read(EnvironmentReader env)
    {
        var tiers = TierTable.Default.Tiers.ToDictionary(tier => tier.Key, tier => tier.Value);
        ReadLimits(env, tiers);
        ReadMonthlyUsd(env, tiers);
        env.Require(tiers.Count <= TiersMax, $"TIER_LIMITS and TIER_MONTHLY_USD must not name more than {TiersMax} tiers");
        var fallback = env.OptionalText("DEFAULT_TIER") ?? TierTable.Sandbox;
        env.Require(tiers.ContainsKey(fallback), $"DEFAULT_TIER must be one of {string.Join(", ", tiers.Keys)}");
        return new TierTable(tiers, fallback);
    }

    private static void ReadLimits(EnvironmentReader env, Dictionary<string, IReadOnlyList<TierLimit>> tiers)
    {
        foreach (var entry in Entries(env, "TIER_LIMITS"))
        {
            if (entry is [{ Length: > 0 } name, var text] && LimitsOf(text) is { } limits)
            {
                tiers[name] = limits;
            }
            else
            {
                env.Require(
                    false,
                    "TIER_LIMITS must list tiers with requests a minute, tokens a day and dollars a month, such as "
                    + "sandbox=20/100000/25,gold=500/-/5000");
            }
        }
    }

    private static void ReadMonthlyUsd(EnvironmentReader env, Dictionary<string, IReadOnlyList<TierLimit>> tiers)
    {
        foreach (var entry in Entries(env, "TIER_MONTHLY_USD"))
        {
            if (entry is [{ Length: > 0 } name, var text] && Dollars(text) is { } usd)
            {
                tiers[name] =
                [
                    TierTable.MonthlyUsd(usd),
                    .. tiers.GetValueOrDefault(name, []).Where(limit => limit.Window != Window.Month),
                ];
            }
            else
            {
                env.Require(
                    false, "TIER_MONTHLY_USD must list tiers with dollars a month, such as sandbox=25,standard=100");
            }
        }
    }

    private static IEnumerable<string[]> Entries(EnvironmentReader env, string name) =>
        (env.OptionalText(name) ?? string.Empty)
            .Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(entry => entry.Split('=', StringSplitOptions.TrimEntries));

    // Null: not understood. A tier without any limit has to be said in full: -/-/-.
    private static IReadOnlyList<TierLimit>? LimitsOf(string text)
    {
        var parts = text.Split('/', StringSplitOptions.TrimEntries);
        return parts is [var requests, var tokens, var usd]
            && IsNoneOr(requests, Whole) && IsNoneOr(tokens, Whole) && IsNoneOr(usd, Dollars)
                ? TierTable.Limits(Whole(requests), Whole(tokens), Dollars(usd))
                : null;
    }

    private static bool IsNoneOr(string text, Func<string, decimal?> read) => text == "-" || read(text) is not null;

    private static decimal? Whole(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number <= BudgetRowParser.CountMax
                ? number
                : null;

    private static decimal? Dollars(string text) =>
        Usd.TryParse(text, out var usd) && usd >= Usd.Zero && usd.Amount <= BudgetRowParser.UsdMax ? usd.Amount : null;
}
