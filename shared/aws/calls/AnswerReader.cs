using System.Text.Json;

namespace AiGateway.Aws;

/// <summary>Reads an answer's body. What is not known is skipped: AWS may add members.</summary>
internal static class AnswerReader
{
    private const string MapCalled = "a map";
    private const int AttributesUsual = 11;

    /// <exception cref="JsonException">It is not JSON, or not of DynamoDB's shape.</exception>
    public static DynamoAnswer Read(ReadOnlySpan<byte> body)
    {
        var answer = new DynamoAnswer();
        var json = new Utf8JsonReader(body);
        Expect(ref json, JsonTokenType.StartObject, "an object", moves: true);
        while (NextMember(ref json))
        {
            ReadMember(ref json, answer);
        }

        return answer;
    }

    /// <summary>An item alone.</summary>
    public static Dictionary<string, AttributeValue> ReadItem(ReadOnlySpan<byte> item)
    {
        var json = new Utf8JsonReader(item);
        json.Read();
        return ReadMap(ref json);
    }

    private static void ReadMember(ref Utf8JsonReader json, DynamoAnswer answer)
    {
        var name = json.GetString();
        json.Read();
        switch (name)
        {
            case "Attributes": answer.Attributes = ReadMap(ref json); break;
            case "Item": answer.Item = ReadMap(ref json); break;
            case "Items": answer.Items = ReadItems(ref json); break;
            case "LastEvaluatedKey": answer.LastEvaluatedKey = ReadMap(ref json); break;
            case "Responses" when json.TokenType == JsonTokenType.StartObject: answer.Responses = ReadResponses(ref json); break;
            case "UnprocessedKeys": answer.HasUnprocessedKeys = HasMembers(ref json); break;
            case "__type": answer.ErrorCode = WithoutNamespace(json.GetString()); break;
            case "message" or "Message": answer.ErrorMessage = json.GetString(); break;
            case "CancellationReasons" when json.TokenType == JsonTokenType.StartArray: ReadReasons(ref json, answer); break;
            default: json.Skip(); break;
        }
    }

    private static Dictionary<string, AttributeValue> ReadMap(ref Utf8JsonReader json)
    {
        Expect(ref json, JsonTokenType.StartObject, MapCalled);
        var map = new Dictionary<string, AttributeValue>(AttributesUsual);
        while (NextMember(ref json))
        {
            var name = json.GetString()!;
            json.Read();
            map[name] = ReadValue(ref json);
        }

        return map;
    }

    private static AttributeValue ReadValue(ref Utf8JsonReader json)
    {
        Expect(ref json, JsonTokenType.StartObject, "an attribute value");
        var value = new AttributeValue();
        while (NextMember(ref json))
        {
            value = ReadTyped(ref json);
        }

        return value;
    }

    private static AttributeValue ReadTyped(ref Utf8JsonReader json)
    {
        if (Is(ref json, "S"u8))
        {
            return new AttributeValue { S = json.GetString() };
        }

        if (Is(ref json, "N"u8))
        {
            return new AttributeValue { N = json.GetString() };
        }

        if (Is(ref json, "BOOL"u8))
        {
            return new AttributeValue { BOOL = json.GetBoolean() };
        }

        if (Is(ref json, "M"u8))
        {
            return new AttributeValue { M = ReadMap(ref json) };
        }

        if (Is(ref json, "L"u8))
        {
            return new AttributeValue { L = ReadList(ref json) };
        }

        json.Read();
        json.Skip();
        return new AttributeValue();
    }

    private static List<AttributeValue> ReadList(ref Utf8JsonReader json)
    {
        Expect(ref json, JsonTokenType.StartArray, "a list");
        var list = new List<AttributeValue>();
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            list.Add(ReadValue(ref json));
        }

        return list;
    }

    private static List<Dictionary<string, AttributeValue>> ReadItems(ref Utf8JsonReader json)
    {
        Expect(ref json, JsonTokenType.StartArray, "a list of items");
        var items = new List<Dictionary<string, AttributeValue>>();
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            items.Add(ReadMap(ref json));
        }

        return items;
    }

    private static Dictionary<string, List<Dictionary<string, AttributeValue>>> ReadResponses(ref Utf8JsonReader json)
    {
        var responses = new Dictionary<string, List<Dictionary<string, AttributeValue>>>();
        while (NextMember(ref json))
        {
            var table = json.GetString()!;
            json.Read();
            responses[table] = ReadItems(ref json);
        }

        return responses;
    }

    private static void ReadReasons(ref Utf8JsonReader json, DynamoAnswer answer)
    {
        var reasons = new List<CancellationReason>();
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            Expect(ref json, JsonTokenType.StartObject, "a cancellation reason");
            var (code, message, item) = ("None", (string?)null, (Dictionary<string, AttributeValue>?)null);
            while (NextMember(ref json))
            {
                var name = json.GetString();
                json.Read();
                switch (name)
                {
                    case "Code": code = json.GetString() ?? code; break;
                    case "Message": message = json.GetString(); break;
                    case "Item" when json.TokenType == JsonTokenType.StartObject: item = ReadMap(ref json); break;
                    default: json.Skip(); break;
                }
            }

            reasons.Add(new CancellationReason(code, message, item));
        }

        answer.CancellationReasons = reasons;
    }

    private static bool HasMembers(ref Utf8JsonReader json)
    {
        Expect(ref json, JsonTokenType.StartObject, MapCalled);
        var has = false;
        while (NextMember(ref json))
        {
            has = true;
            json.Read();
            json.Skip();
        }

        return has;
    }

    private static bool NextMember(ref Utf8JsonReader json) => json.Read() && json.TokenType == JsonTokenType.PropertyName;

    private static bool Is(ref Utf8JsonReader json, ReadOnlySpan<byte> type)
    {
        var matches = json.ValueIsEscaped ? json.ValueTextEquals(type) : json.ValueSpan.SequenceEqual(type);
        if (matches)
        {
            json.Read();
        }

        return matches;
    }

    private static void Expect(ref Utf8JsonReader json, JsonTokenType expected, string called, bool moves = false)
    {
        if ((moves && !json.Read()) || json.TokenType != expected)
        {
            throw new JsonException($"Where {called} belongs there is none.");
        }
    }

    // com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException
    private static string? WithoutNamespace(string? type) => type?[(type.LastIndexOf('#') + 1)..];
}
