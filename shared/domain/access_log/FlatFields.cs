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

    // Of few lines: texts that are not in the line as they are, because of escapes, and the strings of lists.
    private readonly object?[] made = new object?[KnownFields.Count];
    private readonly PlainScan scan = new();
    private readonly FieldOrder order = new();
    private byte[] line = [];
    private int used;
    private bool hasMade;

    /// <summary>The first field that stands in the line twice: nobody can say which of the two is meant.</summary>
    public int? Duplicate { get; private set; }

    public FieldKind KindOf(int field) => values[field].Kind;

    /// <summary>A number that is whole and not negative; negative: it is another one.</summary>
    public long WholeOf(int field) => values[field].Whole;

    /// <summary>The bytes of a text without escapes.</summary>
    public ReadOnlySpan<byte> BytesOf(int field) => line.AsSpan(values[field].Start, values[field].Length);

    /// <summary>The text, which is of the kind that many lines have.</summary>
    public string TextOf(int field) => made[field] as string ?? texts.Of(BytesOf(field));

    /// <summary>The text, which is of the line alone, or too secret to be kept.</summary>
    public string OwnTextOf(int field) => made[field] as string ?? Encoding.UTF8.GetString(BytesOf(field));

    /// <summary>The text as a time; null: it is none.</summary>
    public DateTimeOffset? TimeOf(int field) => made[field] is string text
        ? LineTime.Parse(text)
        : LineTime.Parse(BytesOf(field));

    /// <summary>The strings of a list.</summary>
    public IReadOnlyList<string> ItemsOf(int field) => made[field] as IReadOnlyList<string> ?? [];

    /// <summary>
    /// Takes one JSON object's fields in, for as long as <paramref name="use"/> runs. Failed: <c>not_json</c>, with where it
    /// stopped making sense.
    /// </summary>
    public LineReading Read(LogEvent logged, LineParts parts, Func<LogEvent, FlatFields, LineParts, LineReading> use)
    {
        line = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(logged.Message.Length));
        used = logged.Message.Length;
        try
        {
            return Fill(logged.Message) is { } problem ? new LineReading.Bad(null, problem) : use(logged, this, parts);
        }
        finally
        {
            // Somebody else gets it next.
            line.AsSpan(0, used).Clear();
            ArrayPool<byte>.Shared.Return(line);
            line = [];
            Clear();
        }
    }

    private Problem? Fill(string message)
    {
        if (scan.TryCopy(message, line) && new PlainLine(line.AsSpan(0, used), scan, order, texts).TryFill(this))
        {
            return null;
        }

        Clear();
        used = Encoding.UTF8.GetBytes(message, line);
        try
        {
            Fill(new Utf8JsonReader(line.AsSpan(0, used)));
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
            if (!KnownFields.IsRead(field))
            {
                reader.Skip();
            }
            else if (reader.TokenType != JsonTokenType.Null)
            {
                var value = Value(ref reader, out var own);
                Add(field, value, own);
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
    /// <param name="field">Its number.</param>
    /// <param name="value">Where it stands.</param>
    /// <param name="own">A text that is not in the line as it is; the strings of a list.</param>
    internal void Add(int field, FieldValue value, object? own = null)
    {
        if (values[field].Kind != FieldKind.Absent)
        {
            Duplicate ??= field;
            return;
        }

        values[field] = value;
        if (own is not null)
        {
            made[field] = own;
            hasMade = true;
        }
    }

    private void Clear()
    {
        Array.Clear(values);
        Duplicate = null;
        if (hasMade)
        {
            Array.Clear(made);
            hasMade = false;
        }
    }

    private FieldValue Value(ref Utf8JsonReader reader, out object? own)
    {
        own = null;
        var start = (int)reader.TokenStartIndex;
        switch (reader.TokenType)
        {
            case JsonTokenType.String:
                // An escape may stand for half of a character: that is found out here, not when the text is used.
                own = reader.ValueIsEscaped ? reader.GetString()! : null;
                return FieldValue.OfText(start + 1, reader.ValueSpan.Length);
            case JsonTokenType.Number:
                return FieldValue.OfNumber(FieldValue.WholeOf(reader.ValueSpan));
            case JsonTokenType.True:
                return new(FieldKind.True);
            case JsonTokenType.False:
                return new(FieldKind.False);
            case JsonTokenType.StartArray:
                return List(ref reader, out own);
            default:
                reader.Skip();
                return new(FieldKind.Nested);
        }
    }

    private FieldValue List(ref Utf8JsonReader reader, out object? own)
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

        own = plain ? items : null;
        return new(plain ? FieldKind.List : FieldKind.Nested);
    }
}
