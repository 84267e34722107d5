using AiGateway.Domain.Ledger;
using AiGateway.Engine;

namespace AiGateway.Aws;

/// <summary>The ledger: one entry for each request (design.md, section 5).</summary>
public sealed class LedgerTable(DynamoClient dynamo, TableNames names, TimeSpan timeout) : ILedgerStore
{
    /// <summary>What one transaction or one batch read takes.</summary>
    public const int ItemsMax = 100;

    private readonly TableCalls calls = new(dynamo, timeout);
    private readonly string table = names.Ledger;
    private readonly string putting = $"PutItem {names.Ledger}";

    /// <summary>Ids on a page of the open index, at most; tests take fewer.</summary>
    internal int OpenPageSize { get; init; } = 1_000;

    public Task<StoreResult<LedgerEntry>> PutHeldAsync(LedgerEntry entry, CancellationToken stop) => calls.RunAsync(
        putting,
        (client, limit) => client.PutItemAsync(LedgerRequests.PutHeld(table, entry), limit),
        _ => new StoreResult<LedgerEntry>.Done(entry),
        error => FailedCondition.Of(error, LedgerItem.Read),
        stop);

    public Task<StoreResult<LedgerEntry>> AppendAttemptAsync(
        string requestId, long readVersion, Attempt attempt, CancellationToken stop) =>
        UpdateAsync(LedgerRequests.Append(table, requestId, readVersion, attempt), stop);

    public Task<StoreResult<LedgerEntry>> VoidAsync(LedgerEntry voidEntry, string attemptId, CancellationToken stop) =>
        UpdateAsync(LedgerRequests.Void(table, voidEntry, attemptId), stop);

    public async Task<StoreResult<IReadOnlyList<LedgerEntry>>> ReadAsync(
        IReadOnlyList<string> requestIds, CancellationToken stop)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(requestIds.Count, ItemsMax);
        return requestIds.Count == 0
            ? new StoreResult<IReadOnlyList<LedgerEntry>>.Done([])
            : await calls.RunAsync(
                $"BatchGetItem {table}",
                (client, limit) => client.BatchGetItemAsync(BatchOf(requestIds), limit),
                ReadBatch,
                FailedCondition.None<IReadOnlyList<LedgerEntry>>,
                stop);
    }

    public Task<StoreResult<IReadOnlyList<string>>> SettleAsync(
        IReadOnlyList<EntryWrite> entries, IReadOnlyList<Posting> postings, CancellationToken stop)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(entries.Count + postings.Count, ItemsMax);
        var request = new TransactWriteItemsRequest
        {
            TransactItems =
            [
                .. entries.Select(write => new TransactWriteItem
                {
                    Put = LedgerRequests.Settle(table, write.Entry, write.ReadVersion),
                }),
                .. postings.Select(posting => new TransactWriteItem { Put = PostingItem.Put(names.Postings, posting) }),
            ],
        };
        return calls.RunAsync(
            $"TransactWriteItems {table}",
            (client, limit) => client.TransactWriteItemsAsync(request, limit),
            _ => new StoreResult<IReadOnlyList<string>>.Done([]),
            error => FailedCondition.Parts(error) is { Count: > 0 } parts
                ? new StoreResult<IReadOnlyList<string>>.Refused(
                    [
                        .. parts.Where(part => part.Index < entries.Count)
                            .Select(part => entries[part.Index].Entry.RequestId),
                    ])
                : null,
            stop);
    }

    public Task<StoreResult<OpenPage>> QueryOpenAsync(long bucket, int shard, string? cursor, CancellationToken stop)
    {
        var key = new AttributeValue { S = LedgerItem.OpenKey(bucket, shard) };
        var request = new QueryRequest
        {
            TableName = table,
            IndexName = LedgerItem.OpenName,
            KeyConditionExpression = "#open = :open",
            ExpressionAttributeNames = new Dictionary<string, string> { ["#open"] = LedgerItem.OpenName },
            ExpressionAttributeValues = new Dictionary<string, AttributeValue> { [":open"] = key },
            Limit = OpenPageSize,
            ExclusiveStartKey = cursor is null ? null : new Dictionary<string, AttributeValue>
            {
                [LedgerItem.OpenName] = key,
                [LedgerItem.RequestIdName] = new() { S = cursor },
            },
        };
        return calls.RunAsync(
            $"Query {table}/{LedgerItem.OpenName}",
            (client, limit) => client.QueryAsync(request, limit),
            answer => new StoreResult<OpenPage>.Done(new OpenPage(
                [.. (answer.Items ?? []).Select(item => new ItemReader(item).Text(LedgerItem.RequestIdName))],
                answer.LastEvaluatedKey is { Count: > 0 } last ? last[LedgerItem.RequestIdName].S : null)),
            FailedCondition.None<OpenPage>,
            stop);
    }

    public Task<StoreResult<DateTimeOffset>> PutProbeAsync(int shard, DateTimeOffset at, CancellationToken stop) => calls.RunAsync(
        $"PutItem {table}",
        (client, limit) => client.PutItemAsync(
            new PutItemRequest { TableName = table, Item = ProbeItem.Write(shard, at) }, limit),
        _ => new StoreResult<DateTimeOffset>.Done(at),
        FailedCondition.None<DateTimeOffset>,
        stop);

    public Task<StoreResult<DateTimeOffset?>> QueryProbeAsync(int shard, CancellationToken stop) => calls.RunAsync(
        $"Query {table}/{LedgerItem.OpenName}",
        (client, limit) => client.QueryAsync(ProbeItem.Newest(table, shard), limit),
        answer => new StoreResult<DateTimeOffset?>.Done((answer.Items ?? []).Select(ProbeItem.ReadTime).FirstOrDefault()),
        FailedCondition.None<DateTimeOffset?>,
        stop);

    public Task<StoreResult<LedgerPage>> ScanAsync(string? cursor, CancellationToken stop) => calls.RunAsync(
        $"Scan {table}",
        (client, limit) => client.ScanAsync(
            new ScanRequest
            {
                TableName = table,
                ConsistentRead = true,
                ExclusiveStartKey = cursor is null ? null : LedgerItem.Key(cursor),
            },
            limit),
        answer => new StoreResult<LedgerPage>.Done(new LedgerPage(
            [.. (answer.Items ?? []).Where(item => !ProbeItem.IsOne(item)).Select(LedgerItem.Read)],
            answer.LastEvaluatedKey is { Count: > 0 } last ? last[LedgerItem.RequestIdName].S : null)),
        FailedCondition.None<LedgerPage>,
        stop);

    private Task<StoreResult<LedgerEntry>> UpdateAsync(UpdateItemRequest request, CancellationToken stop) => calls.RunAsync(
        $"UpdateItem {table}",
        (client, limit) => client.UpdateItemAsync(request, limit),
        answer => new StoreResult<LedgerEntry>.Done(LedgerItem.Read(answer.Attributes)),
        error => FailedCondition.Of(error, LedgerItem.Read),
        stop);

    private BatchGetItemRequest BatchOf(IReadOnlyList<string> requestIds) => new()
    {
        RequestItems = new Dictionary<string, KeysAndAttributes>
        {
            [table] = new() { Keys = [.. requestIds.Distinct().Select(LedgerItem.Key)], ConsistentRead = true },
        },
    };

    // Keys that are left over were not read because the table was busy. Taking them for absent would book a request
    // twice.
    private StoreResult<IReadOnlyList<LedgerEntry>> ReadBatch(DynamoAnswer answer) =>
        answer.HasUnprocessedKeys
            ? new StoreResult<IReadOnlyList<LedgerEntry>>.Failed(
                StoreFault.Throttled, $"BatchGetItem {table}: keys were left over")
            : new StoreResult<IReadOnlyList<LedgerEntry>>.Done([.. answer.Responses[table].Select(LedgerItem.Read)]);
}
