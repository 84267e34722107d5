using AiGateway.Engine;

namespace AiGateway.Aws;

/// <summary>What the small tables of configuration do alike: read all items, put one, delete one.</summary>
internal sealed class WholeTable(DynamoClient dynamo, string table, TimeSpan timeout)
{
    private readonly TableCalls calls = new(dynamo, timeout);

    /// <summary>Items on a page, at most; null: as many as fit into 1 MB. Tests take few.</summary>
    public int? PageSize { get; init; }

    public Task<StoreResult<IReadOnlyList<T>>> ScanAsync<T>(
        Func<Dictionary<string, AttributeValue>, T> read, CancellationToken stop) => TablePages.ReadAsync(
        $"Scan {table}",
        start => calls.RunAsync(
            $"Scan {table}",
            (client, limit) => client.ScanAsync(
                new ScanRequest { TableName = table, ExclusiveStartKey = start, Limit = PageSize }, limit),
            answer => Page(answer.Items, answer.LastEvaluatedKey, read),
            FailedCondition.None<ItemPage<T>>,
            stop));

    public Task<StoreResult<IReadOnlyList<T>>> QueryAsync<T>(
        string keyName, string key, Func<Dictionary<string, AttributeValue>, T> read, CancellationToken stop) =>
        TablePages.ReadAsync(
            $"Query {table}",
            start => calls.RunAsync(
                $"Query {table}",
                (client, limit) => client.QueryAsync(QueryOf(keyName, key, start), limit),
                answer => Page(answer.Items, answer.LastEvaluatedKey, read),
                FailedCondition.None<ItemPage<T>>,
                stop));

    public Task<StoreResult<T>> PutAsync<T>(
        T value, Dictionary<string, AttributeValue> item, CancellationToken stop) =>
        calls.RunAsync(
            $"PutItem {table}",
            (client, limit) => client.PutItemAsync(new PutItemRequest { TableName = table, Item = item }, limit),
            _ => new StoreResult<T>.Done(value),
            FailedCondition.None<T>,
            stop);

    public Task<StoreResult<bool>> DeleteAsync(Dictionary<string, AttributeValue> key, CancellationToken stop) =>
        calls.RunAsync(
            $"DeleteItem {table}",
            (client, limit) => client.DeleteItemAsync(
                new DeleteItemRequest { TableName = table, Key = key, ReturnValues = ReturnValue.ALL_OLD }, limit),
            answer => new StoreResult<bool>.Done(answer.Attributes is { Count: > 0 }),
            FailedCondition.None<bool>,
            stop);

    private QueryRequest QueryOf(string keyName, string key, Dictionary<string, AttributeValue>? start) => new()
    {
        TableName = table,
        ConsistentRead = true,
        KeyConditionExpression = "#key = :key",
        ExpressionAttributeNames = new Dictionary<string, string> { ["#key"] = keyName },
        ExpressionAttributeValues = new Dictionary<string, AttributeValue> { [":key"] = new() { S = key } },
        ExclusiveStartKey = start,
        Limit = PageSize,
    };

    private static StoreResult<ItemPage<T>> Page<T>(
        List<Dictionary<string, AttributeValue>>? items,
        Dictionary<string, AttributeValue>? last,
        Func<Dictionary<string, AttributeValue>, T> read) =>
        new StoreResult<ItemPage<T>>.Done(
            new ItemPage<T>([.. (items ?? []).Select(read)], last is { Count: > 0 } ? last : null));
}
