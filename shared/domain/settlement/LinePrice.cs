using System.Globalization;
using AiGateway.Domain.Pricing;

namespace AiGateway.Domain.Settlement;

/// <summary>The prices in force when the request was admitted, or began where nobody admitted it.</summary>
/// <param name="Found">Null: no price is known for this model.</param>
/// <param name="Why">How it was found, or why not: kept in the ledger.</param>
/// <param name="ServiceTier">As the answer says, else as asked for.</param>
internal sealed record LinePrice(ModelPrice? Found, string Why, string? ServiceTier)
{
    private const int WhyLengthMax = 300;

    public static LinePrice Of(PriceLookup lookup, string? serviceTier) => lookup switch
    {
        PriceLookup.Found(var price, var how) => new(
            price,
            Bounded(string.Create(
                CultureInfo.InvariantCulture,
                $"{price.Provider}/{price.Model} from {price.EffectiveFrom:yyyy-MM-dd}, {price.Source}, {how}")),
            serviceTier),
        PriceLookup.Unknown(var reason) => new(null, Bounded(reason), serviceTier),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static string Bounded(string text) => text.Length <= WhyLengthMax ? text : text[..WhyLengthMax];
}
