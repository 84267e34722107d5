using System.Buffers;
using System.Text;
using System.Text.Json;

namespace AiGateway.Domain.AccessLog;

/// <summary>
/// The fields of a line that this project reads, by number; every other field is skipped unread, prompts included. A field
/// whose value is null counts as absent. Filled line by line.
/// </summary>
internal sealed class FlatFields(LineTexts texts)
{
    private readonly FieldValue[] values = new FieldValue[KnownFields.Count];
    private byte[] line = [];

    /// <summary>The first field that stands in the line twice: nobody can say which of the two is meant.</summary>
    public int? Duplicate { get; private set; }

    public FieldKind KindOf(int field) => values[field].Kind;

    /// <summary>The bytes of a number, or of a text without escapes.</summary>
    public ReadOnlySpan<byte> BytesOf(int field) => line.AsSpan(values[field].Start, values[field].Length);

    /// <summary>The text, which is of the kind that many lines have.</summary>
    public string TextOf(int field) => values[field].Made as string ?? texts.Of(BytesOf(field));

    /// <summary>The text, which is of the line alone, or too secret to be kept.</summary>
    public string OwnTextOf(int field) => values[field].Made as string ?? Encoding.UTF8.GetString(BytesOf(field));

    /// <summary>The text as a time; null: it is none.</summary>
    public DateTimeOffset? TimeOf(int field) => values[field].Made is string made
        ? LineTime.Parse(made)
        : LineTime.Parse(BytesOf(field));

    /// <summary>The strings of a list.</summary>
    public IReadOnlyList<string> ItemsOf(int field) => values[field].Made as IReadOnlyList<string> ?? [];

    /// <summary>
    /// Takes one JSON object's fields in, for as long as <paramref name="use"/> runs. Failed: <c>not_json</c>, with where it
    /// stopped making sense.
    /// </summary>
    public LineReading Read(LogEvent logged, Func<LogEvent, FlatFields, LineReading> use)
    {
        line = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(logged.Message.Length));
        try
        {
            return Fill(Encoding.UTF8.GetBytes(logged.Message, line)) is { } problem
                ? new LineReading.Bad(null, problem)
                : use(logged, this);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(line, clearArray: true);
            line = [];
            Clear();
        }
    }

    private Problem? Fill(int length)
    {
        try
        {
            if (!new PlainLine(line.AsSpan(0, length), texts).TryFill(this))
            {
                Clear();
                Fill(new Utf8JsonReader(line.AsSpan(0, length)));
            }

            return null;
        }
        catch (JsonException error)
        {
            // The exception's message quotes the line; where it stopped is enough.
            return NotJson($"stops being JSON at byte {error.BytePositionInLine ?? 0}");
        }
        catch (InvalidOperationException)
        {
            return NotJson("has a text that is not Unicode");
        }
    }

    private static Problem NotJson(string how) =>
        new("not_json", $"The line {how}; an access line is one JSON object.");

    private void Fill(Utf8JsonReader reader)
    {
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("not an object");
        }

        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var field = Known(ref reader);
            reader.Read();
            if (field < 0)
            {
                reader.Skip();
            }
            else if (reader.TokenType != JsonTokenType.Null)
            {
                Add(field, Value(ref reader));
            }
        }

        if (reader.Read())
        {
            throw new JsonException("more than one value");
        }
    }

    private static int Known(ref Utf8JsonReader reader) => reader.ValueIsEscaped
        ? KnownFields.Find(Encoding.UTF8.GetBytes(reader.GetString()!))
        : KnownFields.Find(reader.ValueSpan);

    /// <summary>Takes one field in: the first of a name counts, and a second one is remembered.</summary>
    internal void Add(int field, in FieldValue value)
    {
        if (values[field].Kind != FieldKind.Absent)
        {
            Duplicate ??= field;
            return;
        }

        values[field] = value;
    }

    private void Clear()
    {
        Array.Clear(values);
        Duplicate = null;
    }

    private FieldValue Value(ref Utf8JsonReader reader)
    {
        var start = (int)reader.TokenStartIndex;
        switch (reader.TokenType)
        {
            case JsonTokenType.String:
                // An escape may stand for half of a character: that is found out here, not when the text is used.
                return reader.ValueIsEscaped
                    ? new(FieldKind.Text, made: reader.GetString()!)
                    : new(FieldKind.Text, start + 1, reader.ValueSpan.Length);
            case JsonTokenType.Number:
                return new(FieldKind.Number, start, reader.ValueSpan.Length);
            case JsonTokenType.True:
                return new(FieldKind.True);
            case JsonTokenType.False:
                return new(FieldKind.False);
            case JsonTokenType.StartArray:
                return List(ref reader);
            default:
                reader.Skip();
                return new(FieldKind.Nested);
        }
    }

    private FieldValue List(ref Utf8JsonReader reader)
    {
        var items = new List<string>();
        var plain = true;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType == JsonTokenType.String && items.Count < PlainLine.ListItemsMax)
            {
                items.Add(reader.ValueIsEscaped ? reader.GetString()! : texts.Of(reader.ValueSpan));
            }
            else
            {
                plain = false;
                reader.Skip();
            }
        }

        return plain ? new(FieldKind.List, made: items) : new(FieldKind.Nested);
    }
}
