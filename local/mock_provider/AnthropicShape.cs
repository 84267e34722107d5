using System.Text.Json.Nodes;

namespace AiGateway.Local.MockProvider;

/// <summary>Anthropic's Messages API: input without what a cache had.</summary>
internal sealed class AnthropicShape : IProviderShape
{
    public string Provider => "anthropic";

    public string StreamType => ServerSentEvent.ContentType;

    public bool IsStream(string path, JsonNode body) => body["stream"]?.GetValue<bool>() ?? false;

    public string Model(string path, JsonNode body) => body["model"]?.ToString() ?? "";

    public int? OutputBound(JsonNode body) => body["max_tokens"]?.GetValue<int>();

    public JsonObject Whole(MockAnswer answer)
    {
        var whole = Message(answer);
        whole["content"] = new JsonArray(new JsonObject { ["type"] = "text", ["text"] = answer.Text });
        whole["stop_reason"] = "end_turn";
        if (answer.Usage is { } usage)
        {
            whole["usage"] = Usage(usage, usage.Output);
        }

        return whole;
    }

    public IEnumerable<byte[]> Stream(MockAnswer answer, JsonNode body)
    {
        // Input is told at the start and output at the end: whoever hangs up in between knows half of it.
        var message = Message(answer);
        if (answer.Usage is { } first)
        {
            message["usage"] = Usage(first, 1);
        }

        yield return ServerSentEvent.Named(new JsonObject { ["type"] = "message_start", ["message"] = message });
        yield return ServerSentEvent.Named(new JsonObject
        {
            ["type"] = "content_block_start",
            ["index"] = 0,
            ["content_block"] = new JsonObject { ["type"] = "text", ["text"] = "" },
        });
        foreach (var piece in answer.Pieces)
        {
            yield return ServerSentEvent.Named(new JsonObject
            {
                ["type"] = "content_block_delta",
                ["index"] = 0,
                ["delta"] = new JsonObject { ["type"] = "text_delta", ["text"] = piece },
            });
        }

        yield return ServerSentEvent.Named(new JsonObject { ["type"] = "content_block_stop", ["index"] = 0 });
        var end = new JsonObject { ["type"] = "message_delta", ["delta"] = new JsonObject { ["stop_reason"] = "end_turn" } };
        if (answer.Usage is { } last)
        {
            end["usage"] = new JsonObject { ["output_tokens"] = last.Output };
        }

        yield return ServerSentEvent.Named(end);
        yield return ServerSentEvent.Named(new JsonObject { ["type"] = "message_stop" });
    }

    public JsonObject Error(int status) => new()
    {
        ["type"] = "error",
        ["error"] = new JsonObject
        {
            ["type"] = status switch { 429 => "rate_limit_error", 529 => "overloaded_error", _ => "api_error" },
            ["message"] = $"The mock was told to answer {status}.",
        },
    };

    private static JsonObject Message(MockAnswer answer) => new()
    {
        ["id"] = "msg_mock",
        ["type"] = "message",
        ["role"] = "assistant",
        ["model"] = answer.Model,
        ["content"] = new JsonArray(),
        ["stop_reason"] = null,
        ["stop_sequence"] = null,
    };

    private static JsonObject Usage(MockUsage usage, int output) => new()
    {
        ["input_tokens"] = usage.Input,
        ["cache_creation_input_tokens"] = usage.CacheWrite,
        ["cache_read_input_tokens"] = usage.CacheRead,
        ["output_tokens"] = output,
    };
}
