using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;

namespace AiGateway.Domain;

/// <summary>
/// A hash of a short text that looks at its two ends, its middle and its length only. Whoever uses it compares whole texts, and
/// loses no more than time where two of them meet.
/// </summary>
internal static class ShortHash
{
    private const ulong Odd = 0x9E37_79B9_7F4A_7C15;

    /// <param name="text">Its bytes.</param>
    /// <param name="bits">How many bits of the hash are wanted: 1 to 32.</param>
    public static int Of(ReadOnlySpan<byte> text, int bits = 32)
    {
        unchecked
        {
            return (int)(((Parts(text) ^ ((ulong)text.Length << 56)) * Odd) >> (64 - bits));
        }
    }

    /// <summary>Of several texts, in their order.</summary>
    public static int Of(string? first, string? second, string? third, string? fourth)
    {
        unchecked
        {
            var mixed = (((((Of(first) * Odd) ^ Of(second)) * Odd) ^ Of(third)) * Odd) ^ Of(fourth);
            return (int)((mixed * Odd) >> 32);
        }
    }

    private static ulong Of(string? text) => text is null ? 0 : unchecked((uint)Of(MemoryMarshal.AsBytes(text.AsSpan())));

    private static ulong Parts(ReadOnlySpan<byte> text)
    {
        if (text.Length >= sizeof(ulong))
        {
            return BinaryPrimitives.ReadUInt64LittleEndian(text)
                ^ BitOperations.RotateLeft(BinaryPrimitives.ReadUInt64LittleEndian(text[((text.Length / 2) - 4)..]), 17)
                ^ BitOperations.RotateLeft(BinaryPrimitives.ReadUInt64LittleEndian(text[^sizeof(ulong)..]), 41);
        }

        if (text.Length >= sizeof(uint))
        {
            return BinaryPrimitives.ReadUInt32LittleEndian(text)
                | ((ulong)BinaryPrimitives.ReadUInt32LittleEndian(text[^sizeof(uint)..]) << 32);
        }

        var parts = 0ul;
        foreach (var one in text)
        {
            parts = (parts << 8) | one;
        }

        return parts;
    }
}
