using AiGateway.Domain.Pricing;

namespace AiGateway.Local.Prices;

/// <summary>One request to price, as its line said it.</summary>
internal sealed record PriceLine(PriceQuery Query, LoggedUsage Usage);
