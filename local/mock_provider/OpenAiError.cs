using System.Text.Json.Nodes;

namespace AiGateway.Local.MockProvider;

/// <summary>An error as OpenAI's API puts it.</summary>
internal static class OpenAiError
{
    public static JsonObject Make(int status) => new()
    {
        ["error"] = new JsonObject
        {
            ["message"] = $"The mock was told to answer {status}.",
            ["type"] = status == 429 ? "rate_limit_error" : "server_error",
            ["param"] = null,
            ["code"] = null,
        },
    };
}
