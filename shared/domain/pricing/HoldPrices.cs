namespace AiGateway.Domain.Pricing;

/// <summary>Prices for bounds: what a token most likely costs, and the dearest it may be billed at.</summary>
/// <param name="PlainInputUsdPerToken">Uncached text input below every context tier.</param>
/// <param name="DearestInputUsdPerToken">The highest of plain input, cache writes (both lifetimes), audio and image
/// input, over the service tiers that may be billed and all context tiers.</param>
/// <param name="PlainOutputUsdPerToken">Text output below every context tier; 0 for a model that answers without.</param>
/// <param name="DearestOutputUsdPerToken">The highest of output, reasoning, audio and image output, likewise.</param>
/// <param name="RequestFee">Per request, whatever its size.</param>
public sealed record HoldPrices(
    decimal PlainInputUsdPerToken,
    decimal DearestInputUsdPerToken,
    decimal PlainOutputUsdPerToken,
    decimal DearestOutputUsdPerToken,
    Usd RequestFee);
