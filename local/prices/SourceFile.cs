using System.Text.Json;

namespace AiGateway.Local.Prices;

/// <summary>A vendored source: its name carries its date (<c>litellm_…_2026-07-24.json</c>).</summary>
/// <param name="Code">What rows say: <c>litellm-2026-07-24</c>.</param>
/// <param name="Date">The day that the source was true on.</param>
/// <param name="Path">Where it lies.</param>
internal sealed record SourceFile(string Code, DateOnly Date, string Path)
{
    /// <summary>The newest file of this name in the folder; null: there is none.</summary>
    internal static SourceFile? Newest(string folder, string prefix, string name)
    {
        var path = Directory.EnumerateFiles(folder, prefix + "*.json").Order(StringComparer.Ordinal).LastOrDefault();
        if (path is null)
        {
            return null;
        }

        var stem = System.IO.Path.GetFileNameWithoutExtension(path);
        var date = DateOnly.ParseExact(stem[^10..], "yyyy-MM-dd");
        return new SourceFile($"{name}-{date:yyyy-MM-dd}", date, path);
    }

    internal JsonDocument Read() => JsonDocument.Parse(File.ReadAllBytes(Path));
}
