using AiGateway.Domain;

namespace AiGateway.Aws;

/// <summary>
/// Writes the attributes of an item, or of a map inside one, straight into a call's body. A null is left out: unknown is not empty.
/// </summary>
internal readonly struct ItemJson(JsonText json)
{
    private const string TextType = "S";
    private const string NumberType = "N";
    private const string MapType = "M";
    private const string ListType = "L";

    /// <summary>What <paramref name="write"/> writes as attribute values, where an expression needs them.</summary>
    public static Dictionary<string, AttributeValue> Values<T>(T of, Action<ItemJson, T> write)
    {
        var json = new JsonText();
        json.BeginObject();
        write(new ItemJson(json), of);
        json.EndObject();
        return AnswerReader.ReadItem(json.Written);
    }

    public ItemJson Text(string name, string? value)
    {
        if (value is not null)
        {
            Begin(name, TextType);
            json.Text(value);
            json.EndObject();
        }

        return this;
    }

    public ItemJson Number(string name, decimal? value)
    {
        if (value is { } number)
        {
            Begin(name, NumberType);
            json.NumberAsText(number);
            json.EndObject();
        }

        return this;
    }

    public ItemJson Number(string name, long? value)
    {
        if (value is { } number)
        {
            Begin(name, NumberType);
            json.BeginText();
            json.Append(number);
            json.EndText();
            json.EndObject();
        }

        return this;
    }

    public ItemJson Flag(string name, bool value)
    {
        if (value)
        {
            Begin(name, "BOOL");
            json.Boolean(true);
            json.EndObject();
        }

        return this;
    }

    /// <summary>In <see cref="ItemReader.InstantFormat"/>.</summary>
    public ItemJson Instant(string name, DateTimeOffset value)
    {
        Begin(name, TextType);
        json.BeginText();
        json.Append(value);
        json.EndText();
        json.EndObject();
        return this;
    }

    public ItemJson Map<T>(string name, T? value, Action<ItemJson, T> write)
        where T : class
    {
        if (value is not null)
        {
            Begin(name, MapType);
            json.BeginObject();
            write(this, value);
            json.EndObject();
            json.EndObject();
        }

        return this;
    }

    public ItemJson Maps<T>(string name, IReadOnlyList<T> values, Action<ItemJson, T> write)
    {
        Begin(name, ListType);
        json.BeginArray();
        for (var i = 0; i < values.Count; i++)
        {
            Begin(MapType);
            json.BeginObject();
            write(this, values[i]);
            json.EndObject();
            json.EndObject();
        }

        json.EndArray();
        json.EndObject();
        return this;
    }

    /// <summary>A list of texts, each written in parts.</summary>
    public ItemJson Texts<T>(string name, IReadOnlyList<T> values, Action<JsonText, T> append)
    {
        Begin(name, ListType);
        json.BeginArray();
        for (var i = 0; i < values.Count; i++)
        {
            Begin(TextType);
            json.BeginText();
            append(json, values[i]);
            json.EndText();
            json.EndObject();
        }

        json.EndArray();
        json.EndObject();
        return this;
    }

    private void Begin(string name, string type)
    {
        json.Name(name);
        Begin(type);
    }

    private void Begin(string type)
    {
        json.BeginObject();
        json.Name(type);
    }
}
