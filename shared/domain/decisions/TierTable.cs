using AiGateway.Domain.Budgets;

namespace AiGateway.Domain.Decisions;

/// <summary>The limits of teams without a budget of their own, by tier (design.md, section 2).</summary>
/// <param name="Tiers">By name, lower case.</param>
/// <param name="DefaultTier">For a team whose tier is missing or unknown; one of the names.</param>
public sealed record TierTable(IReadOnlyDictionary<string, IReadOnlyList<TierLimit>> Tiers, string DefaultTier)
{
    public const string Sandbox = "sandbox";

    /// <summary>Dollars a month: sandbox 25, standard 100, high 1 000, unlimited 10 000.</summary>
    public static TierTable Default { get; } = new(
        new Dictionary<string, IReadOnlyList<TierLimit>>
        {
            [Sandbox] = [MonthlyUsd(25m)],
            ["standard"] = [MonthlyUsd(100m)],
            ["high"] = [MonthlyUsd(1_000m)],
            ["unlimited"] = [MonthlyUsd(10_000m)],
        },
        Sandbox);

    public static TierLimit MonthlyUsd(decimal amount) => new(Window.Month, Dimension.Usd, amount);

    /// <summary>The tier that counts, and whether it is the default one because the named one is not known.</summary>
    public (string Name, bool IsFallback) Choose(string? tier) =>
        tier is not null && Tiers.ContainsKey(tier) ? (tier, false) : (DefaultTier, true);

    /// <summary>The tier's limits as hard budgets of a scope.</summary>
    public IReadOnlyList<Budget> BudgetsFor(Scope scope, string tier, ExpiryPolicy onExpiry) =>
    [
        .. Tiers[tier].GroupBy(limit => limit.Window).Select(window =>
            Budget.Of(
                scope,
                window.Key,
                BudgetMode.Hard,
                [.. window.Select(limit => new LimitAmount(limit.Dimension, limit.Amount))]) with
            {
                OnExpiry = onExpiry,
            }),
    ];
}

/// <summary>One limit of a tier.</summary>
public sealed record TierLimit(Window Window, Dimension Dimension, decimal Amount);
