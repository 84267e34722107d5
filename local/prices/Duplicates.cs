using AiGateway.Domain.Pricing;

namespace AiGateway.Local.Prices;

/// <summary>LiteLLM has some models under two names that are one to the gateway.</summary>
internal static class Duplicates
{
    /// <summary>One row for each gateway name; what became of the other is reported.</summary>
    internal static IReadOnlyList<ModelPrice> Merged(IEnumerable<SourceRow> rows, ImportReport report) =>
    [
        .. rows.GroupBy(row => (row.Price.Provider, row.Price.Model)).Select(group =>
            group.OrderByDescending(row => Weight(row.Price)).ThenBy(row => row.Entry, StringComparer.Ordinal)
                .Aggregate((kept, other) => Merge(kept, other, report)).Price),
    ];

    private static SourceRow Merge(SourceRow kept, SourceRow other, ImportReport report)
    {
        var one = kept.Price;
        var two = other.Price;
        if (PriceHistory.Prices(one) == PriceHistory.Prices(two))
        {
            report.Drop(LiteLlmSource.Name, other.Entry, $"the same price as {kept.Entry}, which has the same gateway name");
            return kept;
        }

        var agrees = one.Standard is { } first && two.Standard is { } second
            && RateExtensions.All.All(rate => first.Of(rate) is null || second.Of(rate) is null
                || first.Of(rate) == second.Of(rate));
        report.Drop(LiteLlmSource.Name, other.Entry, agrees
            ? $"merged into {kept.Entry}, which has the same gateway name and prices, and what it adds is kept"
            : $"disagrees with {kept.Entry}, which has the same gateway name: the dearer counts");
        return agrees ? kept with { Price = Union(one, two) } : kept;
    }

    private static ModelPrice Union(ModelPrice one, ModelPrice two)
    {
        var cards = one.Cards.Concat(two.Cards).GroupBy(card => (card.Tier, card.ContextOver))
            .Select(group => group.Aggregate((first, second) => first with { Rates = first.Rates.Or(second.Rates) }));
        return one with
        {
            Cards = [.. cards],
            ContextWindow = one.ContextWindow ?? two.ContextWindow,
            MaxOutputTokens = one.MaxOutputTokens ?? two.MaxOutputTokens,
        };
    }

    private static decimal Weight(ModelPrice price) =>
        (price.Standard?.Input ?? 0m) + (price.Standard?.Output ?? 0m) + (price.Cards.Count * 0.000000000001m);
}
