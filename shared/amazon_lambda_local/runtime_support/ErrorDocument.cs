#nullable disable

using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>An exception as Lambda shows it: its type, message, stack trace and causes.</summary>
internal static class ErrorDocument
{
    // Together well below the 256 KB that the service keeps of an error.
    private const int MessageCharactersMax = 8_000;
    private const int FrameCharactersMax = 500;
    private const int FramesMax = 30;
    private const int CausesMax = 4;

    // Signatures in a stack trace are full of angle brackets.
    private static readonly JsonWriterOptions Readable =
        new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] Write(Exception failure)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Readable))
        {
            Write(writer, failure, CausesMax);
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static void Write(Utf8JsonWriter writer, Exception failure, int causesLeft)
    {
        writer.WriteStartObject();
        writer.WriteString("errorType", failure.GetType().Name);
        writer.WriteString("errorMessage", Bounded(failure.Message, MessageCharactersMax));
        writer.WriteStartArray("stackTrace");
        var frames = (failure.StackTrace ?? "").Split('\n', FramesMax + 1, StringSplitOptions.RemoveEmptyEntries);
        foreach (var frame in frames.Take(FramesMax))
        {
            writer.WriteStringValue(Bounded(frame.Trim(), FrameCharactersMax));
        }

        writer.WriteEndArray();
        if (failure.InnerException is not null && causesLeft > 0)
        {
            writer.WritePropertyName("cause");
            Write(writer, failure.InnerException, causesLeft - 1);
        }

        writer.WriteEndObject();
    }

    private static string Bounded(string text, int charactersMax) =>
        text.Length <= charactersMax ? text : text[..charactersMax] + "…";
}
