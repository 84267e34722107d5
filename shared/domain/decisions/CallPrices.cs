using AiGateway.Domain.Pricing;

namespace AiGateway.Domain.Decisions;

/// <summary>What to do about a model without a price.</summary>
public enum UnknownPricePolicy
{
    /// <summary>Refuse: the default.</summary>
    Reject,

    /// <summary>Count it as the provider's dearest model, flagged.</summary>
    Assume,
}

/// <summary>Reads from the price book what a bound needs.</summary>
public static class CallPrices
{
    /// <returns>The price, or <c>price_unknown</c> with the reason: a row that cannot bound a request counts as
    /// none.</returns>
    public static Outcome<CallPrice> Find(
        PriceBook book, GuardedCall call, DateTimeOffset now, UnknownPricePolicy unknown)
    {
        var query = new PriceQuery(call.Provider, null, call.Model, now, call.ServiceTier);
        var found = Read(book.Find(query), call);
        return found is Outcome<CallPrice>.Failed && unknown == UnknownPricePolicy.Assume
            ? Read(book.FindOrAssume(query), call)
            : found;
    }

    private static Outcome<CallPrice> Read(PriceLookup lookup, GuardedCall call)
    {
        if (lookup is not PriceLookup.Found(var price, var how))
        {
            return new Problem("price_unknown", ((PriceLookup.Unknown)lookup).Reason);
        }

        var answers = price.Kind is not (ModelKind.Embedding or ModelKind.Rerank);
        var source = $"{price.Provider}/{price.Model} {price.EffectiveFrom:O} {price.Source} {how}";
        if (price.IsFree)
        {
            return new CallPrice(
                source, 0m, 0m, 0m, 0m, 0m, price.ContextWindow, price.MaxOutputTokens, answers, IsFree: true);
        }

        // A token has at least a byte: what the request does not contain cannot lift it into a dearer context tier.
        return price.ForHold(call.ServiceTier, call.ReadsMore ? null : call.SizeBytes) is { } hold
            ? new CallPrice(
                source,
                hold.PlainInputUsdPerToken,
                hold.DearestInputUsdPerToken,
                hold.PlainOutputUsdPerToken,
                hold.DearestOutputUsdPerToken,
                hold.RequestFee.Amount,
                price.ContextWindow,
                price.MaxOutputTokens,
                answers,
                IsFree: false)
            : new Problem("price_unknown", $"The row {source} has no price per token that could bound a request.");
    }
}
