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
