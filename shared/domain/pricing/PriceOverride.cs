namespace AiGateway.Domain.Pricing;

/// <summary>An operator's word on a price: a negotiated rate, a private model, a discount.</summary>
/// <param name="Provider">The gateway's provider name.</param>
/// <param name="Model">The response or request model exactly as logged, or <c>*</c> (discounts only): every model of
/// the provider.</param>
/// <param name="EffectiveFrom">In force from the start of this day, UTC, until the next override of the same key.</param>
/// <param name="Terms">What it says.</param>
public sealed record PriceOverride(string Provider, string Model, DateOnly EffectiveFrom, OverrideTerms Terms)
{
    /// <summary>Every model of the provider.</summary>
    public const string EveryModel = "*";
}

/// <summary>What an override says.</summary>
public abstract record OverrideTerms
{
    private OverrideTerms()
    {
    }

    /// <summary>These rates instead of the book's, whole.</summary>
    public sealed record Rates(ModelPrice Price) : OverrideTerms;

    /// <summary>So many percent off the book's prices; 0 ends an earlier discount. Each price per token is rounded
    /// half to even to 1e-12 USD, so that costs stay exact sums.</summary>
    public sealed record Discount(decimal Percent) : OverrideTerms
    {
        private const int Decimals = Usd.DecimalsMax;

        internal ModelPrice Applied(ModelPrice price) => price with
        {
            Cards = [.. price.Cards.Select(card => card with { Rates = card.Rates.Map(Less) })],
            RequestFeeUsd = price.RequestFeeUsd is { } fee ? Less(fee) : null,
        };

        private decimal Less(decimal rate) =>
            decimal.Round(rate * (100m - Percent) / 100m, Decimals, MidpointRounding.ToEven);
    }

    /// <summary>Billed as another model of the book: what an application inference profile or a deployment is.</summary>
    public sealed record SameAs(string Provider, string Model) : OverrideTerms;

    /// <summary>Ends earlier overrides of the key: the book counts again.</summary>
    public sealed record Ended : OverrideTerms;
}
