using System.Text.RegularExpressions;
using AiGateway.Domain.Pricing;

namespace AiGateway.Local.Prices;

/// <summary>Adds an import to a book without touching the past: what was in force stays in force for its time.</summary>
internal static partial class PriceHistory
{
    /// <summary>
    /// From when on a price counts whose source does not say: before agentgateway v1.4.1 (2026-07-29), so that no line
    /// it ever wrote is older, and before the first price change that the sources date (2025-06-10).
    /// </summary>
    internal static readonly DateOnly Opening = new(2025, 1, 1);

    internal static IReadOnlyList<ModelPrice> Merge(
        IReadOnlyList<ModelPrice> previous, IReadOnlyList<ModelPrice> imported)
    {
        var past = previous.GroupBy(Key).ToDictionary(group => group.Key, group => group.ToList());
        var merged = imported.GroupBy(Key).SelectMany(group =>
            past.Remove(group.Key, out var known) ? Continued(known, [.. group]) : group);

        // A model that left the sources keeps its prices: lines about it can still come.
        return Ordered(merged.Concat(past.Values.SelectMany(rows => rows)));
    }

    internal static IReadOnlyList<ModelPrice> Ordered(IEnumerable<ModelPrice> rows) =>
    [
        .. rows.OrderBy(row => row.Provider, StringComparer.Ordinal)
            .ThenBy(row => row.Model, StringComparer.Ordinal).ThenBy(row => row.EffectiveFrom),
    ];

    private static IEnumerable<ModelPrice> Continued(List<ModelPrice> known, List<ModelPrice> imported)
    {
        var seen = imported.Max(SourceDate);
        var kept = known.Where(row => row.EffectiveFrom <= seen).ToList();
        var before = kept.LastOrDefault();
        var now = imported.LastOrDefault(row => row.EffectiveFrom <= seen);
        if (before is null || now is null)
        {
            return kept.Concat(imported.Where(row => kept.TrueForAll(old => old.EffectiveFrom != row.EffectiveFrom)));
        }

        var isSame = Prices(before) == Prices(now);
        if (isSame)
        {
            kept[^1] = before with
            {
                Kind = now.Kind, ContextWindow = now.ContextWindow, MaxOutputTokens = now.MaxOutputTokens,
            };
        }
        else
        {
            // A change that the source dates counts from its date on, another from the day that it was seen.
            var from = now.EffectiveFrom > before.EffectiveFrom ? now.EffectiveFrom : seen;
            kept.Add(now with { EffectiveFrom = from });
        }

        return kept.Concat(imported.Where(row => row.EffectiveFrom > seen));
    }

    /// <summary>What is billed: everything but where it is from, since when, and the model's limits.</summary>
    internal static string Prices(ModelPrice row) => PriceRowText.Write(row).Split('\t')[7];

    private static (string Provider, string Model) Key(ModelPrice row) => (row.Provider, row.Model);

    /// <summary>The newest of the row's sources.</summary>
    internal static DateOnly SourceDate(ModelPrice row) =>
        SourceDates().Matches(row.Source).Select(match => DateOnly.ParseExact(match.Value, "yyyy-MM-dd"))
            .DefaultIfEmpty(Opening).Max();

    [GeneratedRegex(@"\d{4}-\d{2}-\d{2}")]
    private static partial Regex SourceDates();
}
