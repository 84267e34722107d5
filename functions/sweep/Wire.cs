using System.Text.Json.Serialization;

namespace Sweep;

/// <summary>
/// What the schedule sends: <c>{"action":"sweep"}</c> or <c>{"action":"verify"}</c>, or the plain event of an EventBridge rule.
/// </summary>
internal sealed record ScheduleEvent(
    [property: JsonPropertyName("action")] string? Action = null,
    [property: JsonPropertyName("source")] string? Source = null,
    [property: JsonPropertyName("detail-type")] string? DetailType = null);

/// <summary>
/// What was done. Nobody reads it where a schedule invokes the function; <c>./dev ledger sweep</c> and tests do.
/// </summary>
/// <param name="Action"><c>sweep</c> or <c>verify</c>.</param>
/// <param name="Outcome">
/// <c>completed</c>, <c>left_work</c> or <c>stopped_at_deadline</c> of a sweep; <c>agree</c> or <c>differ</c> of a comparison.
/// </param>
internal sealed record SweepReply(
    [property: JsonPropertyName("action")] string Action,
    [property: JsonPropertyName("outcome")] string Outcome)
{
    /// <summary>Entries that no line had cleared. Null where the sweep was stopped: they are not counted then.</summary>
    [JsonPropertyName("expired")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Expired { get; init; }

    /// <summary>Buckets that were taken from accounts.</summary>
    [JsonPropertyName("released")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Released { get; init; }

    /// <summary>Shares of a hot scope's limit that lay idle on one of its shards, and were given back.</summary>
    [JsonPropertyName("recalled")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Recalled { get; init; }

    /// <summary>Why buckets were left to the next sweep.</summary>
    [JsonPropertyName("left_for_next")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? LeftForNext { get; init; }

    /// <summary>Ledger entries that were compared.</summary>
    [JsonPropertyName("entries")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Entries { get; init; }

    /// <summary>Account items that were compared.</summary>
    [JsonPropertyName("accounts")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Accounts { get; init; }

    /// <summary>Differences that do not pass by themselves.</summary>
    [JsonPropertyName("wrong")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Wrong { get; init; }

    /// <summary>Differences that do: postings under way, holds left to expiry, accounts that were booked on.</summary>
    [JsonPropertyName("passing")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Passing { get; init; }
}

[JsonSerializable(typeof(ScheduleEvent))]
[JsonSerializable(typeof(SweepReply))]
internal sealed partial class EventJson : JsonSerializerContext;
