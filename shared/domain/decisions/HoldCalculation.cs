using System.Globalization;
using AiGateway.Domain.Budgets;
using AiGateway.Domain.Ledger;

namespace AiGateway.Domain.Decisions;

/// <summary>
/// <c>input bound × input price + choices × output bound × output price + fee</c> (design.md, "How much is held"). A
/// bound that is not
/// known is a refusal: it is neither zero nor a guess.
/// </summary>
public static class HoldCalculation
{
    /// <summary>In the <c>expected</c> mode.</summary>
    public const long BytesPerToken = 4;

    /// <param name="call">What is asked for.</param>
    /// <param name="price">What it may be billed at.</param>
    /// <param name="mode">The budget's.</param>
    /// <param name="expectedExternalTokens">Input tokens for what the provider reads beyond the request, in the
    /// <c>expected</c> mode.</param>
    /// <returns>The hold, or why the call can't be bounded (<c>request_not_bounded</c>).</returns>
    public static Outcome<Hold> Of(GuardedCall call, CallPrice price, HoldMode mode, long expectedExternalTokens)
    {
        var input = InputBound(call, price, mode, expectedExternalTokens);
        var output = OutputBound(call, price);
        if (price.IsFree)
        {
            return Free(call, price, mode, input, output);
        }

        if (input.Tokens is not { } inputTokens)
        {
            return new Problem("request_not_bounded", input.Why);
        }

        if (output.Tokens is not { } outputTokens)
        {
            return new Problem("request_not_bounded", output.Why);
        }

        var worst = mode == HoldMode.WorstCase;
        var inputPrice = worst ? price.DearestInputUsdPerToken : price.PlainInputUsdPerToken;
        var outputPrice = worst ? price.DearestOutputUsdPerToken : price.PlainOutputUsdPerToken;
        var fixedUsd = (inputTokens * inputPrice) + price.RequestFeeUsd;
        var perOutputToken = call.Choices * outputPrice;
        return new Hold(
            Usd.RoundUp(fixedUsd + (outputTokens * perOutputToken)),
            new HoldBounds(mode, inputTokens, outputTokens, call.Choices),
            fixedUsd,
            perOutputToken,
            IsFree: false,
            string.Create(
                CultureInfo.InvariantCulture,
                $"{Name(mode)}: {inputTokens} in ({input.Why}) x {inputPrice} + {call.Choices} x {outputTokens} out ({output.Why}) x "
                + $"{outputPrice} + fee {price.RequestFeeUsd}; {Tokens(call, inputTokens, outputTokens)}; {price.Source}"));
    }

    // A limit of money lets it through whatever its size; one of tokens needs to know the size all the same.
    private static Hold Free(GuardedCall call, CallPrice price, HoldMode mode, Bound input, Bound output)
    {
        var (inputTokens, outputTokens) = (input.Tokens ?? call.SizeBytes, output.Tokens ?? call.MaxTokens);
        return new Hold(
            Usd.Zero,
            new HoldBounds(mode, inputTokens, outputTokens, call.Choices),
            0m,
            0m,
            IsFree: true,
            string.Create(
                CultureInfo.InvariantCulture,
                $"free: {inputTokens} in ({input.Why}), {outputTokens} out ({output.Why}); "
                + $"{Tokens(call, inputTokens, outputTokens)}; {price.Source}"))
        {
            TokensNotBounded = input.Tokens is null ? input.Why : output.Tokens is null ? output.Why : null,
        };
    }

    private static string Tokens(GuardedCall call, long input, long output) => string.Create(
                CultureInfo.InvariantCulture,
        $"tokens {input} + {call.Choices} x {output} = {input + ((decimal)call.Choices * output)}; requests 1");

    private static Bound InputBound(GuardedCall call, CallPrice price, HoldMode mode, long expectedExternalTokens)
    {
        if (mode == HoldMode.Expected)
        {
            var external = call.ReadsMore ? expectedExternalTokens : 0;
            var tokens = ((call.SizeBytes + BytesPerToken - 1) / BytesPerToken) + external;
            return Capped(tokens, price.ContextWindow, call.ReadsMore ? "bytes/4 + external" : "bytes/4");
        }

        if (!call.ReadsMore)
        {
            return Capped(call.SizeBytes, price.ContextWindow, "bytes");
        }

        return price.ContextWindow is { } window
            ? new Bound(window, "context window: external input")
            : new Bound(
                null,
                "The request makes the provider read more than it contains (images, files, tools, a stored conversation), and the "
                + "context window of this model is not known.");
    }

    private static Bound OutputBound(GuardedCall call, CallPrice price)
    {
        if (!call.HasOutput || !price.HasOutput)
        {
            return new Bound(0, "none");
        }

        if (call.MaxTokens > 0)
        {
            return Capped(call.MaxTokens, price.MaxOutputTokens, "max_tokens");
        }

        return price.MaxOutputTokens is { } most
            ? new Bound(most, "model limit")
            : new Bound(
                null,
                "The request names no max_tokens and the output limit of this model is not known: say max_tokens.");
    }

    private static Bound Capped(long tokens, long? cap, string why) =>
        cap is { } most && most < tokens ? new Bound(most, $"{why}, capped by the model") : new Bound(tokens, why);

    private static string Name(HoldMode mode) => mode == HoldMode.WorstCase ? "worst_case" : "expected";

    private readonly record struct Bound(long? Tokens, string Why);
}
