namespace AiGateway.Local.MockProvider;

/// <summary>Which provider's API a path belongs to. Whatever stands before the API's own path does not matter.</summary>
internal static class Shapes
{
    private static readonly (string End, IProviderShape Shape)[] s_byEnd =
    [
        ("/v1beta/openai/chat/completions", new OpenAiChatShape("gemini")),
        ("/chat/completions", new OpenAiChatShape("openai")),
        ("/responses", new OpenAiResponsesShape()),
        ("/messages", new AnthropicShape()),
        ("/converse", new BedrockShape()),
        ("/converse-stream", new BedrockShape()),
        (":generateContent", new GeminiShape()),
        (":streamGenerateContent", new GeminiShape()),
    ];

    public static IProviderShape? Of(string path) =>
        s_byEnd.FirstOrDefault(one => path.EndsWith(one.End, StringComparison.Ordinal)).Shape;
}
