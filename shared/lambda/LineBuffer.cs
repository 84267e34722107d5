using AiGateway.Domain;

namespace AiGateway.Lambda;

/// <summary>A JSON document that the thread uses again for its next line.</summary>
internal sealed class LineBuffer
{
    /// <summary>Callers' text (a model's name, a header) is cut here, so that it cannot flood the log.</summary>
    public const int TextCharactersMax = 1_000;

    // A line larger than this is rare: its buffer is not kept.
    private const int KeptBytesMax = 64 * 1024;

    [ThreadStatic]
    private static LineBuffer? spare;

    private LineBuffer()
    {
    }

    public JsonText Json { get; } = new();

    public static LineBuffer Rent()
    {
        var buffer = spare ?? new LineBuffer();
        spare = null;
        return buffer;
    }

    public void WriteAndReturn(JsonLines output)
    {
        output.Write(Json.Written);
        if (Json.Capacity <= KeptBytesMax)
        {
            Json.Clear();
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
