using System.Text.RegularExpressions;
using AiGateway.Domain.Pricing;

namespace AiGateway.Local.Prices;

/// <summary>
/// OpenAI lists service tiers by model, and LiteLLM has them on the alias (<c>o3</c>) more often than on its snapshot
/// (<c>o3-2025-04-16</c>), which is what answers name. A snapshot whose standard prices are its alias's has its tiers.
/// </summary>
internal static partial class Snapshots
{
    internal static IReadOnlyList<ModelPrice> Completed(IReadOnlyList<ModelPrice> rows)
    {
        var byName = rows.ToDictionary(row => (row.Provider, row.Model, row.EffectiveFrom));
        return [.. rows.Select(row => Completed(row, byName))];
    }

    private static ModelPrice Completed(
        ModelPrice row, Dictionary<(string Provider, string Model, DateOnly From), ModelPrice> byName)
    {
        var match = Dated().Match(row.Model);
        if (row.Provider is not ("openai" or "azure") || !match.Success
            || !byName.TryGetValue((row.Provider, row.Model[..match.Index], row.EffectiveFrom), out var alias)
            || row.Standard is null || row.Standard != alias.Standard)
        {
            return row;
        }

        var missing = alias.Cards.Where(card => card.Tier != ServiceTier.Standard
            && !row.Cards.Any(own => own.Tier == card.Tier));
        return row with { Cards = [.. row.Cards, .. missing] };
    }

    [GeneratedRegex(@"-\d{4}-\d{2}-\d{2}$")]
    private static partial Regex Dated();
}
