using System.Globalization;
using AiGateway.Domain.Budgets;
using AiGateway.Domain.Ledger;
using AiGateway.Engine;

namespace AiGateway.Aws;

/// <summary>A ledger entry as it is stored.</summary>
internal static class LedgerItem
{
    public const string RequestIdName = "request_id";
    public const string StateName = "state";
    public const string VersionName = "version";
    public const string AttemptsName = "attempts";
    public const string OpenName = "open";
    public const string PostingIdName = "posting_id";
    public const string ResultName = "result";
    public const string ExpiresAtName = "expires_at";

    /// <summary>A team's requests of a time are read from this many keys of the index, and merged.</summary>
    public const int TeamShards = 8;

    private const string TeamName = "team";
    private const string CreatedAtName = "created_at";
    private const string SettledName = "settled";
    private const string EstimatedName = "estimated";
    private const string TeamShardName = "team_shard";
    private const int MonthsKept = 13;

    private static readonly StoredNames<EntryState> States = StoredLedgerNames.States;

    public static string Held => States[EntryState.Held];

    public static Dictionary<string, AttributeValue> Key(string requestId) =>
        new ItemWriter().Text(RequestIdName, requestId).Item;

    public static string OpenKey(long bucket, int shard) =>
        string.Create(CultureInfo.InvariantCulture, $"{bucket}#{shard}");

    public static void Write(ItemJson item, LedgerEntry entry) => item
        .Text(RequestIdName, entry.RequestId)
        .Text(StateName, States[entry.State])
        .Number(VersionName, entry.Version)
        .Text(TeamName, entry.Team)
        .Instant(CreatedAtName, entry.CreatedAt)
        .Maps(AttemptsName, entry.Attempts, AttemptItem.Write)
        .Holds(SettledName, entry.Settled)
        .Holds(EstimatedName, entry.Estimated)
        .Map(ResultName, entry.Result, ResultItem.Write)
        .Text(PostingIdName, entry.PostingId)
        .Text(OpenName, entry.OpenBucket is { } bucket ? OpenKey(bucket, OpenIndex.ShardOf(entry.RequestId)) : null)
        .Text(TeamShardName, entry.State == EntryState.Held ? null : TeamShard(entry))
        .Number(ExpiresAtName, ExpiresAt(entry.CreatedAt));

    // None is left out: most entries have one of the two.
    private static ItemJson Holds(this ItemJson item, string name, IReadOnlyList<AccountHold> holds) =>
        holds.Count == 0 ? item : HoldItems.Write(item, name, holds);

    public static LedgerEntry Read(Dictionary<string, AttributeValue> stored)
    {
        var item = new ItemReader(stored);
        return new LedgerEntry(
            item.Text(RequestIdName),
            StoredText.Read(States, item, StateName),
            item.Long(VersionName),
            item.Text(TeamName),
            item.Instant(CreatedAtName),
            item.List(AttemptsName, AttemptItem.Read),
            HoldItems.Read(item, SettledName),
            HoldItems.Read(item, EstimatedName),
            item.OptionalMap(ResultName) is { } result ? ResultItem.Read(result) : null,
            item.OptionalText(PostingIdName));
    }

    private static string TeamShard(LedgerEntry entry) => string.Create(
        CultureInfo.InvariantCulture, $"{entry.Team}#{OpenIndex.ShardOf(entry.RequestId) % TeamShards}");

    // Thirteen months past the month it was admitted in: a year can be compared with the one before.
    private static long ExpiresAt(DateTimeOffset createdAt)
    {
        var utc = createdAt.ToUniversalTime();
        var month = new DateTimeOffset(utc.Year, utc.Month, 1, 0, 0, 0, TimeSpan.Zero);
        return month.AddMonths(1 + MonthsKept).ToUnixTimeSeconds();
    }
}
