using System.Text;

namespace AiGateway.Domain.AccessLog;

/// <summary>
/// The texts that stand in line after line (teams, clients, models), each made once. It holds a fixed number of them, and of
/// two for one place a new one drives the older out: what is returned is the same either way.
/// </summary>
internal sealed class LineTexts
{
    /// <summary>Longer texts are made anew each time.</summary>
    public const int KeptBytesMax = 128;

    private const int SlotBits = 10;

    private readonly string?[] slots = new string?[1 << SlotBits];

    /// <summary>The text of these bytes.</summary>
    public string Of(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length > KeptBytesMax)
        {
            return Encoding.UTF8.GetString(utf8);
        }

        var slot = ShortHash.Of(utf8, SlotBits);
        if (slots[slot] is { } first && Ascii.Equals(utf8, first))
        {
            return first;
        }

        if (slots[slot ^ 1] is { } second && Ascii.Equals(utf8, second))
        {
            return second;
        }

        slots[slot ^ 1] = slots[slot];
        return slots[slot] = Encoding.UTF8.GetString(utf8);
    }
}
