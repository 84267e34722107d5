using AiGateway.Local.Prices;

namespace AiGateway.Local.Tests.Prices;

/// <summary>The repository's own sources, found from where the tests run.</summary>
internal static class Sources
{
    internal static readonly PriceFolder Folder = Find();

    internal static SourceFile LiteLlm => Newest("litellm_", LiteLlmSource.Name);

    internal static SourceFile Genai => Newest("genai_prices_", GenaiSource.Name);

    internal static SourceFile Portkey => Newest("portkey_bedrock_", PortkeySource.Name);

    private static SourceFile Newest(string prefix, string name) =>
        SourceFile.Newest(Path.Combine(Folder.Path, "sources"), prefix, name)!;

    private static PriceFolder Find()
    {
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (PriceFolder.Find(Path.Combine(folder, "prices")) is { } found)
            {
                return found;
            }
        }

        throw new InvalidOperationException("The tests do not run inside the repository.");
    }
}
