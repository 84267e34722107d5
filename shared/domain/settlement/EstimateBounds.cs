using AiGateway.Domain.AccessLog;
using AiGateway.Domain.Budgets;
using AiGateway.Domain.Ledger;
using AiGateway.Domain.Pricing;

namespace AiGateway.Domain.Settlement;

/// <summary>At most how many tokens a request was, and at which of the price's figures they are taken.</summary>
/// <param name="Mode">Worst case: the dearest price; expected: the plain one.</param>
/// <param name="Input">Tokens of the request.</param>
/// <param name="Output">Tokens of all its answers.</param>
internal sealed record EstimateBounds(HoldMode Mode, long Input, long Output)
{
    /// <summary>As the hold bounded it.</summary>
    public static EstimateBounds Of(HoldBounds held) =>
        new(held.Mode, held.InputTokens, held.OutputTokens * held.Choices);

    /// <summary>
    /// Where nothing was reserved, by the model's limits: the line tells neither how large the request was nor how many
    /// answers were asked for.
    /// </summary>
    /// <exception cref="UnbookableLineException">The price book does not know the model's limits.</exception>
    public static EstimateBounds Of(in BilledLine line, ModelPrice price)
    {
        var answers = price.Kind is not (ModelKind.Embedding or ModelKind.Rerank);
        var asked = line.Call.MaxTokens is > 0 and { } tokens ? tokens : (long?)null;
        var output = !answers ? 0 : Least(asked, price.MaxOutputTokens) ?? line.Answer.Bytes;
        return price.ContextWindow is { } window && output is { } most
            ? new(HoldMode.WorstCase, window, Math.Min(most, AccessLineReader.TokensMax))
            : throw new UnbookableLineException(
                $"No hold was taken, and the limits of {price.Provider} {price.Model} are not known.");
    }

    public decimal InputPrice(HoldPrices prices) =>
        Mode == HoldMode.WorstCase ? prices.DearestInputUsdPerToken : prices.PlainInputUsdPerToken;

    public decimal OutputPrice(HoldPrices prices) =>
        Mode == HoldMode.WorstCase ? prices.DearestOutputUsdPerToken : prices.PlainOutputUsdPerToken;

    private static long? Least(long? left, long? right) =>
        left is null ? right : right is null ? left : Math.Min(left.Value, right.Value);
}
