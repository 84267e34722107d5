using AiGateway.Domain.Budgets;
using AiGateway.Domain.Ledger;

namespace AiGateway.Domain.Decisions;

/// <summary>What is reserved for a call, and why it is that much.</summary>
/// <param name="Amount">Rounded up to twelve decimals.</param>
/// <param name="Bounds">In tokens: settlement estimates with the same ones.</param>
/// <param name="FixedUsd">The part that does not depend on the output: input and request fee.</param>
/// <param name="UsdPerOutputToken">Of all choices together.</param>
/// <param name="IsFree">Nothing is reserved because the model is free.</param>
/// <param name="Explanation">One line for the log.</param>
public sealed record Hold(
    Usd Amount, HoldBounds Bounds, decimal FixedUsd, decimal UsdPerOutputToken, bool IsFree, string Explanation)
{
    /// <summary>
    /// Why the tokens of a free model can't be bounded, which limits of money don't ask for; null where they are.
    /// </summary>
    public string? TokensNotBounded { get; init; }

    /// <summary>What is held in a dimension: dollars, tokens in and out, one request.</summary>
    public decimal AmountOf(Dimension dimension) => dimension switch
    {
        Dimension.Usd => Amount.Amount,
        Dimension.Tokens => Bounds.InputTokens + ((decimal)Bounds.Choices * Bounds.OutputTokens),
        _ => 1m,
    };

    /// <summary>
    /// The largest output bound whose hold is at most what is left of a dimension; 0 where even the input does not
    /// fit, or where the
    /// output does not matter.
    /// </summary>
    public long LargestMaxTokensWithin(Dimension dimension, decimal left) => dimension switch
    {
        _ when left <= 0m => 0,
        Dimension.Usd => LargestMaxTokensWithin(new Usd(left)),
        Dimension.Tokens when left > Bounds.InputTokens =>
            (long)Math.Min(decimal.Floor((left - Bounds.InputTokens) / Bounds.Choices), Bounds.OutputTokens),
        _ => 0,
    };

    /// <summary>The largest output bound whose hold is at most <paramref name="left"/>; 0 where even the input does
    /// not fit.</summary>
    public long LargestMaxTokensWithin(Usd left)
    {
        if (UsdPerOutputToken <= 0m || left.Amount <= FixedUsd)
        {
            return 0;
        }

        var tokens = Math.Min(decimal.Floor((left.Amount - FixedUsd) / UsdPerOutputToken), Bounds.OutputTokens);
        // Dividing may have rounded up at the last of 28 digits.
        while (tokens > 0 && Usd.RoundUp(FixedUsd + (tokens * UsdPerOutputToken)) > left)
        {
            tokens--;
        }

        return (long)tokens;
    }
}
