using AiGateway.Domain.Ledger;

namespace AiGateway.Aws;

/// <summary>A posting as it is stored: it stands while it is open.</summary>
internal static class PostingItem
{
    public const string AccountName = "account";
    public const string IdName = "id";

    private const string ChangesName = "changes";
    private const string SettledName = "settled";
    private const string EstimatedName = "estimated";
    private const string ReleasedName = "released";
    private const string BucketName = "bucket";
    private const string AmountName = "amount";
    private const char PeriodSeparator = '@';
    private const char CursorSeparator = '/';

    public static string AccountText(AccountKey account) => account.StoredScope + PeriodSeparator + account.Period;

    public static Dictionary<string, AttributeValue> Key(Posting posting) => new ItemWriter()
        .Text(AccountName, AccountText(posting.Account))
        .Text(IdName, posting.Id)
        .Item;

    /// <summary>Where a scan goes on: the id, which has no separator, then the account.</summary>
    public static string? ToCursor(Dictionary<string, AttributeValue>? last) => last is { Count: > 0 }
        ? last[IdName].S + CursorSeparator + last[AccountName].S
        : null;

    public static Dictionary<string, AttributeValue>? FromCursor(string? cursor)
    {
        if (cursor is null)
        {
            return null;
        }

        var separator = cursor.IndexOf(CursorSeparator);
        return separator < 0
            ? throw new MalformedItemException("The postings' cursor is not one.")
            : new ItemWriter().Text(AccountName, cursor[(separator + 1)..]).Text(IdName, cursor[..separator]).Item;
    }

    /// <summary>The id is new by construction; where it is not, nothing may be overwritten.</summary>
    public static Put Put(string table, Posting posting) => new()
    {
        TableName = table,
        Item = Write(posting),
        ConditionExpression = "attribute_not_exists(#account)",
        ExpressionAttributeNames = new Dictionary<string, string> { ["#account"] = AccountName },
    };

    public static Posting Read(Dictionary<string, AttributeValue> stored)
    {
        var item = new ItemReader(stored);
        return new Posting(ReadAccount(item.Text(AccountName)), item.Text(IdName), item.List(ChangesName, ReadChange));
    }

    private static Dictionary<string, AttributeValue> Write(Posting posting) => new ItemWriter()
        .Text(AccountName, AccountText(posting.Account))
        .Text(IdName, posting.Id)
        .Set(ChangesName, ItemWriter.List(posting.Changes, change => HoldItems.WriteTotal(change.Total)
            .Number(SettledName, change.Settled)
            .Number(EstimatedName, change.Estimated)
            .Set(ReleasedName, ItemWriter.List(change.Released, WriteBucket))
            .AsMap()))
        .Item;

    private static TotalChange ReadChange(ItemReader item) => new(
        HoldItems.ReadTotal(item),
        item.Decimal(SettledName),
        item.Decimal(EstimatedName),
        item.List(ReleasedName, bucket => new BucketAmount(bucket.Long(BucketName), bucket.Decimal(AmountName))));

    private static AttributeValue WriteBucket(BucketAmount bucket) => new ItemWriter()
        .Number(BucketName, bucket.Bucket)
        .Number(AmountName, bucket.Amount)
        .AsMap();

    // A scope may contain an @ (an e-mail address); a period never does.
    private static AccountKey ReadAccount(string text)
    {
        var at = text.LastIndexOf(PeriodSeparator);
        return at < 0
            ? throw new MalformedItemException("The posting's account is not one.")
            : AccountItem.ReadKey(text[..at], text[(at + 1)..]);
    }
}
