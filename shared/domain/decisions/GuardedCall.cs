namespace AiGateway.Domain.Decisions;

/// <summary>What the gateway says about a call before it is sent: all that the bound of its cost is made
/// from.</summary>
/// <param name="Provider">By the gateway's name; null: not known, the dearest that knows the model counts.</param>
/// <param name="Model">As sent upstream: the caller's text.</param>
/// <param name="SizeBytes">Bytes of the request as sent upstream; not negative.</param>
/// <param name="ReadsMore">The provider reads what is not in those bytes: images, files, hosted tools, stored
/// conversations (T92).</param>
/// <param name="MaxTokens">Output bound as sent upstream, in tokens, for each answer; 0: none, the model's own limit
/// counts.</param>
/// <param name="Choices">Answers asked for; at least 1.</param>
/// <param name="ServiceTier">As the client asked for it; null: the provider's choice.</param>
/// <param name="HasOutput">False where the answer has no tokens, as of embeddings.</param>
public sealed record GuardedCall(
    string? Provider,
    string Model,
    long SizeBytes,
    bool ReadsMore,
    long MaxTokens,
    long Choices,
    string? ServiceTier,
    bool HasOutput);
