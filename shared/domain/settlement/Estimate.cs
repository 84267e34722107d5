using AiGateway.Domain.Budgets;
using AiGateway.Domain.Ledger;
using AiGateway.Domain.Pricing;

namespace AiGateway.Domain.Settlement;

/// <summary>What a request may have cost of which no figure is known.</summary>
internal sealed record Estimate(Usd Cost, long InputTokens, long OutputTokens)
{
    private const long BytesPerToken = 4;

    /// <summary>Nothing of the answer is known: all that was reserved for it.</summary>
    public static Estimate WholeHold(Attempt attempt) => new(
        attempt.Hold, attempt.Bounds.InputTokens, attempt.Bounds.OutputTokens * attempt.Bounds.Choices);

    /// <summary>All that it can have been, by the model's own limits: where nothing was reserved.</summary>
    public static Estimate Most(EstimateBounds bounds, HoldPrices prices) =>
        Of(bounds.Input, bounds.Output, bounds, prices);

    /// <summary>
    /// Part of the answer went to the client. Input: the provider's count where the line has one, else what was
    /// reserved.
    /// Output: in the worst case at most a token for each byte that went out, and at most what was reserved; else a
    /// token
    /// for each event, or for four bytes of an answer that is no stream.
    /// </summary>
    public static Estimate OfPartialAnswer(
        in BilledLine line, UsageResult.Incomplete usage, EstimateBounds bounds, HoldPrices prices, LinePrice price)
    {
        var output = Math.Max(usage.Partial?.TotalOutput ?? 0, Math.Min(OutputSeen(line, bounds), bounds.Output));
        if (usage is not { Partial: { } partial, ProvidersInputCount: { } counted })
        {
            return Of(bounds.Input, output, bounds, prices);
        }

        var known = partial with { Output = 0, Reasoning = 0, OutputAudio = 0, OutputImage = 0 };
        return price.Found!.CostOf(known, price.ServiceTier) is Outcome<CostBreakdown>.Ok(var inputCost)
            ? new(Usd.RoundHalfEven(inputCost.Total.Amount + (output * bounds.OutputPrice(prices))), counted, output)
            : Of(counted, output, bounds, prices);
    }

    private static long OutputSeen(in BilledLine line, EstimateBounds bounds)
    {
        if (line.Answer.Bytes is not { } bytes)
        {
            return bounds.Output;
        }

        return bounds.Mode == HoldMode.WorstCase
            ? bytes
            : line.Answer.StreamEvents ?? (bytes / BytesPerToken) + 1;
    }

    private static Estimate Of(long input, long output, EstimateBounds bounds, HoldPrices prices)
    {
        var cost = (input * bounds.InputPrice(prices)) + (output * bounds.OutputPrice(prices));
        return new(Usd.RoundHalfEven(cost + prices.RequestFee.Amount), input, output);
    }
}
