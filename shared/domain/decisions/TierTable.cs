using AiGateway.Domain.Budgets;

namespace AiGateway.Domain.Decisions;

/// <summary>The limits of teams without a budget of their own, by tier (design.md, section 2).</summary>
/// <param name="Tiers">By name, lower case.</param>
/// <param name="DefaultTier">For a team whose tier is missing or unknown; one of the names.</param>
public sealed record TierTable(IReadOnlyDictionary<string, IReadOnlyList<TierLimit>> Tiers, string DefaultTier)
{
    public const string Sandbox = "sandbox";

    /// <summary>
    /// The windows that a tier may limit, each in one dimension: a team's own rows leave room for them in its month
    /// item.
    /// </summary>
    public static readonly IReadOnlyList<(Window Window, Dimension Dimension)> Windows =
    [
        (Window.Minute, Dimension.Requests), (Window.Day, Dimension.Tokens), (Window.Month, Dimension.Usd),
    ];

    /// <summary>Requests a minute, tokens a day and dollars a month of the four built-in tiers.</summary>
    public static TierTable Default { get; } = new(
        new Dictionary<string, IReadOnlyList<TierLimit>>
        {
            [Sandbox] = Limits(20m, 100_000m, 25m),
            ["standard"] = Limits(100m, 500_000m, 100m),
            ["high"] = Limits(500m, 5_000_000m, 1_000m),
            ["unlimited"] = Limits(2_000m, null, 10_000m),
        },
        Sandbox);

    /// <summary>A tier's limits; null: none of that kind.</summary>
    public static IReadOnlyList<TierLimit> Limits(decimal? requestsAMinute, decimal? tokensADay, decimal? usdAMonth)
    {
        var limits = new List<TierLimit>(3);
        if (usdAMonth is { } usd)
        {
            limits.Add(MonthlyUsd(usd));
        }

        if (requestsAMinute is { } requests)
        {
            limits.Add(new TierLimit(Window.Minute, Dimension.Requests, requests));
        }

        if (tokensADay is { } tokens)
        {
            limits.Add(new TierLimit(Window.Day, Dimension.Tokens, tokens));
        }

        return limits;
    }

    public static TierLimit MonthlyUsd(decimal amount) => new(Window.Month, Dimension.Usd, amount);

    /// <summary>The tier that counts, and whether it is the default one because the named one is not known.</summary>
    public (string Name, bool IsFallback) Choose(string? tier) =>
        tier is not null && Tiers.ContainsKey(tier) ? (tier, false) : (DefaultTier, true);

    /// <summary>The tier's limits as hard budgets of a scope.</summary>
    public IReadOnlyList<Budget> BudgetsFor(Scope scope, string tier, ExpiryPolicy onExpiry)
    {
        var limits = Tiers[tier];
        var budgets = new List<Budget>(limits.Count);
        for (var i = 0; i < limits.Count; i++)
        {
            var window = limits[i].Window;
            if (FirstOf(limits, window) == i)
            {
                budgets.Add(new Budget(
                    scope,
                    window,
                    BudgetMode.Hard,
                    HoldMode.WorstCase,
                    onExpiry,
                    RetryPolicy.Release,
                    AmountsOf(limits, window)));
            }
        }

        return budgets;
    }

    private static int FirstOf(IReadOnlyList<TierLimit> limits, Window window)
    {
        var first = 0;
        while (limits[first].Window != window)
        {
            first++;
        }

        return first;
    }

    private static List<LimitAmount> AmountsOf(IReadOnlyList<TierLimit> limits, Window window)
    {
        var amounts = new List<LimitAmount>(1);
        for (var i = 0; i < limits.Count; i++)
        {
            if (limits[i].Window == window)
            {
                amounts.Add(new LimitAmount(limits[i].Dimension, limits[i].Amount));
            }
        }

        return amounts;
    }
}

/// <summary>One limit of a tier.</summary>
public sealed record TierLimit(Window Window, Dimension Dimension, decimal Amount);
