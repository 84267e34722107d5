namespace BudgetEnforcement.Decode;

/// <summary>What the path that the client called says; the gateway maps paths to APIs by suffix, and so does
/// this.</summary>
internal static class ClientPath
{
    public static bool IsEmbeddings(string? path) => EndsWith(path, "/embeddings");

    /// <summary>Anthropic's API; every other is answered in OpenAI's style.</summary>
    public static bool IsAnthropic(string? path) => EndsWith(path, "/messages");

    private static bool EndsWith(string? path, string suffix)
    {
        var end = path?.IndexOf('?', StringComparison.Ordinal) ?? -1;
        return (end < 0 ? path : path![..end])?.EndsWith(suffix, StringComparison.Ordinal) ?? false;
    }
}
