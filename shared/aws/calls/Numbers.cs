using System.Globalization;

namespace AiGateway.Aws;

/// <summary>
/// Numbers as DynamoDB keeps them (38 digits, exact) and as <see cref="decimal"/> (28 digits): neither way loses one.
/// Nothing is a binary
/// float on the way.
/// </summary>
internal static class Numbers
{
    private const NumberStyles Plain = NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign;

    /// <summary>Digits that a decimal surely keeps.</summary>
    private const int DigitsMax = 28;

    // So many digits fit 64 bits.
    private const int FewDigits = 18;

    // A sign, a zero, a point and 28 decimals are 31.
    private const int TextLengthMax = 40;

    /// <summary>Plain, without zeros at the end.</summary>
    public static string Text(decimal value)
    {
        Span<char> text = stackalloc char[TextLengthMax];
        return value.TryFormat(text, out var length, default, CultureInfo.InvariantCulture)
            ? new string(WithoutZeros(text[..length]))
            : throw new InvalidOperationException("A decimal is longer than a decimal can be.");
    }

    private static ReadOnlySpan<char> WithoutZeros(ReadOnlySpan<char> text)
    {
        var shortest = text.Contains('.') ? text.TrimEnd('0').TrimEnd('.') : text;
        return shortest is "-0" ? "0" : shortest;
    }

    public static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);

    /// <exception cref="MalformedItemException">It is not a number, or one that a decimal would round.</exception>
    public static decimal Decimal(string text) => OfFewDigits(text) ?? OfAnyForm(text);

    // Nearly every amount: digits, and perhaps a point between them.
    private static decimal? OfFewDigits(string text)
    {
        if (text.Length is 0 or > FewDigits || text[0] == '.' || text[^1] == '.')
        {
            return null;
        }

        var (digits, point) = (0L, -1);
        for (var at = 0; at < text.Length; at++)
        {
            if (char.IsAsciiDigit(text[at]))
            {
                digits = (digits * 10) + (text[at] - '0');
            }
            else if (text[at] == '.' && point < 0)
            {
                point = at;
            }
            else
            {
                return null;
            }
        }

        var decimals = point < 0 ? 0 : text.Length - 1 - point;
        return unchecked(new decimal((int)digits, (int)(digits >> 32), 0, false, (byte)decimals));
    }

    private static decimal OfAnyForm(string text)
    {
        var digits = text.AsSpan().TrimStart('-').TrimStart('0').TrimEnd('.');
        var count = digits.Length - (digits.Contains('.') ? 1 : 0);
        return count <= DigitsMax && decimal.TryParse(text, Plain, CultureInfo.InvariantCulture, out var value)
            ? value
            : Exponent(text) ?? throw new MalformedItemException(
                $"'{Bounded(text)}' is not a number of at most {DigitsMax} digits.");
    }

    /// <exception cref="MalformedItemException">It is not a whole number of 64 bits.</exception>
    public static long Long(string text) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw new MalformedItemException($"'{Bounded(text)}' is not a whole number.");

    // DynamoDB may answer a round number as 1E+2, and a small one as 1E-12: exact all the same.
    private static decimal? Exponent(string text)
    {
        var at = text.IndexOfAny(['e', 'E']);
        if (at < 0
            || !int.TryParse(
                text[(at + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var power)
            || power is < -DigitsMax or > DigitsMax
            || !decimal.TryParse(text[..at], Plain, CultureInfo.InvariantCulture, out var mantissa))
        {
            return null;
        }

        for (; power > 0 && mantissa < decimal.MaxValue / 10 && mantissa > decimal.MinValue / 10; power--)
        {
            mantissa *= 10m;
        }

        for (; power < 0 && decimal.Round(mantissa / 10m, DigitsMax) * 10m == mantissa; power++)
        {
            mantissa /= 10m;
        }

        return power == 0 ? mantissa : null;
    }

    private static string Bounded(string text) => text.Length <= 50 ? text : text[..50];
}
