using System.Globalization;

namespace AiGateway.Aws;

/// <summary>
/// A probe of the open index: an item of the ledger that is no entry. No request has an id with <c>#</c> in it.
/// <code>
/// request_id  probe#7#00001794000000    the shard, and the second it was written
/// open        probe#7                   what the index shows it under
/// expires_at                            an hour later
/// </code>
/// </summary>
internal static class ProbeItem
{
    private const string Prefix = "probe#";
    private static readonly TimeSpan Kept = TimeSpan.FromHours(1);

    public static Dictionary<string, AttributeValue> Write(int shard, DateTimeOffset at) => new ItemWriter()
        .Text(LedgerItem.RequestIdName, string.Create(
            CultureInfo.InvariantCulture, $"{KeyOf(shard)}#{at.ToUnixTimeMilliseconds():00000000000000}"))
        .Text(LedgerItem.OpenName, KeyOf(shard))
        .Number(LedgerItem.ExpiresAtName, (at + Kept).ToUnixTimeSeconds())
        .Item;

    /// <summary>The one with the highest time; ids sort by it.</summary>
    public static QueryRequest Newest(string table, int shard) => new()
    {
        TableName = table,
        IndexName = LedgerItem.OpenName,
        KeyConditionExpression = "#open = :open",
        ExpressionAttributeNames = new Dictionary<string, string> { ["#open"] = LedgerItem.OpenName },
        ExpressionAttributeValues = new Dictionary<string, AttributeValue> { [":open"] = new() { S = KeyOf(shard) } },
        ScanIndexForward = false,
        Limit = 1,
    };

    public static DateTimeOffset? ReadTime(Dictionary<string, AttributeValue> item)
    {
        var id = new ItemReader(item).Text(LedgerItem.RequestIdName);
        return long.TryParse(id[(id.LastIndexOf('#') + 1)..], CultureInfo.InvariantCulture, out var milliseconds)
            ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds)
            : throw new MalformedItemException($"'{id}' is not a probe.");
    }

    public static bool IsOne(Dictionary<string, AttributeValue> item) =>
        item.TryGetValue(LedgerItem.RequestIdName, out var id)
        && id.S?.StartsWith(Prefix, StringComparison.Ordinal) == true;

    private static string KeyOf(int shard) => string.Create(CultureInfo.InvariantCulture, $"{Prefix}{shard}");
}
