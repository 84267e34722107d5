namespace AiGateway.Domain.Pricing;

/// <summary>Tokens times prices. Nothing is ever priced at zero because its price is missing.</summary>
internal static class Costing
{
    private static readonly TokenRates Unpriced = new();

    internal static Outcome<CostBreakdown> CostOf(ModelPrice price, BillableUsage usage, string? serviceTier) =>
        PartsOf(price, usage, serviceTier, out var parts) is { } missing ? missing : parts.Breakdown();

    /// <summary>The breakdown's total, where nothing else of it is wanted.</summary>
    internal static Outcome<Usd> TotalOf(ModelPrice price, BillableUsage usage, string? serviceTier) =>
        PartsOf(price, usage, serviceTier, out var parts) is { } missing ? missing : Rounded(parts.Total);

    private static Problem? PartsOf(ModelPrice price, BillableUsage usage, string? serviceTier, out Parts parts)
    {
        parts = default;
        if (!ServiceTiers.TryRead(serviceTier, out var tier))
        {
            return Missing(price, $"the service tier '{Shown(serviceTier)}'");
        }

        if (price.CardFor(tier, usage.TotalInput) is not { } card)
        {
            parts = new(usage, Unpriced, null, price.RequestFeeUsd ?? 0m, new(tier, 0, Unpriced));
            return usage.TotalTokens == 0 || price.RequestFeeUsd is null || price.Kind != ModelKind.Rerank
                ? Missing(price, price.Cards.Count == 0 ? "tokens" : $"the service tier '{Shown(serviceTier)}'")
                : null;
        }

        if (MissingKind(price, card.Rates, usage) is { } kind)
        {
            return Missing(price, kind);
        }

        parts = new(usage, card.Rates, usage.InputAudio == 0 ? null : InputAudio(price, card.Rates), price.RequestFeeUsd ?? 0m, card);
        return null;
    }

    // Most kinds of most requests are zero: nothing is to be multiplied or added.
    private static decimal Plus(decimal sum, long tokens, decimal? rate) => tokens == 0 ? sum : sum + (tokens * (rate ?? 0m));

    private static Usd Rounded(decimal amount) => amount == 0m ? Usd.Zero : Usd.RoundHalfEven(amount);

    // Reasoning without a price of its own is output: every provider in the book says so on its page.
    private static decimal? Reasoning(TokenRates rates) => rates.Reasoning ?? rates.Output;

    // Google's page gives one input price for all modalities and names audio only where it differs.
    private static decimal? InputAudio(ModelPrice price, TokenRates rates) =>
        rates.InputAudio ?? (price.Provider.StartsWith("gcp.", StringComparison.Ordinal) ? rates.Input : null);

    // Null: every kind that was used has a price.
    private static string? MissingKind(ModelPrice price, TokenRates rates, BillableUsage usage) =>
        rates.Input is null && usage.UncachedInput + usage.CacheRead + usage.CacheWrite > 0 ? "input tokens"
        : usage.Output > 0 && rates.Output is null ? "output tokens"
        : usage.InputAudio > 0 && InputAudio(price, rates) is null ? "audio input tokens"
        : usage.OutputAudio > 0 && rates.OutputAudio is null ? "audio output tokens"
        : usage.OutputImage > 0 && rates.OutputImage is null ? "image output tokens"
        : usage.Reasoning > 0 && Reasoning(rates) is null ? "reasoning tokens"
        : null;

    private static Problem Missing(ModelPrice price, string what) =>
        new("price_missing", $"{price.Provider} {price.Model} has no known price for {what}.");

    private static string Shown(string? tier) => tier is { Length: > 40 } ? tier[..40] + "…" : tier ?? "standard";

    // Not rounded yet. A cache read or write without a price of its own is billed as plain input: such providers cache without
    // charging for it and without a discount.
    private readonly struct Parts(BillableUsage usage, TokenRates rates, decimal? inputAudio, decimal fee, RateCard card)
    {
        public decimal Total => CacheRead(CacheWrite(Input(Output(Reasoned(fee)))));

        public CostBreakdown Breakdown() => new()
        {
            Total = Rounded(Total),
            Input = Rounded(Input(0m)),
            CacheRead = Rounded(CacheRead(0m)),
            CacheWrite = Rounded(CacheWrite(0m)),
            Output = Rounded(Output(0m)),
            Reasoning = Rounded(Reasoned(0m)),
            RequestFee = Rounded(fee),
            CacheSavings = Rounded(
                Plus(0m, usage.CacheRead + usage.CacheWrite, rates.Input) - CacheRead(CacheWrite(0m))),
            Card = card,
        };

        // Each on top of what there is already.
        private decimal Input(decimal sum) => Plus(Plus(sum, usage.UncachedInput, rates.Input), usage.InputAudio, inputAudio);

        private decimal CacheRead(decimal sum) => Plus(sum, usage.CacheRead, rates.CacheRead ?? rates.Input);

        private decimal CacheWrite(decimal sum) => Plus(sum, usage.CacheWrite, rates.CacheWrite ?? rates.Input);

        private decimal Output(decimal sum) => Plus(
            Plus(Plus(sum, usage.Output, rates.Output), usage.OutputAudio, rates.OutputAudio),
            usage.OutputImage,
            rates.OutputImage);

        private decimal Reasoned(decimal sum) => Plus(sum, usage.Reasoning, Costing.Reasoning(rates));
    }
}
