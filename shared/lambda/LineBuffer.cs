using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace AiGateway.Lambda;

/// <summary>A JSON writer over a buffer that the thread uses again for its next line.</summary>
internal sealed class LineBuffer
{
    /// <summary>Callers' text (a model's name, a header) is cut here, so that it cannot flood the log.</summary>
    public const int TextCharactersMax = 1_000;

    // A line larger than this is rare: its buffer is not kept.
    private const int KeptBytesMax = 64 * 1024;

    [ThreadStatic]
    private static LineBuffer? spare;

    private readonly ArrayBufferWriter<byte> bytes = new(1_024);

    private LineBuffer()
    {
        // Control characters and quotes are escaped all the same; other text stays readable.
        var options = new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
        Json = new Utf8JsonWriter(bytes, options);
    }

    public Utf8JsonWriter Json { get; }

    public static LineBuffer Rent()
    {
        var buffer = spare ?? new LineBuffer();
        spare = null;
        return buffer;
    }

    public void WriteAndReturn(JsonLines output)
    {
        Json.Flush();
        output.Write(bytes.WrittenSpan);
        if (bytes.Capacity <= KeptBytesMax)
        {
            bytes.ResetWrittenCount();
            Json.Reset();
            spare = this;
        }
    }

    /// <summary>Cuts without splitting a surrogate pair.</summary>
    public static ReadOnlySpan<char> Bounded(string text, int charactersMax = TextCharactersMax)
    {
        if (text.Length <= charactersMax)
        {
            return text;
        }

        var length = char.IsHighSurrogate(text[charactersMax - 1]) ? charactersMax - 1 : charactersMax;
        return text.AsSpan(0, length);
    }
}
