using System.Buffers;

namespace CostAttribution.Decode;

/// <summary>
/// Bytes of a payload, which grow where they have to. Most payloads are small, and borrow; a large array is made as large as it is
/// needed and given up after its payload, so that one large payload does not hold memory for good.
/// </summary>
internal sealed class PayloadBuffer : IDisposable
{
    private const int BorrowedMax = 1024 * 1024;

    private byte[] bytes;
    private int length;

    /// <param name="size">In bytes, as far as it is known: what is right at once is not copied.</param>
    public PayloadBuffer(int size) => bytes = Take(size);

    public ReadOnlySpan<byte> Written => bytes.AsSpan(0, length);

    /// <summary>What can be written next: never empty.</summary>
    public Span<byte> Free
    {
        get
        {
            if (length == bytes.Length)
            {
                var larger = Take(bytes.Length * 2);
                Written.CopyTo(larger);
                GiveBack();
                bytes = larger;
            }

            return bytes.AsSpan(length);
        }
    }

    public void Advance(int written) => length += written;

    public MemoryStream Open() => new(bytes, 0, length, writable: false);

    public void Dispose()
    {
        GiveBack();
        bytes = [];
        length = 0;
    }

    private static byte[] Take(int size) => size <= BorrowedMax
        ? ArrayPool<byte>.Shared.Rent(Math.Max(1, size))
        : GC.AllocateUninitializedArray<byte>(size);

    // Somebody else gets it next.
    private void GiveBack()
    {
        if (bytes.Length is > 0 and <= BorrowedMax)
        {
            bytes.AsSpan(0, length).Clear();
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }
}
