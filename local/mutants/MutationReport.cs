using System.Globalization;
using System.Text.Json;

namespace AiGateway.Local.Mutants;

/// <summary>Reads the report that Stryker writes (the mutation testing report schema, JSON).</summary>
internal static class MutationReport
{
    private const string OutsideOfTheGlobs = "Removed by mutate filter";

    /// <param name="json">The report.</param>
    /// <param name="folder">Where the mutated project stands in the repository: <c>shared/domain</c>. Stryker names files
    /// by where they stood when it ran.</param>
    /// <exception cref="FormatException">It is no such report, or it tells a status that is not known here.</exception>
    public static IReadOnlyList<Mutant> Read(string json, string folder)
    {
        try
        {
            using var report = JsonDocument.Parse(json);
            var root = report.RootElement.GetProperty("projectRoot").GetString()!.TrimEnd('/') + "/";
            return [.. report.RootElement.GetProperty("files").EnumerateObject().SelectMany(file =>
                MutantsOf(file.Value, $"{folder}/{Relative(file.Name, root)}").ToList())];
        }
        catch (Exception wrong) when (wrong is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new FormatException($"This is no mutation report: {wrong.Message}", wrong);
        }
    }

    private static IEnumerable<Mutant> MutantsOf(JsonElement file, string name)
    {
        var lines = file.GetProperty("source").GetString()!.Split('\n');
        foreach (var mutant in file.GetProperty("mutants").EnumerateArray())
        {
            var start = Position(mutant, "start");
            var key = new MutantKey(
                name,
                mutant.GetProperty("mutatorName").GetString()!,
                MutantKey.OneLine(Between(lines, start, Position(mutant, "end"))),
                MutantKey.OneLine(mutant.GetProperty("replacement").GetString()!));
            var id = int.Parse(mutant.GetProperty("id").GetString()!, CultureInfo.InvariantCulture);
            yield return new Mutant(key, Fate(mutant), id, start.Line);
        }
    }

    private static string Relative(string file, string root) =>
        file.StartsWith(root, StringComparison.Ordinal) ? file[root.Length..] : file;

    private static MutantFate Fate(JsonElement mutant) => mutant.GetProperty("status").GetString() switch
    {
        "Ignored" => mutant.TryGetProperty("statusReason", out var reason) && reason.GetString() == OutsideOfTheGlobs
            ? MutantFate.Planted
            : MutantFate.Ignored,
        "CompileError" => MutantFate.NotCompiled,
        "Killed" or "Timeout" => MutantFate.Killed,
        "Survived" or "NoCoverage" => MutantFate.Survived,
        var status => throw new FormatException($"A mutant is '{status}': the run did not end."),
    };

    private static (int Line, int Column) Position(JsonElement mutant, string end)
    {
        var position = mutant.GetProperty("location").GetProperty(end);
        return (position.GetProperty("line").GetInt32(), position.GetProperty("column").GetInt32());
    }

    // Lines and columns count from one; the end is the first character that is no part of it.
    private static string Between(string[] lines, (int Line, int Column) start, (int Line, int Column) end)
    {
        if (start.Line == end.Line)
        {
            return lines[start.Line - 1][(start.Column - 1)..(end.Column - 1)];
        }

        return string.Join('\n', lines[start.Line..(end.Line - 1)]
            .Prepend(lines[start.Line - 1][(start.Column - 1)..])
            .Append(lines[end.Line - 1][..(end.Column - 1)]));
    }
}
