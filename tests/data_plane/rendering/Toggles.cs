using System.Text.Json.Nodes;

namespace AiGateway.DataPlane.Tests.Rendering;

/// <summary>The switches of the module, and settings that make each of them possible.</summary>
internal static class Toggles
{
    public static IReadOnlyList<string> All { get; } =
    [
        "bedrock", "anthropic", "openai", "embeddings", "azure", "google", "mantle", "aliases", "prompt_caching",
        "guardrails", "guardrails_enforce", "rate_limits", "mcp", "a2a", "tracing", "local_webhook", "mock_providers",
    ];

    /// <summary>Combinations that the module refuses; each has a test of its own.</summary>
    public static bool IsAllowed(IReadOnlySet<string> on) =>
        (on.Contains("openai") || !on.Contains("embeddings"))
        && (on.Contains("guardrails") || !on.Contains("guardrails_enforce"));

    public static string NameOf(IReadOnlySet<string> on) => on.Count == 0 ? "none" : string.Join("+", All.Where(on.Contains));

    public static JsonObject Settings(IReadOnlySet<string> on)
    {
        var settings = new JsonObject
        {
            ["issuer"] = "https://cognito-idp.us-east-1.amazonaws.com/us-east-1_Lab000000",
            ["webhook_host"] = "budgetlab0000000000000000000000.lambda-url.us-east-1.on.aws",
            ["region"] = "us-east-1",
            ["azure_resource"] = "lab",
            ["guardrail_detect"] = new JsonObject { ["identifier"] = "gr-detect", ["version"] = "1" },
            ["guardrail_enforce"] = new JsonObject { ["identifier"] = "gr-enforce", ["version"] = "2" },
            ["mcp_targets"] = new JsonArray(new JsonObject { ["name"] = "tools", ["url"] = "http://127.0.0.1:9300/mcp" }),
            ["mcp_tools"] = new JsonArray(
                new JsonObject { ["tools"] = new JsonArray("add"), ["values"] = new JsonArray("payments") },
                new JsonObject { ["tools"] = new JsonArray("echo") }),
            ["a2a_host"] = "127.0.0.1:9301",
            ["a2a_teams"] = new JsonArray("payments", "search"),
        };
        foreach (var toggle in All)
        {
            Apply(settings, toggle, on.Contains(toggle));
        }

        return settings;
    }

    private static void Apply(JsonObject settings, string toggle, bool on)
    {
        switch (toggle)
        {
            case "aliases" when !on:
                settings["model_aliases"] = new JsonObject();
                break;
            case "aliases":
                break;
            case "local_webhook" when on:
                settings["webhook_host"] = "127.0.0.1";
                settings["webhook_port"] = 9001;
                settings["webhook_tls"] = false;
                break;
            case "mock_providers" when on:
                settings["provider_tls"] = false;
                settings["provider_hosts"] = new JsonObject(
                    new[] { "bedrock", "anthropic", "openai", "azure", "google", "mantle" }
                        .Select(name => KeyValuePair.Create<string, JsonNode?>(name, "127.0.0.1:9400")));
                break;
            case "local_webhook" or "mock_providers":
                break;
            default:
                settings[toggle] = on;
                break;
        }
    }
}
