namespace AiGateway.Local.Prices;

/// <summary>The gateway's provider names, for those of the sources. Others keep their own: the gateway logs whatever a
/// custom provider's override is called.</summary>
internal static class ProviderNames
{
    private static readonly Dictionary<string, string> OfLiteLlm = new(StringComparer.Ordinal)
    {
        ["text-completion-openai"] = "openai",
        ["bedrock"] = "aws.bedrock",
        ["bedrock_converse"] = "aws.bedrock",
        ["bedrock_mantle"] = "bedrock-mantle",
        ["azure_text"] = "azure",
        ["azure_ai"] = "azure",
        ["gemini"] = "gcp.gemini",
        ["palm"] = "gcp.gemini",
        ["github_copilot"] = "copilot",
        ["cohere_chat"] = "cohere",
        ["text-completion-codestral"] = "codestral",
        ["text-completion-inception"] = "inception",
        ["fireworks_ai-embedding-models"] = "fireworks_ai",
    };

    private static readonly Dictionary<string, string[]> OfGenaiPrices = new(StringComparer.Ordinal)
    {
        ["aws"] = ["aws.bedrock", "bedrock-mantle"],
        ["google"] = ["gcp.gemini", "gcp.vertex_ai"],
        ["fireworks"] = ["fireworks_ai"],
        ["together"] = ["together_ai"],
        ["x-ai"] = ["xai"],
        ["moonshotai"] = ["moonshot"],
        ["voyageai"] = ["voyage"],
    };

    private static readonly string[] Prefixes =
        ["bedrock/invoke", "gemini", "vertex_ai", "azure", "azure_ai", "bedrock", "bedrock_mantle", "openai", "palm"];

    internal static string FromLiteLlm(string provider) =>
        provider.StartsWith("vertex_ai", StringComparison.Ordinal)
            ? "gcp.vertex_ai"
            : OfLiteLlm.GetValueOrDefault(provider, provider);

    internal static string[] FromGenaiPrices(string provider) =>
        OfGenaiPrices.GetValueOrDefault(provider) ?? [provider];

    /// <summary>LiteLLM puts its provider's name before most ids; the gateway's lines have the id alone.</summary>
    internal static string ModelOf(string entry, string provider)
    {
        foreach (var prefix in Prefixes.Prepend(provider).Prepend(provider.Split('-')[0]).Prepend("amazon-nova"))
        {
            if (entry.StartsWith(prefix + "/", StringComparison.Ordinal))
            {
                return entry[(prefix.Length + 1)..];
            }
        }

        return entry;
    }
}
