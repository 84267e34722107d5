namespace AiGateway.Domain.Pricing;

/// <summary>The rates of one service tier, for requests with more than so many input tokens.</summary>
/// <param name="Tier">The service tier.</param>
/// <param name="ContextOver">The card counts when the request's whole input, cached tokens included, has more tokens
/// than this (0: the base card). The whole request moves, not only what is above.</param>
/// <param name="Rates">USD per token.</param>
public sealed record RateCard(ServiceTier Tier, long ContextOver, TokenRates Rates);
