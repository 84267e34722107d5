using System.Text;

namespace AiGateway.Domain.AccessLog;

/// <summary>
/// The texts that stand in line after line (teams, clients, models), each made once. It holds a fixed number of them, and a
/// new one takes the place of the one before it: what is returned is the same either way.
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

        ref var slot = ref slots[ShortHash.Of(utf8, SlotBits)];
        return slot is { } kept && Ascii.Equals(utf8, kept) ? kept : slot = Encoding.UTF8.GetString(utf8);
    }
}
