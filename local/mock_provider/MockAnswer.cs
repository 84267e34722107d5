namespace AiGateway.Local.MockProvider;

/// <summary>What a provider answers, whatever the shape: the text in pieces, and what it used.</summary>
/// <param name="Model">The model that answers.</param>
/// <param name="Pieces">The text, as a stream would cut it.</param>
/// <param name="Usage">Null where the provider does not say.</param>
internal sealed record MockAnswer(string Model, IReadOnlyList<string> Pieces, MockUsage? Usage)
{
    public string Text => string.Concat(Pieces);

    public static MockAnswer Make(MockScript script, string model, int requestBytes, int? outputBound)
    {
        var output = outputBound is { } bound ? Math.Min(bound, script.OutputTokens) : script.OutputTokens;
        var usage = new MockUsage(
            script.InputTokens ?? ((requestBytes + 3) / 4), output, script.CacheRead, script.CacheWrite, script.Reasoning);
        return new MockAnswer(
            model,
            [.. Enumerable.Range(1, script.Chunks).Select(piece => $"piece {piece}. ")],
            script.NoUsage ? null : usage);
    }
}

/// <summary>Tokens; input is what no cache had.</summary>
internal sealed record MockUsage(int Input, int Output, int CacheRead, int CacheWrite, int Reasoning)
{
    /// <summary>As OpenAI and Google count: what came from a cache is part of the input.</summary>
    public int InputWithCache => Input + CacheRead;
}
