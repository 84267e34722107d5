using System.Text.Json.Serialization;
using Amazon.Lambda.CloudWatchLogsEvents;

namespace CostAttribution;

/// <summary>What <c>awslogs.data</c> holds, unzipped.</summary>
internal sealed record LogDocument(
    string MessageType, string? LogGroup, string? LogStream, IReadOnlyList<LogDocumentEvent?> LogEvents);

/// <param name="Id">CloudWatch's id, the same on every delivery.</param>
/// <param name="Timestamp">Milliseconds since 1970.</param>
/// <param name="Message">The line.</param>
internal sealed record LogDocumentEvent(string Id, long Timestamp, string Message);

/// <summary>
/// What became of the lines. Nobody reads it where CloudWatch invokes the function; <c>dev replay</c> and tests do.
/// <c>lines = booked + duplicate + ignored + bad</c>, and <c>access</c> of them are access lines.
/// </summary>
internal sealed record BatchReply(
    [property: JsonPropertyName("lines")] int Lines,
    [property: JsonPropertyName("access")] int Access,
    [property: JsonPropertyName("booked")] int Booked,
    [property: JsonPropertyName("duplicate")] int Duplicate,
    [property: JsonPropertyName("ignored")] int Ignored,
    [property: JsonPropertyName("bad")] int Bad,
    [property: JsonPropertyName("ignored_by_reason")] IReadOnlyDictionary<string, int> IgnoredByReason,
    [property: JsonPropertyName("bad_by_reason")] IReadOnlyDictionary<string, int> BadByReason)
{
    public static BatchReply ForControlMessage { get; } =
        new(0, 0, 0, 0, 0, 0, new Dictionary<string, int>(), new Dictionary<string, int>());
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(LogDocument))]
internal sealed partial class LogDocumentJson : JsonSerializerContext;

/// <summary>
/// Lambda's own event, and the reply; its serializer builds the context with the options that AWS's names need.
/// </summary>
[JsonSerializable(typeof(CloudWatchLogsEvent))]
[JsonSerializable(typeof(BatchReply))]
internal sealed partial class EventJson : JsonSerializerContext;
