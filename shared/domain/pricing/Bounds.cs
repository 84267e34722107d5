namespace AiGateway.Domain.Pricing;

/// <summary>The dearest that a request may be billed at, by one row.</summary>
internal static class Bounds
{
    internal static HoldPrices? Of(ModelPrice price, RateCard[] cards, string? serviceTier, long? inputTokensMost)
    {
        var tier = price.Billed(ServiceTiers.TryRead(serviceTier, out var asked) ? asked : ServiceTier.Standard);
        var plain = (RateCards.Choose(cards, tier, 0) ?? RateCards.Choose(cards, ServiceTier.Standard, 0))?.Rates;
        var answers = price.Kind is not (ModelKind.Embedding or ModelKind.Rerank);
        if (plain?.Input is not { } input || (answers && plain.Output is null))
        {
            return price.RequestFeeUsd is { } fee && !answers ? new(0m, 0m, 0m, 0m, Usd.RoundUp(fee)) : null;
        }

        var anyTier = ServiceTiers.IsUndecided(serviceTier) || !ServiceTiers.TryRead(serviceTier, out _);
        var dearestInput = input;
        var dearestOutput = plain.Output ?? 0m;
        foreach (var card in cards)
        {
            var reached = inputTokensMost is null || inputTokensMost > card.ContextOver;
            if ((reached || card.ContextOver == 0) && (anyTier || card.Tier == tier || card.Tier == ServiceTier.Standard))
            {
                dearestInput = Math.Max(dearestInput, DearestInput(card.Rates));
                dearestOutput = Math.Max(dearestOutput, DearestOutput(card.Rates));
            }
        }

        return new(input, dearestInput, plain.Output ?? 0m, dearestOutput, Usd.RoundUp(price.RequestFeeUsd ?? 0m));
    }

    private static decimal DearestInput(TokenRates rates) =>
        Math.Max(
            Math.Max(rates.Input ?? 0m, Math.Max(rates.CacheWrite ?? 0m, rates.CacheWriteOneHour ?? 0m)),
            Math.Max(rates.InputAudio ?? 0m, rates.InputImage ?? 0m));

    private static decimal DearestOutput(TokenRates rates) =>
        Math.Max(
            Math.Max(rates.Output ?? 0m, rates.Reasoning ?? 0m),
            Math.Max(rates.OutputAudio ?? 0m, rates.OutputImage ?? 0m));
}
