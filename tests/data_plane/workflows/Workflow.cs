using System.Text.Json.Nodes;
using AiGateway.DataPlane.Tests.Rendering;
using AiGateway.DataPlane.Tests.Rules;
using AiGateway.Local.Gateway;

namespace AiGateway.DataPlane.Tests.Workflows;

/// <summary>A workflow file, with its text.</summary>
internal sealed record Workflow(string Name, string Text, JsonObject Content)
{
    public static IReadOnlyList<Workflow> All { get; } =
    [
        .. Directory.GetFiles(SourceTree.PathOf(".github/workflows"), "*.yml").Order(StringComparer.Ordinal)
            .Select(file => Parse(Path.GetFileName(file), File.ReadAllText(file))),
    ];

    public static Workflow Named(string name) => All.Single(one => one.Name == name);

    public static Workflow Parse(string name, string text) => new(name, text, YamlDocument.Parse(text).AsObject());

    public IEnumerable<KeyValuePair<string, JsonNode?>> Jobs => Content.Object("jobs");

    public IEnumerable<JsonNode> Steps => Jobs.SelectMany(job => job.Value.List("steps"));
}
