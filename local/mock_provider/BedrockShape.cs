using System.Text.Json.Nodes;

namespace AiGateway.Local.MockProvider;

/// <summary>Bedrock's Converse and ConverseStream; the stream is AWS's binary event stream.</summary>
internal sealed class BedrockShape : IProviderShape
{
    private const string StreamEnd = "/converse-stream";

    public string Provider => "bedrock";

    public string StreamType => EventStreamFrame.ContentType;

    public bool IsStream(string path, JsonNode body) => path.EndsWith(StreamEnd, StringComparison.Ordinal);

    /// <summary>The segment between <c>/model/</c> and the operation, unescaped.</summary>
    public string Model(string path, JsonNode body)
    {
        var start = path.LastIndexOf("/model/", StringComparison.Ordinal) + "/model/".Length;
        return Uri.UnescapeDataString(path[start..path.LastIndexOf('/')]);
    }

    public int? OutputBound(JsonNode body) => body["inferenceConfig"]?["maxTokens"]?.GetValue<int>();

    public JsonObject Whole(MockAnswer answer)
    {
        var whole = new JsonObject
        {
            ["output"] = new JsonObject
            {
                ["message"] = new JsonObject
                {
                    ["role"] = "assistant",
                    ["content"] = new JsonArray(new JsonObject { ["text"] = answer.Text }),
                },
            },
            ["stopReason"] = "end_turn",
            ["metrics"] = new JsonObject { ["latencyMs"] = 1 },
        };
        if (answer.Usage is { } usage)
        {
            whole["usage"] = Usage(usage);
        }

        return whole;
    }

    public IEnumerable<byte[]> Stream(MockAnswer answer, JsonNode body)
    {
        yield return EventStreamFrame.Event("messageStart", new JsonObject { ["role"] = "assistant" });
        foreach (var piece in answer.Pieces)
        {
            yield return EventStreamFrame.Event("contentBlockDelta", new JsonObject
            {
                ["contentBlockIndex"] = 0,
                ["delta"] = new JsonObject { ["text"] = piece },
            });
        }

        yield return EventStreamFrame.Event("contentBlockStop", new JsonObject { ["contentBlockIndex"] = 0 });
        yield return EventStreamFrame.Event("messageStop", new JsonObject { ["stopReason"] = "end_turn" });
        if (answer.Usage is { } usage)
        {
            yield return EventStreamFrame.Event("metadata", new JsonObject
            {
                ["usage"] = Usage(usage),
                ["metrics"] = new JsonObject { ["latencyMs"] = 1 },
            });
        }
    }

    public JsonObject Error(int status) => new() { ["message"] = $"The mock was told to answer {status}." };

    private static JsonObject Usage(MockUsage usage) => new()
    {
        ["inputTokens"] = usage.Input,
        ["outputTokens"] = usage.Output,
        ["totalTokens"] = usage.Input + usage.CacheRead + usage.CacheWrite + usage.Output,
        ["cacheReadInputTokens"] = usage.CacheRead,
        ["cacheWriteInputTokens"] = usage.CacheWrite,
    };
}
