namespace AiGateway.Domain.Pricing;

/// <summary>Tokens times prices. Nothing is ever priced at zero because its price is missing.</summary>
internal static class Costing
{
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
            parts = new(usage, default, price.RequestFeeUsd ?? 0m, new(tier, 0, new()));
            return usage.TotalTokens == 0 || price.RequestFeeUsd is null || price.Kind != ModelKind.Rerank
                ? Missing(price, price.Cards.Count == 0 ? "tokens" : $"the service tier '{Shown(serviceTier)}'")
                : null;
        }

        if (Rates(price, card.Rates, usage) is not { } rates)
        {
            return Missing(price, MissingKind(price, card.Rates, usage));
        }

        parts = new(usage, rates, price.RequestFeeUsd ?? 0m, card);
        return null;
    }

    private static Used? Rates(ModelPrice price, TokenRates rates, BillableUsage usage)
    {
        if ((rates.Input is null && usage.UncachedInput + usage.CacheRead + usage.CacheWrite > 0)
            || (rates.Output is null && usage.Output > 0)
            || (Reasoning(rates) is null && usage.Reasoning > 0)
            || (InputAudio(price, rates) is null && usage.InputAudio > 0)
            || (rates.OutputAudio is null && usage.OutputAudio > 0)
            || (rates.OutputImage is null && usage.OutputImage > 0))
        {
            return null;
        }

        // A cache read or write without a price of its own is billed as plain input: such providers cache without
        // charging for it and without a discount.
        return new(
            rates.Input ?? 0m,
            rates.CacheRead ?? rates.Input ?? 0m,
            rates.CacheWrite ?? rates.Input ?? 0m,
            rates.Output ?? 0m,
            Reasoning(rates) ?? 0m,
            InputAudio(price, rates) ?? 0m,
            rates.OutputAudio ?? 0m,
            rates.OutputImage ?? 0m);
    }

    // Most kinds of most requests are zero: nothing is to be multiplied or rounded.
    private static decimal Times(long tokens, decimal rate) => tokens == 0 ? 0m : tokens * rate;

    private static Usd Rounded(decimal amount) => amount == 0m ? Usd.Zero : Usd.RoundHalfEven(amount);

    // Reasoning without a price of its own is output: every provider in the book says so on its page.
    private static decimal? Reasoning(TokenRates rates) => rates.Reasoning ?? rates.Output;

    // Google's page gives one input price for all modalities and names audio only where it differs.
    private static decimal? InputAudio(ModelPrice price, TokenRates rates) =>
        rates.InputAudio ?? (price.Provider.StartsWith("gcp.", StringComparison.Ordinal) ? rates.Input : null);

    private static string MissingKind(ModelPrice price, TokenRates rates, BillableUsage usage)
    {
        if (rates.Input is null && usage.UncachedInput + usage.CacheRead + usage.CacheWrite > 0)
        {
            return "input tokens";
        }

        if (rates.Output is null && usage.Output > 0)
        {
            return "output tokens";
        }

        if (InputAudio(price, rates) is null && usage.InputAudio > 0)
        {
            return "audio input tokens";
        }

        return rates.OutputAudio is null && usage.OutputAudio > 0 ? "audio output tokens"
            : rates.OutputImage is null && usage.OutputImage > 0 ? "image output tokens" : "reasoning tokens";
    }

    private static Problem Missing(ModelPrice price, string what) =>
        new("price_missing", $"{price.Provider} {price.Model} has no known price for {what}.");

    private static string Shown(string? tier) => tier is { Length: > 40 } ? tier[..40] + "…" : tier ?? "standard";

    private readonly record struct Used(
        decimal Input,
        decimal CacheRead,
        decimal CacheWrite,
        decimal Output,
        decimal Reasoning,
        decimal InputAudio,
        decimal OutputAudio,
        decimal OutputImage);

    // Not rounded yet.
    private readonly struct Parts(BillableUsage usage, Used rates, decimal fee, RateCard card)
    {
        private readonly decimal input =
            Times(usage.UncachedInput, rates.Input) + Times(usage.InputAudio, rates.InputAudio);

        private readonly decimal cacheRead = Times(usage.CacheRead, rates.CacheRead);
        private readonly decimal cacheWrite = Times(usage.CacheWrite, rates.CacheWrite);

        private readonly decimal output = Times(usage.Output, rates.Output)
            + Times(usage.OutputAudio, rates.OutputAudio) + Times(usage.OutputImage, rates.OutputImage);

        private readonly decimal reasoning = Times(usage.Reasoning, rates.Reasoning);

        public decimal Total => input + cacheRead + cacheWrite + output + reasoning + fee;

        public CostBreakdown Breakdown() => new()
        {
            Total = Rounded(Total),
            Input = Rounded(input),
            CacheRead = Rounded(cacheRead),
            CacheWrite = Rounded(cacheWrite),
            Output = Rounded(output),
            Reasoning = Rounded(reasoning),
            RequestFee = Rounded(fee),
            CacheSavings = Rounded(Times(usage.CacheRead + usage.CacheWrite, rates.Input) - cacheRead - cacheWrite),
            Card = card,
        };
    }
}
