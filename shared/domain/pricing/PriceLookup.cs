namespace AiGateway.Domain.Pricing;

/// <summary>How a price was found, from the surest to the least sure.</summary>
public enum FoundBy
{
    /// <summary>The response model's own row.</summary>
    Exact,

    /// <summary>The response model, after a documented normalisation (docs/prices.md).</summary>
    Normalised,

    /// <summary>The request model, exactly or normalised, because the response model has no row or was not logged.</summary>
    RequestModel,

    /// <summary>An operator's own price, discount or mapping (the <c>prices</c> table).</summary>
    Override,

    /// <summary>Not known: the dearest model of that provider, by the policy <c>assume</c>. Books as estimated.</summary>
    Assumed,
}

/// <summary>A price, or why there is none. Never a silent guess.</summary>
public abstract record PriceLookup
{
    private PriceLookup()
    {
    }

    public sealed record Found(ModelPrice Price, FoundBy How) : PriceLookup;

    public sealed record Unknown(string Reason) : PriceLookup;
}
