using System.Text.Json.Nodes;

namespace AiGateway.Infrastructure.Tests.Workspace;

/// <summary>What Terraform would do to one resource: <c>create</c>, <c>update</c>, <c>replace</c>, <c>delete</c>.</summary>
internal sealed record PlannedChange(string Action, string Address)
{
    /// <summary>What <c>terraform plan -json</c> said: one JSON document a line. What is only read is left out.</summary>
    public static IReadOnlyList<PlannedChange> Read(string lines) =>
    [
        .. Messages(lines)
            .Where(message => (string)message["type"]! == "planned_change")
            .Select(message => message["change"]!)
            .Select(change => new PlannedChange((string)change["action"]!, (string)change["resource"]!["addr"]!))
            .Where(change => change.Action != "read"),
    ];

    /// <summary>The errors of such a plan, each as the configuration words it.</summary>
    public static IReadOnlyList<string> Errors(string lines) =>
    [
        .. Messages(lines)
            .Where(message => (string)message["type"]! == "diagnostic" && (string)message["diagnostic"]!["severity"]! == "error")
            .Select(message => (string?)message["diagnostic"]!["detail"] ?? (string)message["diagnostic"]!["summary"]!),
    ];

    private static IEnumerable<JsonNode> Messages(string lines) =>
        lines.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!);
}
