using System.Text.Json.Nodes;
using AiGateway.Domain.AccessLog;
using AiGateway.Local;

namespace AiGateway.Benchmarks.Attribution;

/// <summary>Access lines of the recorded day, each with a request id of its own, as many as are wanted.</summary>
internal static class AttributionLines
{
    private static readonly string[] Day =
    [
        .. File.ReadLines(Path.Combine(Repository.RecordedDay, "gateway.log"))
            .Where(line => line.Contains("\"scope\":\"request\"", StringComparison.Ordinal)
                && line.Contains("\"request_id\"", StringComparison.Ordinal)),
    ];

    /// <summary>How many the day has.</summary>
    public static int Recorded => Day.Length;

    public static IReadOnlyList<LogEvent> Of(int count) =>
    [
        .. Enumerable.Range(0, count).Select(index => new LogEvent(
            $"{index:D56}", AttributionFunction.Timestamp, WithId(Day[index % Day.Length], Guid.CreateVersion7().ToString()))),
    ];

    private static string WithId(string line, string requestId)
    {
        var json = JsonNode.Parse(line)!.AsObject();
        json["request_id"] = requestId;
        return json.ToJsonString();
    }
}
