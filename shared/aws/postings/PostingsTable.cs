using AiGateway.Domain.Ledger;
using AiGateway.Engine;

namespace AiGateway.Aws;

/// <summary>
/// The open postings. Applying one deletes it in the same transaction: that is the mark. It can't come back, because
/// the transaction that
/// would write it again is conditional on entries that have moved on. So a read of an account's open postings stays
/// small, however many
/// were applied.
/// </summary>
public sealed class PostingsTable(DynamoClient dynamo, TableNames names, TimeSpan timeout) : IPostingStore
{
    private const int DeletePart = 0;

    private readonly TableCalls calls = new(dynamo, timeout);
    private readonly string table = names.Postings;

    public Task<StoreResult<PostingRefusal>> ApplyAsync(Posting posting, DateTimeOffset now, CancellationToken stop)
    {
        var required = Required(posting);
        var update = UpdateOf(posting, required);
        var request = new TransactWriteItemsRequest
        {
            TransactItems = [new TransactWriteItem { Delete = DeleteOf(posting) }],
        };
        if (update.ChangesSomething)
        {
            request.TransactItems.Add(new TransactWriteItem { Update = update.ToTransactionPart(names.Accounts) });
        }

        return calls.RunAsync(
            $"TransactWriteItems {table}",
            (client, limit) => client.TransactWriteItemsAsync(request, limit),
            _ => new StoreResult<PostingRefusal>.Done(PostingRefusal.None),
            error => RefusalOf(error, required),
            stop);
    }

    public Task<StoreResult<IReadOnlyList<Posting>>> ReadOpenAsync(AccountKey account, CancellationToken stop) => calls.RunAsync(
        $"Query {table}",
        (client, limit) => client.QueryAsync(
            new QueryRequest
            {
                TableName = table,
                ConsistentRead = true,
                Limit = IPostingStore.OpenMax,
                KeyConditionExpression = "#account = :account",
                ExpressionAttributeNames = new Dictionary<string, string> { ["#account"] = PostingItem.AccountName },
                ExpressionAttributeValues = new Dictionary<string, AttributeValue>
                {
                    [":account"] = new() { S = PostingItem.AccountText(account) },
                },
            },
            limit),
        answer => new StoreResult<IReadOnlyList<Posting>>.Done([.. (answer.Items ?? []).Select(PostingItem.Read)]),
        FailedCondition.None<IReadOnlyList<Posting>>,
        stop);

    public Task<StoreResult<PostingPage>> ScanOpenAsync(string? cursor, CancellationToken stop) => calls.RunAsync(
        $"Scan {table}",
        (client, limit) => client.ScanAsync(
            new ScanRequest { TableName = table, ExclusiveStartKey = PostingItem.FromCursor(cursor) }, limit),
        answer => new StoreResult<PostingPage>.Done(new PostingPage(
            [.. (answer.Items ?? []).Select(PostingItem.Read)], PostingItem.ToCursor(answer.LastEvaluatedKey))),
        FailedCondition.None<PostingPage>,
        stop);

    private Delete DeleteOf(Posting posting) => new()
    {
        TableName = table,
        Key = PostingItem.Key(posting),
        ConditionExpression = "attribute_exists(#account)",
        ExpressionAttributeNames = new Dictionary<string, string> { ["#account"] = PostingItem.AccountName },
    };

    private static AccountUpdate UpdateOf(
        Posting posting, IReadOnlyDictionary<(Total Total, long Bucket), decimal> required)
    {
        var update = new AccountUpdate(posting.Account);
        foreach (var change in posting.Changes)
        {
            update.Add(AccountAttribute.Of(AmountKind.Committed, change.Total), change.Settled + change.Estimated);
            update.Add(AccountAttribute.Of(AmountKind.Settled, change.Total), change.Settled);
            update.Add(AccountAttribute.Of(AmountKind.Estimated, change.Total), change.Estimated);
        }

        foreach (var ((total, bucket), amount) in required)
        {
            var held = AccountAttribute.Hold(total, bucket);
            update.RequireAtLeast(held, amount);
            update.Add(held, -amount);
            update.Add(AccountAttribute.Of(AmountKind.Committed, total), -amount);
        }

        return update;
    }

    private static Dictionary<(Total Total, long Bucket), decimal> Required(Posting posting) => posting.Changes
        .SelectMany(change => change.Released.Select(bucket => (Key: (change.Total, bucket.Bucket), bucket.Amount)))
        .GroupBy(released => released.Key, released => released.Amount)
        .Select(released => (released.Key, Amount: released.Sum()))
        .Where(released => released.Amount != 0m)
        .ToDictionary(released => released.Key, released => released.Amount);

    private static StoreResult<PostingRefusal>? RefusalOf(
        Exception error, IReadOnlyDictionary<(Total Total, long Bucket), decimal> required)
    {
        var parts = FailedCondition.Parts(error);
        if (parts.Count == 0)
        {
            return null;
        }

        if (parts.Any(part => part.Index == DeletePart))
        {
            return new StoreResult<PostingRefusal>.Refused(new PostingRefusal(true, []));
        }

        var totals = parts[0].Item is { } item ? AccountItem.Read(item).Totals : new Dictionary<Total, RunningTotal>();
        return new StoreResult<PostingRefusal>.Refused(new PostingRefusal(
            false,
            [
                .. required
                    .Where(released => Held(totals, released.Key) is not { } held || held < released.Value)
                    .Select(released => released.Key),
            ]));
    }

    private static decimal? Held(IReadOnlyDictionary<Total, RunningTotal> totals, (Total Total, long Bucket) key) =>
        totals.TryGetValue(key.Total, out var total) && total.Buckets.TryGetValue(key.Bucket, out var held) ? held : null;
}
