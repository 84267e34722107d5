using System.Globalization;
using AiGateway.Domain.AccessLog;
using AiGateway.Domain.Ledger;
using AiGateway.Domain.Pricing;

namespace AiGateway.Domain.Settlement;

/// <summary>The prices in force when the request was admitted, or began where nobody admitted it.</summary>
/// <param name="Found">Null: no price is known for this model.</param>
/// <param name="Why">How it was found, or why not: kept in the ledger.</param>
/// <param name="ServiceTier">As the answer says, else as asked for.</param>
internal sealed record LinePrice(ModelPrice? Found, string Why, string? ServiceTier)
{
    private const int WhyLengthMax = 300;

    public static LinePrice Of(AccessLine line, Attempt? attempt, PriceBook book)
    {
        var query = Query(line, attempt);
        return Read(book.Find(query), query);
    }

    /// <summary>
    /// Where there is no hold to fall back on: the provider's dearest model, said so. Null: it has none.
    /// </summary>
    public static LinePrice Assumed(AccessLine line, PriceBook book)
    {
        var query = Query(line, null);
        return Read(book.FindOrAssume(query), query);
    }

    private static PriceQuery Query(AccessLine line, Attempt? attempt) => new(
        line.Call.Provider,
        line.Answer.Model,
        line.Call.Model,
        attempt?.AdmittedAt ?? line.StartedAt,
        line.Call.ServiceTier ?? attempt?.Call.ServiceTier);

    private static LinePrice Read(PriceLookup lookup, PriceQuery query) => lookup switch
    {
        PriceLookup.Found(var price, var how) => new(
            price,
            Bounded(string.Create(
                CultureInfo.InvariantCulture,
                $"{price.Provider}/{price.Model} from {price.EffectiveFrom:yyyy-MM-dd}, {price.Source}, {how}")),
            query.ServiceTier),
        PriceLookup.Unknown(var reason) => new(null, Bounded(reason), query.ServiceTier),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static string Bounded(string text) => text.Length <= WhyLengthMax ? text : text[..WhyLengthMax];
}
