using AiGateway.Domain;

namespace AiGateway.Aws;

/// <summary>Writes a call's body. One buffer for each thread, because writing does not wait for anything.</summary>
internal sealed class RequestWriter
{
    // A body larger than this is rare: its buffer is not kept.
    private const int KeptBytesMax = 256 * 1024;

    [ThreadStatic]
    private static RequestWriter? spare;

    private readonly JsonText json = new(4 * 1024);

    private RequestWriter()
    {
    }

    public static byte[] Write(DynamoRequest request)
    {
        var writer = spare ?? new RequestWriter();
        spare = null;
        writer.json.BeginObject();
        writer.WriteMembers(request);
        writer.json.EndObject();
        var body = writer.json.Written.ToArray();
        writer.json.Clear();
        if (writer.json.Capacity <= KeptBytesMax)
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
        json.Member("TableName", write.TableName);
        switch (write)
        {
            case PutWrite put: WritePut(put); break;
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
        WriteNumbers(write.NumberedValues ?? []);
        if (write.ReturnValues != ReturnValue.NONE)
        {
            json.Member("ReturnValues", write.ReturnValues == ReturnValue.ALL_NEW ? "ALL_NEW" : "ALL_OLD");
        }

        if (write.ReturnValuesOnConditionCheckFailure != ReturnValuesOnConditionCheckFailure.NONE)
        {
            json.Member("ReturnValuesOnConditionCheckFailure", "ALL_OLD");
        }
    }

    private void WritePut(PutWrite put)
    {
        if (put.Writes is not { } write)
        {
            WriteMap("Item", put.Item);
            return;
        }

        json.Name("Item");
        json.BeginObject();
        write(new ItemJson(json));
        json.EndObject();
    }

    private void WriteGet(GetItemRequest get)
    {
        json.Member("TableName", get.TableName);
        WriteMap("Key", get.Key);
        WriteFlag("ConsistentRead", get.ConsistentRead);
    }

    private void WritePage(PageRequest page)
    {
        json.Member("TableName", page.TableName);
        WriteText("IndexName", page.IndexName);
        WriteFlag("ConsistentRead", page.ConsistentRead);
        if (page.Limit is { } limit)
        {
            json.Member("Limit", limit);
        }

        WriteMap("ExclusiveStartKey", page.ExclusiveStartKey);
        if (page is QueryRequest query)
        {
            WriteText("KeyConditionExpression", query.KeyConditionExpression);
            if (query.ScanIndexForward is { } isForward)
            {
                json.Member("ScanIndexForward", isForward);
            }

            WriteNames(query.ExpressionAttributeNames);
            WriteMap("ExpressionAttributeValues", query.ExpressionAttributeValues);
        }
    }

    private void WriteBatch(BatchGetItemRequest batch)
    {
        json.Name("RequestItems");
        json.BeginObject();
        foreach (var (table, wanted) in batch.RequestItems)
        {
            json.Name(table);
            json.BeginObject();
            json.Name("Keys");
            json.BeginArray();
            foreach (var key in wanted.Keys)
            {
                WriteMap(key);
            }

            json.EndArray();
            WriteFlag("ConsistentRead", wanted.ConsistentRead);
            json.EndObject();
        }

        json.EndObject();
    }

    private void WriteTransaction(TransactWriteItemsRequest transaction)
    {
        json.Name("TransactItems");
        json.BeginArray();
        foreach (var item in transaction.TransactItems)
        {
            json.BeginObject();
            WritePart("Put", item.Put);
            WritePart("Update", item.Update);
            WritePart("Delete", item.Delete);
            WritePart("ConditionCheck", item.ConditionCheck);
            json.EndObject();
        }

        json.EndArray();
    }

    private void WritePart(string name, ItemWrite? part)
    {
        if (part is not null)
        {
            json.Name(name);
            json.BeginObject();
            WriteItem(part);
            json.EndObject();
        }
    }

    private void WriteText(string name, string? value)
    {
        if (value is not null)
        {
            json.Member(name, value);
        }
    }

    private void WriteFlag(string name, bool value)
    {
        if (value)
        {
            json.Member(name, true);
        }
    }

    private void WriteNames(IReadOnlyCollection<KeyValuePair<string, string>>? names)
    {
        if (names is not null)
        {
            json.Name("ExpressionAttributeNames");
            json.BeginObject();
            foreach (var (placeholder, name) in names)
            {
                json.Member(placeholder, name);
            }

            json.EndObject();
        }
    }

    private void WriteNumbers(IReadOnlyList<decimal> numbers)
    {
        for (var i = 0; i < numbers.Count; i++)
        {
            json.Literal(i == 0 ? ",\"ExpressionAttributeValues\":{\":"u8 : ",\":"u8);
            json.Append((long)i);
            json.Literal("\":{\"N\":\""u8);
            json.Append(numbers[i]);
            json.Literal(i == numbers.Count - 1 ? "\"}}"u8 : "\"}"u8);
        }
    }

    private void WriteMap(string name, Dictionary<string, AttributeValue>? map)
    {
        if (map is not null)
        {
            json.Name(name);
            WriteMap(map);
        }
    }

    private void WriteMap(Dictionary<string, AttributeValue> map)
    {
        json.BeginObject();
        foreach (var (name, value) in map)
        {
            json.Name(name);
            WriteValue(value);
        }

        json.EndObject();
    }

    private void WriteValue(AttributeValue value)
    {
        json.BeginObject();
        switch (value)
        {
            case { S: { } text }: json.Member("S", text); break;
            case { N: { } number }: json.Member("N", number); break;
            case { BOOL: { } flag }: json.Member("BOOL", flag); break;
            case { M: { } map }: WriteMap("M", map); break;
            case { L: { } list }: WriteList(list); break;
            default: throw new ArgumentException("An attribute value has nothing set.", nameof(value));
        }

        json.EndObject();
    }

    private void WriteList(List<AttributeValue> list)
    {
        json.Name("L");
        json.BeginArray();
        foreach (var part in list)
        {
            WriteValue(part);
        }

        json.EndArray();
    }
}
