using System.Text.Json.Nodes;

namespace AiGateway.Local.MockProvider;

/// <summary>OpenAI's Responses API, which Bedrock's compatible endpoint shares.</summary>
internal sealed class OpenAiResponsesShape : IProviderShape
{
    public string Provider => "openai";

    public string StreamType => ServerSentEvent.ContentType;

    public bool IsStream(string path, JsonNode body) => body["stream"]?.GetValue<bool>() ?? false;

    public string Model(string path, JsonNode body) => body["model"]?.ToString() ?? "";

    public int? OutputBound(JsonNode body) => body["max_output_tokens"]?.GetValue<int>();

    public JsonObject Whole(MockAnswer answer)
    {
        var text = new JsonObject
        {
            ["type"] = "output_text",
            ["text"] = answer.Text,
            ["annotations"] = new JsonArray(),
        };
        var message = new JsonObject
        {
            ["type"] = "message",
            ["id"] = "msg_mock",
            ["status"] = "completed",
            ["role"] = "assistant",
            ["content"] = new JsonArray(text),
        };
        var whole = Response(answer, "completed");
        whole["output"] = new JsonArray(message);
        if (Usage(answer.Usage) is { } usage)
        {
            whole["usage"] = usage;
        }

        return whole;
    }

    public IEnumerable<byte[]> Stream(MockAnswer answer, JsonNode body)
    {
        var number = 0;
        yield return Event("response.created", number++, "response", Response(answer, "in_progress"));
        foreach (var piece in answer.Pieces)
        {
            var delta = new JsonObject
            {
                ["type"] = "response.output_text.delta",
                ["sequence_number"] = number++,
                ["item_id"] = "msg_mock",
                ["output_index"] = 0,
                ["content_index"] = 0,
                ["delta"] = piece,
            };
            yield return ServerSentEvent.Named(delta);
        }

        yield return Event("response.completed", number, "response", Whole(answer));
    }

    public JsonObject Error(int status) => OpenAiError.Make(status);

    private static byte[] Event(string type, int number, string name, JsonObject value) =>
        ServerSentEvent.Named(new JsonObject { ["type"] = type, ["sequence_number"] = number, [name] = value });

    private static JsonObject Response(MockAnswer answer, string status) => new()
    {
        ["id"] = "resp_mock",
        ["object"] = "response",
        ["created_at"] = 1_767_225_600,
        ["status"] = status,
        ["model"] = answer.Model,
        ["output"] = new JsonArray(),
        ["parallel_tool_calls"] = true,
        ["tool_choice"] = "auto",
        ["tools"] = new JsonArray(),
    };

    private static JsonObject? Usage(MockUsage? usage) => usage is null ? null : new JsonObject
    {
        ["input_tokens"] = usage.InputWithCache,
        ["input_tokens_details"] = new JsonObject { ["cached_tokens"] = usage.CacheRead },
        ["output_tokens"] = usage.Output,
        ["output_tokens_details"] = new JsonObject { ["reasoning_tokens"] = usage.Reasoning },
        ["total_tokens"] = usage.InputWithCache + usage.Output,
    };
}
