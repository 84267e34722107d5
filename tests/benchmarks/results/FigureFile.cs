using System.Globalization;

namespace AiGateway.Benchmarks.Results;

/// <summary>Figures as a file of tab-separated lines, so that a change of one is a change of one line.</summary>
internal sealed record FigureFile(string Machine, IReadOnlyDictionary<string, Figure> Figures)
{
    private const string MachineMark = "# ";
    private const int Columns = 5;

    public static FigureFile Empty { get; } = new("nothing measured yet", new Dictionary<string, Figure>());

    public static FigureFile Read(string path)
    {
        if (!File.Exists(path))
        {
            return Empty;
        }

        var lines = File.ReadAllLines(path);
        var figures = lines
            .Where(line => line.Length > 0 && !line.StartsWith('#'))
            .Select(line => line.Split('\t'))
            .Where(columns => columns.Length == Columns)
            .Select(columns => new Figure(
                columns[0],
                double.Parse(columns[1], CultureInfo.InvariantCulture),
                columns[2],
                Enum.Parse<Better>(columns[3]),
                columns[4].Length == 0 ? null : double.Parse(columns[4], CultureInfo.InvariantCulture)));
        return new FigureFile(
            lines.FirstOrDefault(line => line.StartsWith(MachineMark, StringComparison.Ordinal))?[MachineMark.Length..] ?? "unknown",
            figures.ToDictionary(figure => figure.Name));
    }

    /// <summary>These over those that are there: a part that was not run keeps what it had.</summary>
    public FigureFile With(string machine, IEnumerable<Figure> measured)
    {
        var all = new Dictionary<string, Figure>(Figures);
        foreach (var figure in measured)
        {
            all[figure.Name] = figure;
        }

        return new FigureFile(machine, all);
    }

    public void Write(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var lines = Figures.Values.OrderBy(figure => figure.Name, StringComparer.Ordinal).Select(figure => string.Join(
            '\t',
            figure.Name,
            figure.Value.ToString("0.######", CultureInfo.InvariantCulture),
            figure.Unit,
            figure.Better,
            figure.Goal?.ToString("0.######", CultureInfo.InvariantCulture)));
        File.WriteAllLines(path, [MachineMark + Machine, "# name, value, unit, which way is better, goal: ./dev bench --write", .. lines]);
    }
}
