using System.Text.Json.Nodes;
using AiGateway.Infrastructure.Tests.Workspace;

namespace AiGateway.Infrastructure.Tests.Watch;

/// <summary>What the real gateway wrote: tests/recorded.</summary>
internal static class Recorded
{
    public static IReadOnlyList<string> Day { get; } = File.ReadAllLines(Repository.PathOf("tests/recorded/day/gateway.log"));

    public static IReadOnlyList<(string Case, string Line)> Cases { get; } =
    [
        .. File.ReadLines(Repository.PathOf("tests/recorded/cases.jsonl")).Select(line => JsonNode.Parse(line)!)
            .SelectMany(one => one["log"]!.AsArray().Select(log => ((string)one["case"]!, log!.ToJsonString()))),
    ];

    /// <summary>Every key that an access line of the recordings has.</summary>
    public static IReadOnlySet<string> AccessLogKeys { get; } = Day.Where(line => line.StartsWith('{'))
        .Concat(Cases.Select(one => one.Line))
        .Select(line => JsonNode.Parse(line)!.AsObject())
        .Where(line => (string?)line["scope"] == "request")
        .SelectMany(line => line.Select(field => field.Key))
        .ToHashSet();

    public static bool IsAccessLine(string line) =>
        line.StartsWith('{') && (string?)JsonNode.Parse(line)!["scope"] == "request";
}
