using System.Text.Json.Nodes;
using AiGateway.Domain.AccessLog;
using AiGateway.Local;

namespace AiGateway.Benchmarks.Attribution;

/// <summary>Access lines of the recorded day, each with a request id of its own, as many as are wanted.</summary>
internal static class AttributionLines
{
    public static IReadOnlyList<LogEvent> Of(int count)
    {
        var recorded = File.ReadLines(Path.Combine(Repository.RecordedDay, "gateway.log"))
            .Where(line => line.Contains("\"scope\":\"request\"", StringComparison.Ordinal)
                && line.Contains("\"request_id\"", StringComparison.Ordinal))
            .ToList();
        return [.. Enumerable.Range(0, count).Select(index => new LogEvent(
            $"{index:D56}", AttributionFunction.Timestamp, WithId(recorded[index % recorded.Count], Guid.CreateVersion7().ToString())))];
    }

    private static string WithId(string line, string requestId)
    {
        var json = JsonNode.Parse(line)!.AsObject();
        json["request_id"] = requestId;
        return json.ToJsonString();
    }
}
