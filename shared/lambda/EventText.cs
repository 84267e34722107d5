using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using AiGateway.Domain;

namespace AiGateway.Lambda;

/// <summary>A text of a JSON document where it stands there, its quotes included; none: nothing stands there.</summary>
internal readonly struct EventText(ReadOnlyMemory<byte> quoted)
{
    /// <summary>A character of one byte may be written in six: <c>\u0041</c>.</summary>
    private const int EscapedBytesMax = 6;

    private int WrittenBytes => Math.Max(0, quoted.Length - 2);

    private bool HasEscapes => quoted.Span.Contains((byte)'\\');

    /// <exception cref="InvalidOperationException">Half a surrogate pair: the text has no UTF-16 form.</exception>
    public string? Text() => Text(quoted.Span);

    /// <inheritdoc cref="Text()"/>
    public static string? Text(ReadOnlySpan<byte> quoted)
    {
        if (quoted.IsEmpty)
        {
            return null;
        }

        var inner = quoted[1..^1];
        if (!inner.ContainsAnyExceptInRange((byte)' ', (byte)'~') && !inner.Contains((byte)'\\'))
        {
            return Encoding.ASCII.GetString(inner);
        }

        var reader = new Utf8JsonReader(quoted);
        reader.Read();
        return reader.GetString();
    }

    /// <summary>Decoded into bytes.</summary>
    public Outcome<ReadOnlyMemory<byte>> Utf8(int bytesMax)
    {
        if (LeastBytes() > bytesMax)
        {
            return TooLarge(bytesMax);
        }

        return Decode() is not { } bytes ? NotText : bytes.Length > bytesMax ? TooLarge(bytesMax) : bytes;
    }

    /// <summary>Decoded, and from base64.</summary>
    public Outcome<ReadOnlyMemory<byte>> OfBase64(int bytesMax)
    {
        if (LeastBytes() / 4L * 3L > bytesMax + 3L)
        {
            return TooLarge(bytesMax);
        }

        if (Decode() is not { } text)
        {
            return NotText;
        }

        var bytes = new byte[Base64.GetMaxDecodedFromUtf8Length(text.Length)];
        return Base64.DecodeFromUtf8(text.Span, bytes, out _, out var length) == OperationStatus.Done
            ? length > bytesMax ? TooLarge(bytesMax) : (ReadOnlyMemory<byte>)bytes.AsMemory(0, length)
            : new Problem("body_not_base64", "The body is marked as base64 and is none.");
    }

    private static Problem NotText => new("body_not_text", "The body has half a surrogate pair, or bytes that are not UTF-8.");

    private static Problem TooLarge(int bytesMax) => new("body_too_large", $"The body has more than {bytesMax} bytes.");

    // What it has decoded, at least; known without decoding it.
    private int LeastBytes() => HasEscapes ? WrittenBytes / EscapedBytesMax : WrittenBytes;

    private ReadOnlyMemory<byte>? Decode()
    {
        if (WrittenBytes == 0)
        {
            return ReadOnlyMemory<byte>.Empty;
        }

        var bytes = new byte[WrittenBytes];
        var reader = new Utf8JsonReader(quoted.Span);
        try
        {
            reader.Read();
            return bytes.AsMemory(0, reader.CopyString(bytes));
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
