using System.Buffers;
using System.Text;
using System.Text.Json;

namespace AiGateway.Domain.AccessLog;

/// <summary>
/// The fields of a line that this project reads, by name; every other field is skipped unread, prompts included.
/// A field whose value is null counts as absent.
/// </summary>
internal sealed class FlatFields
{
    private const int ListItemsMax = 1000;

    private readonly FieldValue[] values = new FieldValue[KnownFields.Count];

    private FlatFields()
    {
    }

    /// <summary>The first field that stands in the line twice: nobody can say which of the two is meant.</summary>
    public string? Duplicate { get; private set; }

    /// <summary>Absent: the line does not have it, or has it as null.</summary>
    public FieldValue this[string name] => values[KnownFields.NumberOf(name)];

    /// <summary>Reads one JSON object. Failed: <c>not_json</c>, with where it stopped making sense.</summary>
    public static Outcome<FlatFields> Read(string line)
    {
        var bytes = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(line.Length));
        try
        {
            var length = Encoding.UTF8.GetBytes(line, bytes);
            var fields = new FlatFields();
            fields.Fill(new Utf8JsonReader(bytes.AsSpan(0, length)));
            return fields;
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
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes, clearArray: true);
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

    private void Add(int field, FieldValue value)
    {
        if (values[field].Kind != FieldKind.Absent)
        {
            Duplicate ??= KnownFields.NameOf(field);
            return;
        }

        values[field] = value;
    }

    private static FieldValue Value(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.String:
                return new(FieldKind.Text, reader.GetString()!);
            case JsonTokenType.Number:
                return new(FieldKind.Number, Encoding.UTF8.GetString(reader.ValueSpan));
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

    private static FieldValue List(ref Utf8JsonReader reader)
    {
        var items = new List<string>();
        var plain = true;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType == JsonTokenType.String && items.Count < ListItemsMax)
            {
                items.Add(reader.GetString()!);
            }
            else
            {
                plain = false;
                reader.Skip();
            }
        }

        return plain ? new(FieldKind.List, items) : new(FieldKind.Nested);
    }
}
