namespace AiGateway.Aws;

/// <summary>
/// Which actions on which tables a request asks for. Only the calls that this project makes are known.
/// </summary>
internal static class DynamoCallNames
{
    public static IReadOnlyList<DynamoCall> Of(DynamoRequest request) => request switch
    {
        GetItemRequest get => [new DynamoCall("GetItem", get.TableName, null)],
        PutItemRequest put => [new DynamoCall("PutItem", put.TableName, null)],
        UpdateItemRequest update => [new DynamoCall("UpdateItem", update.TableName, null)],
        DeleteItemRequest delete => [new DynamoCall("DeleteItem", delete.TableName, null)],
        QueryRequest query => [new DynamoCall("Query", query.TableName, query.IndexName)],
        ScanRequest scan => [new DynamoCall("Scan", scan.TableName, scan.IndexName)],
        BatchGetItemRequest batch =>
            [.. batch.RequestItems.Keys.Select(table => new DynamoCall("BatchGetItem", table, null))],
        TransactWriteItemsRequest transaction => [.. transaction.TransactItems.Select(Part).Distinct()],
        _ => [new DynamoCall(request.GetType().Name, string.Empty, null)],
    };

    private static DynamoCall Part(TransactWriteItem item) => item switch
    {
        { Put: { } put } => new DynamoCall("PutItem", put.TableName, null),
        { Update: { } update } => new DynamoCall("UpdateItem", update.TableName, null),
        { Delete: { } delete } => new DynamoCall("DeleteItem", delete.TableName, null),
        { ConditionCheck: { } check } => new DynamoCall("ConditionCheckItem", check.TableName, null),
        _ => throw new ArgumentException("A part of a transaction has nothing set.", nameof(item)),
    };
}
