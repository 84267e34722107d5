using System.Buffers;

namespace AiGateway.Domain.Pricing;

/// <summary>What a provider's counts include, by provider, model and client API (docs/prices.md has the table).</summary>
/// <param name="InputIncludesCache">Whether the provider's input count includes tokens read from and written to the
/// cache, as the gateway logs it.</param>
/// <param name="OutputMayLackReasoning">Google's and custom providers': thoughts may be missing from the output count.
/// </param>
/// <param name="NormalisedByGateway">Whether v1.5 adds the cached tokens to this provider's input count.</param>
internal readonly record struct UsageConvention(
    bool InputIncludesCache, bool OutputMayLackReasoning, bool NormalisedByGateway)
{
    private static readonly SearchValues<string> Claude = SearchValues.Create(["claude"], StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether the gateway adds Vertex's thoughts to its output, as from v1.5 on.</summary>
    internal bool OutputHasThoughts { get; init; }

    internal static UsageConvention Of(in LoggedUsage usage)
    {
        if (usage.Provider is "anthropic" or "aws.bedrock")
        {
            return new(InputIncludesCache: false, OutputMayLackReasoning: false, NormalisedByGateway: true);
        }

        if (usage.Model.AsSpan().ContainsAny(Claude))
        {
            // Azure Foundry's Claude excludes cached tokens, but the gateway takes it for an including one and leaves
            // the count alone, on 1.5 as well.
            return new(false, false, NormalisedByGateway: usage.Provider != "azure");
        }

        // The converter that answers a buffered /v1/messages call subtracts cached tokens, and the gateway logs what it
        // made; streamed, it logs what the provider said.
        var converted = usage.Streaming is not true && EndsWith(usage.Path, "/messages");
        return new(!converted, usage.Provider is not ("openai" or "azure" or "copilot"), false);
    }

    /// <summary>Embeddings and rerank answer without output tokens.</summary>
    internal static bool AnswersWithoutTokens(in LoggedUsage usage) =>
        usage.Operation is "embeddings" or "embedding" or "rerank"
        || EndsWith(usage.Path, "/embeddings") || EndsWith(usage.Path, "/rerank");

    internal static bool EndsWith(string? path, string suffix)
    {
        var text = path.AsSpan();
        var query = text.IndexOf('?');
        return (query < 0 ? text : text[..query]).EndsWith(suffix, StringComparison.Ordinal);
    }
}
