namespace AiGateway.Domain.Gateway;

/// <summary>
/// Names that other deployments' configurations write. Read if present, never written by ours: <c>oidc_data</c>
/// would put a raw token in the log.
/// </summary>
public static class LogSynonyms
{
    /// <summary>The JWT that an ALB authenticate action adds; an identity only where the deployment says so.</summary>
    public const string OidcData = "oidc_data";

    public const string PromptTokens = "prompt_tokens";
    public const string CompletionTokens = "completion_tokens";
    public const string CachedInputTokens = "cached_input_tokens";
    public const string CacheCreationInputTokens = "cache_creation_input_tokens";
    public const string Model = "model";
    public const string Provider = "provider";

    /// <summary>Each synonym with the field whose place it takes where that is absent.</summary>
    public static IReadOnlyDictionary<string, string> FieldOf { get; } = new Dictionary<string, string>
    {
        [PromptTokens] = LogFields.InputTokens,
        [CompletionTokens] = LogFields.OutputTokens,
        [CachedInputTokens] = LogFields.CacheReadInputTokens,
        [CacheCreationInputTokens] = LogFields.CacheCreationInputTokens,
        [Model] = LogFields.RequestModel,
        [Provider] = LogFields.Provider,
    };
}
