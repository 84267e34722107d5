namespace AiGateway.Domain.Calendar;

/// <summary>A short spelling of a number in an attribute's name: account items must stay under 1 KB.</summary>
internal static class Base36
{
    private const string Digits = "0123456789abcdefghijklmnopqrstuvwxyz";

    public static string Encode(long value)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(value);
        Span<char> text = stackalloc char[13];
        var at = text.Length;
        do
        {
            text[--at] = Digits[(int)(value % 36)];
            value /= 36;
        }
        while (value > 0);

        return new string(text[at..]);
    }

    /// <summary>Null where it is not such a number, or a longer one than any instant's.</summary>
    public static long? Decode(string text)
    {
        if (text.Length is 0 or > 8)
        {
            return null;
        }

        var value = 0L;
        foreach (var character in text)
        {
            var digit = Digits.IndexOf(character, StringComparison.Ordinal);
            if (digit < 0)
            {
                return null;
            }

            value = (value * Digits.Length) + digit;
        }

        return value;
    }
}
