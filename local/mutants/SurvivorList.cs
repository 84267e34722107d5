namespace AiGateway.Local.Mutants;

/// <summary>A mutant that may survive, and why.</summary>
internal sealed record ListedSurvivor(MutantKey Key, string Reason);

/// <summary>The committed list: tab-separated file, mutator, original, replacement, reason. The same mutant twice in a file
/// stands there twice.</summary>
internal static class SurvivorList
{
    public const string Heading = "file\tmutator\toriginal\treplacement\treason";

    /// <exception cref="FormatException">A line that has not five fields, or no reason.</exception>
    public static IReadOnlyList<ListedSurvivor> Parse(IReadOnlyList<string> lines)
    {
        if (lines.Count == 0 || lines[0] != Heading)
        {
            throw new FormatException($"The list begins with: {Heading}");
        }

        return [.. lines.Select((line, index) => (Line: line, Number: index + 1))
            .Skip(1)
            .Where(one => one.Line.Length > 0)
            .Select(one => ParseLine(one.Line, one.Number))];
    }

    /// <summary>The line for a survivor that is not listed yet. Its reason is for a person to write.</summary>
    public static string LineOf(MutantKey key, string reason) =>
        string.Join('\t', key.File, key.Mutator, key.Original, key.Replacement, reason);

    private static ListedSurvivor ParseLine(string line, int number) => line.Split('\t') switch
    {
        [var file, var mutator, var original, var replacement, var reason] when !string.IsNullOrWhiteSpace(reason) =>
            new ListedSurvivor(new MutantKey(file, mutator, original, replacement), reason),
        _ => throw new FormatException($"Line {number}: five fields are needed, the last one a reason."),
    };
}
