using AiGateway.Domain.Pricing;

namespace AiGateway.Local.Prices;

/// <summary>Collects a row's rates one by one, whatever order a source has them in.</summary>
internal sealed class CardsBuilder
{
    private readonly SortedDictionary<(ServiceTier Tier, long ContextOver), TokenRates> cards = [];

    internal bool IsEmpty => cards.Count == 0;

    internal void Set(ServiceTier tier, long contextOver, Rate rate, UsdPerToken price)
    {
        var rates = cards.GetValueOrDefault((tier, contextOver)) ?? new TokenRates();
        cards[(tier, contextOver)] = rates.With(rate, price.Rounded().Amount);
    }

    internal bool Has(ServiceTier tier, long contextOver, Rate rate) =>
        cards.TryGetValue((tier, contextOver), out var rates) && rates.Of(rate) is not null;

    /// <summary>The cards; a tier that is named only above a context bound has no base and is left out.</summary>
    internal RateCard[] Build() =>
    [
        .. cards.Where(card => cards.ContainsKey((card.Key.Tier, 0)))
            .Select(card => new RateCard(card.Key.Tier, card.Key.ContextOver, card.Value)),
    ];
}
