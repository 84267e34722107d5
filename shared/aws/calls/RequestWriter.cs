using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace AiGateway.Aws;

/// <summary>Writes a call's body. One buffer for each thread, because writing does not wait for anything.</summary>
internal sealed class RequestWriter
{
    // A body larger than this is rare: its buffer is not kept.
    private const int KeptBytesMax = 256 * 1024;

    // Written most often; looked through for escapes once.
    private static readonly JsonEncodedText TextType = JsonEncodedText.Encode("S");
    private static readonly JsonEncodedText NumberType = JsonEncodedText.Encode("N");

    [ThreadStatic]
    private static RequestWriter? spare;

    private readonly ArrayBufferWriter<byte> bytes = new(4 * 1024);
    private readonly Utf8JsonWriter json;

    private RequestWriter()
    {
        // Nobody reads it as HTML. Quotes and control characters are escaped all the same.
        json = new Utf8JsonWriter(
            bytes, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true });
    }

    public static byte[] Write(DynamoRequest request)
    {
        var writer = spare ?? new RequestWriter();
        spare = null;
        writer.json.WriteStartObject();
        writer.WriteMembers(request);
        writer.json.WriteEndObject();
        writer.json.Flush();
        var body = writer.bytes.WrittenSpan.ToArray();
        writer.json.Reset();
        writer.bytes.ResetWrittenCount();
        if (writer.bytes.Capacity <= KeptBytesMax)
        {
            spare = writer;
        }

        return body;
    }

    private void WriteMembers(DynamoRequest request)
    {
        switch (request)
        {
            case ItemWrite write: WriteItem(write); break;
            case GetItemRequest get: WriteGet(get); break;
            case PageRequest page: WritePage(page); break;
            case BatchGetItemRequest batch: WriteBatch(batch); break;
            case TransactWriteItemsRequest transaction: WriteTransaction(transaction); break;
            default: throw new NotSupportedException($"{request.GetType().Name} is not written.");
        }
    }

    private void WriteItem(ItemWrite write)
    {
        json.WriteString("TableName", write.TableName);
        switch (write)
        {
            case PutWrite put: WriteMap("Item", put.Item); break;
            case DeleteWrite delete: WriteMap("Key", delete.Key); break;
            case ConditionCheck check: WriteMap("Key", check.Key); break;
            case UpdateWrite update:
                WriteMap("Key", update.Key);
                WriteText("UpdateExpression", update.UpdateExpression);
                break;
        }

        WriteText("ConditionExpression", write.ConditionExpression);
        WriteNames(write.ExpressionAttributeNames);
        WriteMap("ExpressionAttributeValues", write.ExpressionAttributeValues);
        if (write.ReturnValues != ReturnValue.NONE)
        {
            json.WriteString("ReturnValues", write.ReturnValues == ReturnValue.ALL_NEW ? "ALL_NEW"u8 : "ALL_OLD"u8);
        }

        if (write.ReturnValuesOnConditionCheckFailure != ReturnValuesOnConditionCheckFailure.NONE)
        {
            json.WriteString("ReturnValuesOnConditionCheckFailure"u8, "ALL_OLD"u8);
        }
    }

    private void WriteGet(GetItemRequest get)
    {
        json.WriteString("TableName", get.TableName);
        WriteMap("Key", get.Key);
        WriteFlag("ConsistentRead", get.ConsistentRead);
    }

    private void WritePage(PageRequest page)
    {
        json.WriteString("TableName", page.TableName);
        WriteText("IndexName", page.IndexName);
        WriteFlag("ConsistentRead", page.ConsistentRead);
        if (page.Limit is { } limit)
        {
            json.WriteNumber("Limit", limit);
        }

        WriteMap("ExclusiveStartKey", page.ExclusiveStartKey);
        if (page is QueryRequest query)
        {
            WriteText("KeyConditionExpression", query.KeyConditionExpression);
            if (query.ScanIndexForward is { } isForward)
            {
                json.WriteBoolean("ScanIndexForward", isForward);
            }

            WriteNames(query.ExpressionAttributeNames);
            WriteMap("ExpressionAttributeValues", query.ExpressionAttributeValues);
        }
    }

    private void WriteBatch(BatchGetItemRequest batch)
    {
        json.WriteStartObject("RequestItems");
        foreach (var (table, wanted) in batch.RequestItems)
        {
            json.WriteStartObject(table);
            json.WriteStartArray("Keys");
            foreach (var key in wanted.Keys)
            {
                WriteMap(key);
            }

            json.WriteEndArray();
            WriteFlag("ConsistentRead", wanted.ConsistentRead);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private void WriteTransaction(TransactWriteItemsRequest transaction)
    {
        json.WriteStartArray("TransactItems");
        foreach (var item in transaction.TransactItems)
        {
            json.WriteStartObject();
            WritePart("Put", item.Put);
            WritePart("Update", item.Update);
            WritePart("Delete", item.Delete);
            WritePart("ConditionCheck", item.ConditionCheck);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private void WritePart(string name, ItemWrite? part)
    {
        if (part is not null)
        {
            json.WriteStartObject(name);
            WriteItem(part);
            json.WriteEndObject();
        }
    }

    private void WriteText(string name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }

    private void WriteFlag(string name, bool value)
    {
        if (value)
        {
            json.WriteBoolean(name, true);
        }
    }

    private void WriteNames(IReadOnlyCollection<KeyValuePair<string, string>>? names)
    {
        if (names is not null)
        {
            json.WriteStartObject("ExpressionAttributeNames");
            foreach (var (placeholder, name) in names)
            {
                json.WriteString(placeholder, name);
            }

            json.WriteEndObject();
        }
    }

    private void WriteMap(string name, Dictionary<string, AttributeValue>? map)
    {
        if (map is not null)
        {
            json.WritePropertyName(name);
            WriteMap(map);
        }
    }

    private void WriteMap(Dictionary<string, AttributeValue> map)
    {
        json.WriteStartObject();
        foreach (var (name, value) in map)
        {
            json.WritePropertyName(name);
            WriteValue(value);
        }

        json.WriteEndObject();
    }

    private void WriteValue(AttributeValue value)
    {
        json.WriteStartObject();
        switch (value)
        {
            case { S: { } text }: json.WriteString(TextType, text); break;
            case { N: { } number }: json.WriteString(NumberType, number); break;
            case { BOOL: { } flag }: json.WriteBoolean("BOOL"u8, flag); break;
            case { M: { } map }: WriteMap("M", map); break;
            case { L: { } list }: WriteList(list); break;
            default: throw new ArgumentException("An attribute value has nothing set.", nameof(value));
        }

        json.WriteEndObject();
    }

    private void WriteList(List<AttributeValue> list)
    {
        json.WriteStartArray("L"u8);
        foreach (var part in list)
        {
            WriteValue(part);
        }

        json.WriteEndArray();
    }
}
