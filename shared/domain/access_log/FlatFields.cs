using System.Buffers;
using System.Text;
using System.Text.Json;
using AiGateway.Domain.Gateway;

namespace AiGateway.Domain.AccessLog;

/// <summary>
/// The fields of a line that this project reads, by name; every other field is skipped unread, prompts included.
/// A field whose value is null counts as absent.
/// </summary>
internal sealed class FlatFields
{
    private const int ListItemsMax = 1000;
    private const int NameCharactersMax = 128;

    private static readonly HashSet<string> Known =
    [
        .. LogFields.All.Select(field => field.Name),
        .. LogSynonyms.FieldOf.Keys,
        LogSynonyms.OidcData,
        AccessLineReader.OutputImageTokens,
        LineTime.RequestStart,
        LineTime.RequestEnd,
    ];

    private static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> KnownNames =
        Known.GetAlternateLookup<ReadOnlySpan<char>>();

    private readonly Dictionary<string, FieldValue> values = [];

    private FlatFields()
    {
    }

    /// <summary>The first field that stands in the line twice: nobody can say which of the two is meant.</summary>
    public string? Duplicate { get; private set; }

    public FieldValue? this[string name] => values.TryGetValue(name, out var value) ? value : null;

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
            var name = KnownName(ref reader);
            reader.Read();
            if (name is null)
            {
                reader.Skip();
            }
            else if (reader.TokenType != JsonTokenType.Null)
            {
                Add(name, Value(ref reader));
            }
        }

        if (reader.Read())
        {
            throw new JsonException("more than one value");
        }
    }

    // Most names are of fields that nobody reads: they are compared where they stand. Null: it is none of ours.
    private static string? KnownName(ref Utf8JsonReader reader)
    {
        Span<char> name = stackalloc char[NameCharactersMax];
        ReadOnlySpan<char> text = reader.ValueSpan.Length > NameCharactersMax
            ? reader.GetString().AsSpan()
            : name[..reader.CopyString(name)];
        return KnownNames.TryGetValue(text, out var known) ? known : null;
    }

    private void Add(string name, FieldValue value)
    {
        if (!values.TryAdd(name, value))
        {
            Duplicate ??= name;
        }
    }

    private static FieldValue Value(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.String:
                return new(FieldKind.Text, reader.GetString()!, []);
            case JsonTokenType.Number:
                return new(FieldKind.Number, Encoding.UTF8.GetString(reader.ValueSpan), []);
            case JsonTokenType.True:
            case JsonTokenType.False:
                return new(FieldKind.Boolean, reader.TokenType == JsonTokenType.True ? "true" : "false", []);
            case JsonTokenType.StartArray:
                return List(ref reader);
            default:
                reader.Skip();
                return new(FieldKind.Nested, "", []);
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

        return plain ? new(FieldKind.List, "", items) : new(FieldKind.Nested, "", []);
    }
}
