using System.Globalization;
using AiGateway.Domain;

namespace BudgetEnforcement.Decode;

/// <summary>A whole number in a header: digits and nothing else, within bounds. No sign, fraction, exponent, space or
/// list (T48, T91).</summary>
internal static class WholeNumber
{
    /// <summary>Above anything real, and far from where products of two of them would overflow.</summary>
    public const long Most = 1_000_000_000_000;

    public static Outcome<long> Read(string name, string text, long min, long max) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && number >= min && number <= max
            ? number
            : new Problem("bad_number", $"{name} must be a whole number from {min} to {max}.");
}
