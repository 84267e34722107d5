using AiGateway.Domain;

namespace AiGateway.Aws;

/// <summary>
/// Writes the attributes of an item, or of a map inside one, straight into a call's body. A null is left out: unknown is not empty.
/// </summary>
internal readonly struct ItemJson(JsonText json)
{
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
            json.Name(name);
            json.Literal("{\"S\":\""u8);
            json.Append(value);
            json.Literal("\"}"u8);
        }

        return this;
    }

    public ItemJson Number(string name, decimal? value)
    {
        if (value is { } number)
        {
            json.Name(name);
            json.Literal("{\"N\":\""u8);
            json.Append(number);
            json.Literal("\"}"u8);
        }

        return this;
    }

    public ItemJson Number(string name, long? value)
    {
        if (value is { } number)
        {
            json.Name(name);
            json.Literal("{\"N\":\""u8);
            json.Append(number);
            json.Literal("\"}"u8);
        }

        return this;
    }

    public ItemJson Flag(string name, bool value)
    {
        if (value)
        {
            json.Name(name);
            json.Literal("{\"BOOL\":true}"u8);
        }

        return this;
    }

    /// <summary>In <see cref="ItemReader.InstantFormat"/>.</summary>
    public ItemJson Instant(string name, DateTimeOffset value)
    {
        json.Name(name);
        json.Literal("{\"S\":\""u8);
        json.Append(value);
        json.Literal("\"}"u8);
        return this;
    }

    public ItemJson Map<T>(string name, T? value, Action<ItemJson, T> write)
        where T : class
    {
        if (value is not null)
        {
            json.Name(name);
            json.Literal("{\"M\":{"u8);
            write(this, value);
            json.Literal("}}"u8);
        }

        return this;
    }

    public ItemJson Maps<T>(string name, IReadOnlyList<T> values, Action<ItemJson, T> write)
    {
        json.Name(name);
        json.Literal("{\"L\":["u8);
        for (var i = 0; i < values.Count; i++)
        {
            json.Literal(i == 0 ? "{\"M\":{"u8 : ",{\"M\":{"u8);
            write(this, values[i]);
            json.Literal("}}"u8);
        }

        json.Literal("]}"u8);
        return this;
    }

    /// <summary>A list of texts, each written in parts.</summary>
    public ItemJson Texts<T>(string name, IReadOnlyList<T> values, Action<JsonText, T> append)
    {
        json.Name(name);
        json.Literal("{\"L\":["u8);
        for (var i = 0; i < values.Count; i++)
        {
            json.Literal(i == 0 ? "{\"S\":\""u8 : ",{\"S\":\""u8);
            append(json, values[i]);
            json.Literal("\"}"u8);
        }

        json.Literal("]}"u8);
        return this;
    }
}
