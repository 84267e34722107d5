namespace AiGateway.Domain.Pricing;

/// <summary>Overrides by key, dated. Lookups allocate nothing.</summary>
internal sealed class PriceOverrides
{
    internal static readonly PriceOverrides None = new([]);

    // Newest first, so that the first one in force counts.
    private readonly Dictionary<(string Provider, string Model), PriceOverride[]> byKey;

    internal PriceOverrides(IEnumerable<PriceOverride> overrides) =>
        byKey = overrides
            .GroupBy(entry => (entry.Provider, entry.Model))
            .ToDictionary(
                group => group.Key, group => group.OrderByDescending(entry => entry.EffectiveFrom).ToArray());

    internal IEnumerable<string> Providers => byKey.Keys.Select(key => key.Provider).Distinct();

    /// <summary>The override of the response model, else of the request model, that is in force.</summary>
    internal PriceOverride? Find(PriceQuery query) =>
        byKey.Count == 0 ? null : InForce(query, query.ResponseModel) ?? InForce(query, query.RequestModel);

    /// <summary>The model's own discount, else the provider's.</summary>
    internal OverrideTerms.Discount? DiscountFor(PriceQuery query) =>
        byKey.Count == 0
            ? null
            : Find(query)?.Terms as OverrideTerms.Discount
                ?? InForce(query, PriceOverride.EveryModel)?.Terms as OverrideTerms.Discount;

    private PriceOverride? InForce(PriceQuery query, string? model)
    {
        if (query.Provider is null || model is null || !byKey.TryGetValue((query.Provider, model), out var dated))
        {
            return null;
        }

        var day = DateOnly.FromDateTime(query.At.UtcDateTime);
        foreach (var entry in dated)
        {
            if (entry.EffectiveFrom <= day)
            {
                return entry.Terms is OverrideTerms.Ended ? null : entry;
            }
        }

        return null;
    }
}
