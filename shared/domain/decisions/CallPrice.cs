namespace AiGateway.Domain.Decisions;

/// <summary>What the price book says about a call, as far as a bound needs it.</summary>
/// <param name="Source">Which row, and how it was found: for the explanation.</param>
/// <param name="PlainInputUsdPerToken">What an input token most likely costs.</param>
/// <param name="DearestInputUsdPerToken">The most that one may be billed at: cache write, long context, service tier
/// (T93).</param>
/// <param name="PlainOutputUsdPerToken">What an output token most likely costs.</param>
/// <param name="DearestOutputUsdPerToken">The most that one may be billed at.</param>
/// <param name="RequestFeeUsd">For the request, whatever its size.</param>
/// <param name="ContextWindow">Input tokens at most; null: not known.</param>
/// <param name="MaxOutputTokens">Output tokens at most for each answer; null: not known.</param>
/// <param name="HasOutput">False for models that answer without tokens.</param>
/// <param name="IsFree">The source says explicitly that it costs nothing.</param>
public sealed record CallPrice(
    string Source,
    decimal PlainInputUsdPerToken,
    decimal DearestInputUsdPerToken,
    decimal PlainOutputUsdPerToken,
    decimal DearestOutputUsdPerToken,
    decimal RequestFeeUsd,
    long? ContextWindow,
    long? MaxOutputTokens,
    bool HasOutput,
    bool IsFree);
