using AiGateway.Domain.Ledger;
using AiGateway.Engine;

namespace AiGateway.Aws;

/// <summary>
/// The accounts: running totals of a scope in a period, changed by additions only (design.md, section 5).
/// </summary>
public sealed class AccountsTable(DynamoClient dynamo, TableNames names, TimeSpan timeout) : IAccountStore
{
    private const char CursorSeparator = '|';

    private readonly TableCalls calls = new(dynamo, timeout);
    private readonly string table = names.Accounts;
    private readonly string updating = $"UpdateItem {names.Accounts}";

    /// <summary>Items on a page of the scan, at most; tests take fewer.</summary>
    internal int ScanPage { get; init; } = 500;

    public Task<StoreResult<AccountTotals>> ReserveAsync(ReserveWrite write, CancellationToken stop) =>
        UpdateAsync(ShardUpdates.Of(write), stop);

    public Task<StoreResult<IReadOnlyList<AccountTotals>>> MoveAsync(
        IReadOnlyList<ShardWrite> writes, CancellationToken stop)
    {
        var request = new TransactWriteItemsRequest
        {
            TransactItems =
            [
                .. writes.Select(write => ShardUpdates.Of(write).ToTransactionItem(table)),
            ],
        };
        return calls.RunAsync(
            $"TransactWriteItems {table}",
            (client, limit) => client.TransactWriteItemsAsync(request, limit),
            _ => new StoreResult<IReadOnlyList<AccountTotals>>.Done([]),
            error => FailedCondition.Parts(error) is { Count: > 0 } parts
                ? new StoreResult<IReadOnlyList<AccountTotals>>.Refused(
                    [
                        .. parts.Select(part => part.Item is { } item
                            ? AccountItem.Read(item)
                            : AccountTotals.Empty(writes[part.Index].Account)),
                    ])
                : null,
            stop);
    }

    public Task<StoreResult<AccountTotals>> GiveBackAsync(
        AccountKey account, long bucket, IReadOnlyList<TotalAmount> amounts, CancellationToken stop)
    {
        var update = new AccountUpdate(account);
        foreach (var (total, amount) in amounts.Where(amount => amount.Amount != 0m))
        {
            var held = AccountAttribute.Hold(total, bucket);
            update.RequireAtLeast(held, amount);
            update.Add(held, -amount);
            update.Add(AccountAttribute.Of(AmountKind.Committed, total), -amount);
        }

        return UpdateAsync(update, stop);
    }

    public Task<StoreResult<AccountTotals>> ExpireBucketAsync(
        AccountKey account, Total total, BucketAmount expected, CancellationToken stop)
    {
        var held = AccountAttribute.Hold(total, expected.Bucket);
        var update = new AccountUpdate(account);
        update.RequireEqual(held, expected.Amount);
        update.Add(AccountAttribute.Of(AmountKind.Committed, total), -expected.Amount);
        update.Remove(held);
        return UpdateAsync(update, stop);
    }

    public Task<StoreResult<AccountTotals?>> ReadAsync(AccountKey account, CancellationToken stop) => calls.RunAsync(
        $"GetItem {table}",
        (client, limit) => client.GetItemAsync(
            new GetItemRequest { TableName = table, Key = AccountItem.Key(account), ConsistentRead = true }, limit),
        answer => new StoreResult<AccountTotals?>.Done(
            answer.Item is { Count: > 0 } item ? AccountItem.Read(item) : null),
        FailedCondition.None<AccountTotals?>,
        stop);

    public Task<StoreResult<AccountTotals>> CorrectAsync(
        AccountKey account, Total total, RunningTotal seen, RunningTotal corrected, CancellationToken stop)
    {
        var update = new AccountUpdate(account);
        Correct(AmountKind.Committed, seen.Committed, corrected.Committed);
        Correct(AmountKind.Settled, seen.Settled, corrected.Settled);
        Correct(AmountKind.Estimated, seen.Estimated, corrected.Estimated);
        Correct(AmountKind.Moved, seen.Moved, corrected.Moved);
        return UpdateAsync(update, stop);

        void Correct(AmountKind kind, decimal before, decimal after)
        {
            update.RequireEqualOrAbsent(AccountAttribute.Of(kind, total), before);
            update.Add(AccountAttribute.Of(kind, total), after - before);
        }
    }

    public Task<StoreResult<AccountTotals>> RemoveAsync(
        AccountKey account, IReadOnlyDictionary<Total, RunningTotal> seen, CancellationToken stop)
    {
        var update = new AccountUpdate(account);
        foreach (var (total, running) in seen)
        {
            update.RequireEqualOrAbsent(AccountAttribute.Of(AmountKind.Committed, total), running.Committed);
            update.RequireEqualOrAbsent(AccountAttribute.Of(AmountKind.Settled, total), running.Settled);
            update.RequireEqualOrAbsent(AccountAttribute.Of(AmountKind.Estimated, total), running.Estimated);
            update.RequireEqualOrAbsent(AccountAttribute.Of(AmountKind.Moved, total), running.Moved);
            foreach (var (bucket, held) in running.Buckets)
            {
                update.RequireEqual(AccountAttribute.Hold(total, bucket), held);
            }

            ShardUpdates.RemoveAll(update, new StaleTotal(total, [.. running.Buckets.Keys]));
        }

        return UpdateAsync(update, stop);
    }

    public Task<StoreResult<AccountPage>> ScanAsync(string? cursor, CancellationToken stop) => calls.RunAsync(
        $"Scan {table}",
        (client, limit) => client.ScanAsync(
            new ScanRequest { TableName = table, Limit = ScanPage, ExclusiveStartKey = FromCursor(cursor) }, limit),
        answer => new StoreResult<AccountPage>.Done(
            new AccountPage([.. (answer.Items ?? []).Select(AccountItem.Read)], ToCursor(answer.LastEvaluatedKey))),
        FailedCondition.None<AccountPage>,
        stop);

    private Task<StoreResult<AccountTotals>> UpdateAsync(AccountUpdate update, CancellationToken stop) => calls.RunAsync(
        updating,
        (client, limit) => client.UpdateItemAsync(update.ToRequest(table), limit),
        answer => new StoreResult<AccountTotals>.Done(AccountItem.Read(answer.Attributes)),
        error => FailedCondition.Of(error, AccountItem.Read),
        stop);

    private static string? ToCursor(Dictionary<string, AttributeValue>? last) => last is { Count: > 0 }
        ? last[AccountItem.PeriodName].S + CursorSeparator + last[AccountItem.ScopeName].S
        : null;

    private static Dictionary<string, AttributeValue>? FromCursor(string? cursor)
    {
        if (cursor is null)
        {
            return null;
        }

        var at = cursor.IndexOf(CursorSeparator, StringComparison.Ordinal);
        return new ItemWriter()
            .Text(AccountItem.ScopeName, cursor[(at + 1)..])
            .Text(AccountItem.PeriodName, cursor[..at])
            .Item;
    }
}
