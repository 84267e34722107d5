using AiGateway.Domain;
using AiGateway.Domain.Decisions;

namespace AiGateway.Lambda;

/// <summary><c>TIER_MONTHLY_USD</c>, such as <c>sandbox=10,gold=5000</c>, on top of the built-in tiers; and
/// <c>DEFAULT_TIER</c>.</summary>
public static class TierSettings
{
    public static TierTable Read(EnvironmentReader env)
    {
        var tiers = TierTable.Default.Tiers.ToDictionary(tier => tier.Key, tier => tier.Value);
        foreach (var entry in (env.OptionalText("TIER_MONTHLY_USD") ?? string.Empty).Split(
            ',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var parts = entry.Split('=', StringSplitOptions.TrimEntries);
            if (parts is [{ Length: > 0 } name, var amount] && Usd.TryParse(amount, out var usd) && usd >= Usd.Zero)
            {
                tiers[name] = [TierTable.MonthlyUsd(usd.Amount)];
            }
            else
            {
                env.Require(
                    false, "TIER_MONTHLY_USD must list tiers with dollars a month, such as sandbox=25,standard=100");
            }
        }

        var fallback = env.OptionalText("DEFAULT_TIER") ?? TierTable.Sandbox;
        env.Require(tiers.ContainsKey(fallback), $"DEFAULT_TIER must be one of {string.Join(", ", tiers.Keys)}");
        return new TierTable(tiers, fallback);
    }
}
