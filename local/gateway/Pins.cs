namespace AiGateway.Local.Gateway;

/// <summary>The pins of <c>versions.env</c>: the only place where they stand.</summary>
internal static class Pins
{
    public const string FileName = "versions.env";

    public static IReadOnlyDictionary<string, string> Read() => Parse(File.ReadAllText(SourceTree.PathOf(FileName)));

    /// <summary>Reads NAME=value lines; a comment stands on a line of its own.</summary>
    public static IReadOnlyDictionary<string, string> Parse(string text) => text
        .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        .Where(line => !line.StartsWith('#'))
        .Select(line => line.Split('=', 2))
        .ToDictionary(pair => pair[0], pair => pair[1]);
}
