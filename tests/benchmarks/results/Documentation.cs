using System.Text;
using AiGateway.Local;

namespace AiGateway.Benchmarks.Results;

/// <summary>Rewrites the tables of figures in the documentation, between their marks, from the reference: nobody types a figure.</summary>
internal static class Documentation
{
    private const string Begin = "<!-- bench:begin ";
    private const string BeginEnd = " -->";
    private const string End = "<!-- bench:end -->";

    private static readonly string[] Pages = ["README.md", "docs/speed.md"];

    public static void Write(FigureFile reference)
    {
        foreach (var page in Pages.Select(page => Path.Combine(Repository.Root, page)).Where(File.Exists))
        {
            File.WriteAllText(page, Rewrite(File.ReadAllText(page), reference));
        }
    }

    /// <summary>A mark names the figures whose names begin with one of its words.</summary>
    public static string Rewrite(string text, FigureFile reference)
    {
        var result = new StringBuilder();
        for (var at = 0; ;)
        {
            var begin = text.IndexOf(Begin, at, StringComparison.Ordinal);
            var marksEnd = begin < 0 ? -1 : text.IndexOf(BeginEnd, begin, StringComparison.Ordinal);
            var end = marksEnd < 0 ? -1 : text.IndexOf(End, marksEnd, StringComparison.Ordinal);
            if (end < 0)
            {
                return result.Append(text, at, text.Length - at).ToString();
            }

            var prefixes = text[(begin + Begin.Length)..marksEnd].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            result.Append(text, at, marksEnd + BeginEnd.Length - at).Append('\n').Append(Table(reference, prefixes));
            at = end;
        }
    }

    private static string Table(FigureFile reference, string[] prefixes)
    {
        var rows = reference.Figures.Values
            .Where(figure => prefixes.Any(prefix => figure.Name.StartsWith(prefix, StringComparison.Ordinal)))
            .OrderBy(figure => figure.Name, StringComparer.Ordinal)
            .Select(figure => $"| `{figure.Name}` | {Report.Number(figure.Value)} {figure.Unit} | {GoalOf(figure)} |\n");
        return $"| figure | measured | goal |\n|---|---|---|\n{string.Concat(rows)}\n{reference.Machine}.\n";
    }

    private static string GoalOf(Figure figure) => figure.Goal is not { } goal
        ? ""
        : $"{(figure.Better == Better.Higher ? "≥" : "≤")} {Report.Number(goal)}{(figure.MeetsGoal == true ? "" : " (missed)")}";
}
