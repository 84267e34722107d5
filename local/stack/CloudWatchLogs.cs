using System.Globalization;
using System.IO.Compression;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace AiGateway.Local.Stack;

/// <summary>A line of a log stream, as CloudWatch Logs keeps it.</summary>
/// <param name="Id">56 digits, unique in the account and the same at every delivery.</param>
/// <param name="Timestamp">When it was written.</param>
/// <param name="Message">The line.</param>
public sealed record LogEvent(string Id, DateTimeOffset Timestamp, string Message);

/// <summary>Writes log lines as a CloudWatch Logs subscription delivers them: JSON, gzip, base64, <c>{"awslogs":{"data":"…"}}</c>.</summary>
public static class CloudWatchLogs
{
    private static readonly JsonWriterOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] DataMessage(IReadOnlyList<LogEvent> events) => Message("DATA_MESSAGE", events);

    /// <summary>What CloudWatch Logs sends to see whether the function can be reached: nothing to book.</summary>
    public static byte[] ControlMessage() => Message(
        "CONTROL_MESSAGE",
        [new LogEvent("", DateTimeOffset.UtcNow, "CWL CONTROL MESSAGE: Checking health of destination Lambda function.")]);

    private static byte[] Message(string type, IReadOnlyList<LogEvent> events)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        using (var json = new Utf8JsonWriter(gzip, Json))
        {
            json.WriteStartObject();
            json.WriteString("messageType", type);
            json.WriteString("owner", LambdaEnvironment.AccountId);
            json.WriteString("logGroup", "/ecs/agentgateway");
            json.WriteString("logStream", "agentgateway/agentgateway/local");
            json.WriteStartArray("subscriptionFilters");
            json.WriteStringValue("cost_attribution");
            json.WriteEndArray();
            json.WriteStartArray("logEvents");
            foreach (var one in events)
            {
                json.WriteStartObject();
                json.WriteString("id", one.Id);
                json.WriteNumber("timestamp", one.Timestamp.ToUnixTimeMilliseconds());
                json.WriteString("message", one.Message);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Envelope(packed.ToArray());
    }

    /// <summary>
    /// An event with the time that the line names, which loses zero padding below the second (T13) but not the second; where it names
    /// none, <paramref name="arrivedAt"/>.
    /// </summary>
    /// <param name="line">The line as the gateway wrote it; any text.</param>
    /// <param name="sequence">Number of the line in its stream: with the time it makes the id.</param>
    /// <param name="arrivedAt">Now.</param>
    public static LogEvent EventOf(string line, long sequence, DateTimeOffset arrivedAt)
    {
        var writtenAt = TimeOf(line) ?? arrivedAt;
        var id = $"{writtenAt.ToUnixTimeMilliseconds():D28}{sequence:D28}";
        return new LogEvent(id, writtenAt, line);
    }

    private static DateTimeOffset? TimeOf(string line)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            return document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty("time", out var time)
                && time.ValueKind == JsonValueKind.String
                && DateTimeOffset.TryParse(
                    time.GetString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var written)
                ? written
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static byte[] Envelope(byte[] packed)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            json.WriteStartObject("awslogs");
            json.WriteBase64String("data", packed);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return stream.ToArray();
    }
}
