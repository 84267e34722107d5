using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace AiGateway.Domain.AccessLog;

/// <summary>
/// A line's characters as bytes, and where its quotes stand, found in one pass. Without a backslash the next quote ends a text.
/// Filled line by line.
/// </summary>
internal sealed class PlainScan
{
    /// <summary>In characters, far above any line of the gateway's: longer ones are read by the JSON reader.</summary>
    public const int LengthMax = 65_536;

    private const int Word = 64;

    // A bit for each byte of the line.
    private readonly ulong[] quotes = new ulong[(LengthMax / Word) + 1];
    private int words;

    /// <summary>
    /// False: the line is too long, has an escape, or a character that is not of ASCII or that no text may have as it is. Then
    /// nothing that was written says anything.
    /// </summary>
    /// <param name="text">The line.</param>
    /// <param name="bytes">Where its bytes go: as many as it has characters.</param>
    public bool TryCopy(ReadOnlySpan<char> text, Span<byte> bytes)
    {
        words = 0;
        if (text.Length > LengthMax)
        {
            return false;
        }

        var seen = new Seen(default, Vector128<byte>.AllBitsSet, default);
        var rest = MemoryMarshal.Cast<char, ushort>(text);
        for (; rest.Length >= Word; rest = rest[Word..], bytes = bytes[Word..])
        {
            quotes[words++] = Copy(rest, bytes, ref seen);
        }

        // What is left, with blanks after it.
        Span<ushort> last = stackalloc ushort[Word];
        Span<byte> lastBytes = stackalloc byte[Word];
        last.Fill(' ');
        rest.CopyTo(last);
        quotes[words++] = Copy(last, lastBytes, ref seen);
        lastBytes[..rest.Length].CopyTo(bytes);
        return seen.IsPlain;
    }

    /// <summary>The first quote from here on; negative: there is none.</summary>
    public int QuoteFrom(int at)
    {
        var word = at / Word;
        var found = quotes[word] >> (at % Word);
        if (found != 0)
        {
            return at + BitOperations.TrailingZeroCount(found);
        }

        while (++word < words)
        {
            if (quotes[word] != 0)
            {
                return (word * Word) + BitOperations.TrailingZeroCount(quotes[word]);
            }
        }

        return -1;
    }

    private static ulong Copy(ReadOnlySpan<ushort> from, Span<byte> to, ref Seen seen)
    {
        // Once for the word, not for every block of it.
        ref var source = ref MemoryMarshal.GetReference(from[..Word]);
        ref var target = ref MemoryMarshal.GetReference(to[..Word]);
        var found = 0ul;
        var (characters, least, escapes) = seen;
        for (var at = 0; at < Word; at += Vector128<byte>.Count)
        {
            var low = Vector128.LoadUnsafe(ref source, (nuint)at);
            var high = Vector128.LoadUnsafe(ref source, (nuint)(at + Vector128<ushort>.Count));
            var block = Vector128.Narrow(low, high);
            block.StoreUnsafe(ref target, (nuint)at);
            characters |= low | high;
            least = Vector128.Min(least, block);
            escapes |= Vector128.Equals(block, Vector128.Create((byte)'\\'));
            found |= (ulong)Vector128.Equals(block, Vector128.Create((byte)'"')).ExtractMostSignificantBits() << at;
        }

        seen = new(characters, least, escapes);
        return found;
    }

    private readonly record struct Seen(Vector128<ushort> Characters, Vector128<byte> Least, Vector128<byte> Escapes)
    {
        public bool IsPlain =>
            (Characters & Vector128.Create((ushort)0xFF80)) == Vector128<ushort>.Zero
            && Escapes == Vector128<byte>.Zero
            && !Vector128.LessThanAny(Least, Vector128.Create((byte)' '));
    }
}
