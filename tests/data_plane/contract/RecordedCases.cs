using System.Text.Json.Nodes;
using AiGateway.Local.Gateway;

namespace AiGateway.DataPlane.Tests.Contract;

/// <summary>What the real gateway sent and logged.</summary>
internal static class RecordedCases
{
    public static IReadOnlyList<JsonNode> All { get; } =
        [.. File.ReadLines(SourceTree.PathOf("tests/recorded/cases.jsonl")).Select(line => JsonNode.Parse(line)!)];

    /// <summary>Calls of the webhook (kind: webhook) or of external authorization (kind: ext_authz).</summary>
    public static IEnumerable<JsonObject> CallHeaders(string kind) => All
        .SelectMany(one => one["webhook"]!.AsArray())
        .Where(call => call!["kind"]!.GetValue<string>() == kind)
        .Select(call => call!["headers"]!.AsObject());

    public static IEnumerable<JsonObject> AccessLines() => All
        .SelectMany(one => one["log"]!.AsArray())
        .Select(line => line!.AsObject())
        .Where(line => line["scope"]?.GetValue<string>() == "request");
}
