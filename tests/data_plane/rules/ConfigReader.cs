using System.Text.Json.Nodes;

namespace AiGateway.DataPlane.Tests.Rules;

/// <summary>Ways through a configuration that more than one rule takes.</summary>
internal static class ConfigReader
{
    public static JsonObject Object(this JsonNode? node, params string[] path)
    {
        foreach (var name in path)
        {
            node = node?[name];
        }

        return node as JsonObject ?? [];
    }

    public static IEnumerable<JsonNode> List(this JsonNode? node, params string[] path)
    {
        foreach (var name in path)
        {
            node = node?[name];
        }

        return (node as JsonArray ?? []).OfType<JsonNode>();
    }

    public static string Text(this JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : "";

    public static IEnumerable<JsonNode> Listeners(this JsonObject config) =>
        config.List("binds").SelectMany(bind => bind.List("listeners"));

    public static IEnumerable<JsonNode> Routes(this JsonObject config) =>
        config.Listeners().SelectMany(listener => listener.List("routes"));

    public static IEnumerable<JsonNode> AiBackends(this JsonNode route) =>
        route.List("backends").Where(backend => backend["ai"] is not null).Select(backend => backend["ai"]!);

    public static IEnumerable<JsonNode> Groups(this JsonNode route) => route.AiBackends().SelectMany(ai => ai.List("groups"));

    /// <summary>The providers of a route, whichever of the two forms a backend has.</summary>
    public static IEnumerable<JsonNode> Providers(this JsonNode route) => route.AiBackends().SelectMany(ai =>
        ai["groups"] is null ? [ai] : ai.List("groups").SelectMany(group => group.List("providers")));

    public static string Name(this JsonNode route) => route["name"].Text();

    /// <summary>How the gateway reads a path: the longest suffix of the map that it ends with, else as completions.</summary>
    public static string? TypeOf(JsonNode route, string path) => route.Object("policies", "ai", "routes")
        .Where(entry => path.EndsWith(entry.Key, StringComparison.Ordinal))
        .OrderByDescending(entry => entry.Key.Length)
        .Select(entry => entry.Value.Text())
        .FirstOrDefault();

    /// <summary>Every value below a node, with the path that leads there.</summary>
    public static IEnumerable<(string Path, JsonValue Value)> Leaves(JsonNode? node, string path = "") => node switch
    {
        JsonObject map => map.SelectMany(pair => Leaves(pair.Value, $"{path}/{pair.Key}")),
        JsonArray list => list.SelectMany((item, index) => Leaves(item, $"{path}/{index}")),
        JsonValue value => [(path, value)],
        _ => [],
    };
}
