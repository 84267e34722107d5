using System.Text.Json.Nodes;

namespace AiGateway.Local.MockProvider;

/// <summary>OpenAI's chat completions, which Azure and Google's compatible API share.</summary>
internal sealed class OpenAiChatShape(string provider) : IProviderShape
{
    public string Provider => provider;

    public string StreamType => ServerSentEvent.ContentType;

    public bool IsStream(string path, JsonNode body) => body["stream"]?.GetValue<bool>() ?? false;

    public string Model(string path, JsonNode body) => body["model"]?.ToString() ?? "";

    public int? OutputBound(JsonNode body) => (body["max_completion_tokens"] ?? body["max_tokens"])?.GetValue<int>();

    public JsonObject Whole(MockAnswer answer)
    {
        var message = new JsonObject { ["role"] = "assistant", ["content"] = answer.Text };
        var whole = Envelope(answer, "chat.completion");
        whole["choices"] = new JsonArray(
            new JsonObject { ["index"] = 0, ["message"] = message, ["finish_reason"] = "stop" });
        if (Usage(answer.Usage) is { } usage)
        {
            whole["usage"] = usage;
        }

        return whole;
    }

    public IEnumerable<byte[]> Stream(MockAnswer answer, JsonNode body)
    {
        foreach (var piece in answer.Pieces)
        {
            yield return Chunk(answer, new JsonObject { ["role"] = "assistant", ["content"] = piece }, null);
        }

        yield return Chunk(answer, [], "stop");
        if (body["stream_options"]?["include_usage"]?.GetValue<bool>() == true && Usage(answer.Usage) is { } usage)
        {
            var last = Envelope(answer, "chat.completion.chunk");
            last["choices"] = new JsonArray();
            last["usage"] = usage;
            yield return ServerSentEvent.Data(last);
        }

        yield return ServerSentEvent.Data("[DONE]");
    }

    public JsonObject Error(int status) => OpenAiError.Make(status);

    private static byte[] Chunk(MockAnswer answer, JsonObject delta, string? finish)
    {
        var chunk = Envelope(answer, "chat.completion.chunk");
        chunk["choices"] = new JsonArray(
            new JsonObject { ["index"] = 0, ["delta"] = delta, ["finish_reason"] = finish });
        return ServerSentEvent.Data(chunk);
    }

    private static JsonObject Envelope(MockAnswer answer, string kind) => new()
    {
        ["id"] = "chatcmpl-mock",
        ["object"] = kind,
        ["created"] = 1_767_225_600,
        ["model"] = answer.Model,
    };

    private static JsonObject? Usage(MockUsage? usage) => usage is null ? null : new JsonObject
    {
        ["prompt_tokens"] = usage.InputWithCache,
        ["completion_tokens"] = usage.Output,
        ["total_tokens"] = usage.InputWithCache + usage.Output,
        ["prompt_tokens_details"] = new JsonObject { ["cached_tokens"] = usage.CacheRead },
        ["completion_tokens_details"] = new JsonObject { ["reasoning_tokens"] = usage.Reasoning },
    };
}
