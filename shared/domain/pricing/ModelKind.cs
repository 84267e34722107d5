namespace AiGateway.Domain.Pricing;

/// <summary>What a model does, as far as it matters to prices: embeddings and rerank answer without output tokens.</summary>
public enum ModelKind
{
    Chat,
    Embedding,
    Rerank,
    Other,
}
