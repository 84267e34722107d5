using System.Buffers.Text;

namespace AiGateway.Domain.AccessLog;

/// <summary>What a JSON value is, as far as a field of the access log can be one.</summary>
internal enum FieldKind
{
    /// <summary>The line has no such field.</summary>
    Absent,
    Text,
    Number,
    True,
    False,

    /// <summary>A list of strings (<c>groups</c>).</summary>
    List,

    /// <summary>An object, or a list of something else: no field that is read has such a value.</summary>
    Nested,
}

/// <summary>
/// One field: a text where it stands in the line, because it is made only where it is used; a number as far as it is whole, because
/// no other is used.
/// </summary>
internal readonly struct FieldValue
{
    /// <summary>So few digits are a number that fits.</summary>
    public const int DigitsWithoutOverflow = 18;

    private const int StartBits = 32;

    // Of a text its first byte in the quotes and its bytes, of a number itself.
    private readonly long value;

    private FieldValue(FieldKind kind, long value)
    {
        Kind = kind;
        this.value = value;
    }

    /// <summary>What needs no value beside its kind.</summary>
    public FieldValue(FieldKind kind)
        : this(kind, 0)
    {
    }

    public FieldKind Kind { get; }

    public int Start => (int)(value >> StartBits);

    public int Length => (int)(value & int.MaxValue);

    /// <summary>A number; negative: one that is not whole, or negative, or huge.</summary>
    public long Whole => value;

    public static FieldValue OfText(int start, int length) => new(FieldKind.Text, ((long)start << StartBits) | (long)length);

    public static FieldValue OfNumber(long whole) => new(FieldKind.Number, whole);

    /// <summary>Digits and nothing else: a number of JSON may have a sign, decimals and an exponent. Negative: it has.</summary>
    public static long WholeOf(ReadOnlySpan<byte> number)
    {
        if (number.Length > DigitsWithoutOverflow)
        {
            return Utf8Parser.TryParse(number, out long huge, out var read) && read == number.Length && number[0] != (byte)'-' ? huge : -1;
        }

        var whole = 0L;
        foreach (var digit in number)
        {
            if (!char.IsAsciiDigit((char)digit))
            {
                return -1;
            }

            whole = (whole * 10) + (digit - '0');
        }

        return whole;
    }
}
