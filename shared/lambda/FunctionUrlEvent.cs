using System.Text.Json;

namespace AiGateway.Lambda;

/// <summary>
/// The parts of a Function URL's event that are used, found in one pass. The body is the prompt, up to 6 MB that no decision looks at: its end
/// is searched, and nothing of it is read or copied.
/// </summary>
internal ref struct FunctionUrlEvent
{
    private readonly ReadOnlyMemory<byte> json;
    private Utf8JsonReader reader;
    private int origin;

    private FunctionUrlEvent(ReadOnlyMemory<byte> json)
    {
        this.json = json;
        reader = new Utf8JsonReader(json.Span);
        Headers = new HeaderFields(json);
    }

    public string? Method { get; private set; }

    public string? RawPath { get; private set; }

    public long TimeEpoch { get; private set; }

    public bool IsBase64 { get; private set; }

    public EventText InvocationId { get; private set; }

    public EventText Body { get; private set; }

    public HeaderFields Headers { get; }

    /// <exception cref="JsonException">It is not JSON, or a part that is used has another type.</exception>
    public static FunctionUrlEvent Read(ReadOnlyMemory<byte> json)
    {
        var parts = new FunctionUrlEvent(json);
        parts.Next();
        parts.ReadEvent();

        return parts.reader.Read() ? throw new JsonException("Something follows the event.") : parts;
    }

    private void ReadEvent()
    {
        var isThere = Opens("The event");
        while (isThere && NextMember())
        {
            if (Is("headers"u8))
            {
                Next();
                ReadHeaders();
            }
            else if (Is("requestContext"u8))
            {
                Next();
                ReadContext();
            }
            else if (Is("body"u8))
            {
                PassBody();
            }
            else if (Is("rawPath"u8))
            {
                Next();
                RawPath = EventText.Text(json.Span[TextRange("rawPath")]);
            }
            else if (Is("isBase64Encoded"u8))
            {
                Next();
                IsBase64 = reader.TokenType is JsonTokenType.True or JsonTokenType.False
                    ? reader.GetBoolean()
                    : throw NotA("isBase64Encoded", "true or false");
            }
            else
            {
                reader.Skip();
            }
        }
    }

    private void ReadHeaders()
    {
        var isThere = Opens("headers");
        while (isThere && NextMember())
        {
            var name = TokenRange();
            Next();
            Headers.Add(name, TextRange("A header"));
        }
    }

    private void ReadContext()
    {
        var isThere = Opens("requestContext");
        while (isThere && NextMember())
        {
            if (Is("http"u8))
            {
                Next();
                ReadHttp();
            }
            else if (Is("requestId"u8))
            {
                Next();
                InvocationId = new EventText(json[TextRange("requestContext.requestId")]);
            }
            else if (Is("timeEpoch"u8))
            {
                Next();
                TimeEpoch = reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var milliseconds)
                    ? milliseconds
                    : throw NotA("requestContext.timeEpoch", "a whole number");
            }
            else
            {
                reader.Skip();
            }
        }
    }

    private void ReadHttp()
    {
        var isThere = Opens("requestContext.http");
        while (isThere && NextMember())
        {
            if (Is("method"u8))
            {
                Next();
                Method = EventText.Text(json.Span[TextRange("requestContext.http.method")]);
            }
            else
            {
                reader.Skip();
            }
        }
    }

    // The reader stops before the body, is told of an empty text in its place, and goes on behind it.
    private void PassBody()
    {
        var bytes = json.Span;
        var start = origin + (int)reader.BytesConsumed;
        start += bytes[start..].IndexOfAnyExcept(" \t\r\n"u8) is >= 0 and var blank ? blank : 0;
        if (start >= bytes.Length || bytes[start] != '"')
        {
            Next();
            Body = new EventText(json[TextRange("body")]);
            return;
        }

        var end = start + LengthOfText(bytes[start..]);
        Body = new EventText(json[start..end]);
        var instead = new Utf8JsonReader("\"\""u8, isFinalBlock: false, reader.CurrentState);
        instead.Read();
        origin = end;
        reader = new Utf8JsonReader(bytes[end..], isFinalBlock: true, instead.CurrentState);
    }

    // A quote ends a text unless an odd number of backslashes stands before it.
    private static int LengthOfText(ReadOnlySpan<byte> fromQuote)
    {
        for (var at = 1; ;)
        {
            var quote = fromQuote[at..].IndexOf((byte)'"');
            if (quote < 0)
            {
                throw new JsonException("The body's text does not end.");
            }

            var before = fromQuote[..(at + quote)];
            at += quote + 1;
            var backslashes = before.Length - 1 - before.LastIndexOfAnyExcept((byte)'\\');
            if (backslashes % 2 == 0)
            {
                return at;
            }
        }
    }

    // False: null stands there.
    private readonly bool Opens(string what) => reader.TokenType switch
    {
        JsonTokenType.StartObject => true,
        JsonTokenType.Null => false,
        _ => throw NotA(what, "an object"),
    };

    private bool NextMember()
    {
        Next();
        return reader.TokenType == JsonTokenType.PropertyName;
    }

    private void Next()
    {
        if (!reader.Read())
        {
            throw new JsonException("The event ends early.");
        }
    }

    private readonly bool Is(ReadOnlySpan<byte> name) =>
        reader.ValueIsEscaped ? reader.ValueTextEquals(name) : reader.ValueSpan.SequenceEqual(name);

    // A text with its quotes; nothing of null.
    private readonly Range TextRange(string what) => reader.TokenType switch
    {
        JsonTokenType.String => TokenRange(),
        JsonTokenType.Null => default,
        _ => throw NotA(what, "a text"),
    };

    private readonly Range TokenRange()
    {
        var start = origin + (int)reader.TokenStartIndex;
        return start..(start + reader.ValueSpan.Length + 2);
    }

    private static JsonException NotA(string what, string type) => new($"{what} is not {type}.");
}
