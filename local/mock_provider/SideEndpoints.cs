using System.Text.Json.Nodes;

namespace AiGateway.Local.MockProvider;

/// <summary>What is no chat: embeddings, token counts, and Bedrock's guardrail, which finds nothing.</summary>
internal static class SideEndpoints
{
    public static JsonObject? Answer(string path, JsonNode body)
    {
        var tokens = (body.ToJsonString().Length + 3) / 4;
        if (path.EndsWith("/embeddings", StringComparison.Ordinal))
        {
            return Embeddings(body, tokens);
        }

        if (path.EndsWith("/messages/count_tokens", StringComparison.Ordinal))
        {
            return new JsonObject { ["input_tokens"] = tokens };
        }

        return path.StartsWith("/guardrail/", StringComparison.Ordinal) && path.EndsWith("/apply", StringComparison.Ordinal)
            ? new JsonObject { ["action"] = "NONE", ["outputs"] = new JsonArray(), ["assessments"] = new JsonArray() }
            : null;
    }

    private static JsonObject Embeddings(JsonNode body, int tokens)
    {
        var vector = new JsonObject
        {
            ["object"] = "embedding",
            ["index"] = 0,
            ["embedding"] = new JsonArray(0.25m, 0.5m, 0.75m),
        };
        return new JsonObject
        {
            ["object"] = "list",
            ["data"] = new JsonArray(vector),
            ["model"] = body["model"]?.DeepClone(),
            ["usage"] = new JsonObject { ["prompt_tokens"] = tokens, ["total_tokens"] = tokens },
        };
    }
}
