using System.Text.Json.Nodes;

namespace AiGateway.Local.MockProvider;

/// <summary>Google's native generateContent; thoughts are counted beside the candidates.</summary>
internal sealed class GeminiShape : IProviderShape
{
    public string Provider => "gemini";

    public string StreamType => ServerSentEvent.ContentType;

    public bool IsStream(string path, JsonNode body) =>
        path.EndsWith(":streamGenerateContent", StringComparison.Ordinal);

    public string Model(string path, JsonNode body)
    {
        var start = path.LastIndexOf("/models/", StringComparison.Ordinal) + "/models/".Length;
        return path[start..path.LastIndexOf(':')];
    }

    public int? OutputBound(JsonNode body) => body["generationConfig"]?["maxOutputTokens"]?.GetValue<int>();

    public JsonObject Whole(MockAnswer answer) => Part(answer, answer.Text, isLast: true);

    public IEnumerable<byte[]> Stream(MockAnswer answer, JsonNode body) => answer.Pieces.Select((piece, index) =>
        ServerSentEvent.Data(Part(answer, piece, index == answer.Pieces.Count - 1)));

    public JsonObject Error(int status) => new()
    {
        ["error"] = new JsonObject
        {
            ["code"] = status,
            ["message"] = $"The mock was told to answer {status}.",
            ["status"] = status == 429 ? "RESOURCE_EXHAUSTED" : "INTERNAL",
        },
    };

    private static JsonObject Part(MockAnswer answer, string text, bool isLast)
    {
        var candidate = new JsonObject
        {
            ["index"] = 0,
            ["content"] = new JsonObject
            {
                ["role"] = "model",
                ["parts"] = new JsonArray(new JsonObject { ["text"] = text }),
            },
        };
        var part = new JsonObject { ["candidates"] = new JsonArray(candidate), ["modelVersion"] = answer.Model };
        if (isLast)
        {
            candidate["finishReason"] = "STOP";
        }

        if (isLast && answer.Usage is { } usage)
        {
            part["usageMetadata"] = new JsonObject
            {
                ["promptTokenCount"] = usage.InputWithCache,
                ["candidatesTokenCount"] = usage.Output,
                ["thoughtsTokenCount"] = usage.Reasoning,
                ["cachedContentTokenCount"] = usage.CacheRead,
                ["totalTokenCount"] = usage.InputWithCache + usage.Output + usage.Reasoning,
            };
        }

        return part;
    }
}
