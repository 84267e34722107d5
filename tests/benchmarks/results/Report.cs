using System.Globalization;

namespace AiGateway.Benchmarks.Results;

/// <summary>Prints figures as they come, each against the last run on this machine and against the reference in the repository.</summary>
internal sealed class Report(TextWriter output, FigureFile last, FigureFile reference)
{
    /// <summary>Machines are never quite still: less than this is no change.</summary>
    private const double NoiseRatio = 1.25;

    private readonly List<Figure> measured = [];
    private readonly List<string> regressions = [];

    public IReadOnlyList<Figure> Measured => measured;

    /// <summary>The figures that got worse than the last run or, where there was none, the reference.</summary>
    public IReadOnlyList<string> Regressions => regressions;

    public void Begin(string part, string what) => output.WriteLine($"\n{part}: {what}");

    public void Add(Figure figure)
    {
        measured.Add(figure);
        var (fromLast, fromReference) = (Change(figure, last), Change(figure, reference));
        if (IsWorse(figure, last) ?? IsWorse(figure, reference) ?? false)
        {
            regressions.Add(figure.Name);
        }

        var goal = figure.MeetsGoal switch
        {
            true => $"goal {Number(figure.Goal!.Value)}: met",
            false => $"goal {Number(figure.Goal!.Value)}: NOT met",
            null => "",
        };
        output.WriteLine(
            $"  {figure.Name,-38} {Number(figure.Value),12} {figure.Unit,-12} {goal,-18} {fromLast,-14} {fromReference}".TrimEnd());
        output.Flush();
    }

    public void End()
    {
        output.WriteLine();
        output.WriteLine(regressions.Count == 0
            ? "No figure is more than a quarter worse than before."
            : $"WORSE by more than a quarter: {string.Join(", ", regressions)}");
    }

    /// <summary>Three digits are what a figure is good for.</summary>
    public static string Number(double value) => value switch
    {
        0 => "0",
        >= 100 or <= -100 => Math.Round(value).ToString("#,0", CultureInfo.InvariantCulture),
        >= 10 or <= -10 => value.ToString("0.0", CultureInfo.InvariantCulture),
        _ => value.ToString("0.00", CultureInfo.InvariantCulture),
    };

    private string Change(Figure figure, FigureFile before)
    {
        var name = ReferenceEquals(before, last) ? "last" : "ref";
        if (figure.Better == Better.Neither || !before.Figures.TryGetValue(figure.Name, out var old) || old.Value == 0)
        {
            return "";
        }

        var percent = ((figure.Value / old.Value) - 1) * 100;
        var mark = IsWorse(figure, before) == true ? " !" : "";
        return $"{name} {percent.ToString("+0;-0;0", CultureInfo.InvariantCulture)}%{mark}";
    }

    private static bool? IsWorse(Figure figure, FigureFile before)
    {
        if (figure.Better == Better.Neither || !before.Figures.TryGetValue(figure.Name, out var old))
        {
            return null;
        }

        return figure.Better == Better.Lower
            ? figure.Value > (old.Value * NoiseRatio)
            : figure.Value < (old.Value / NoiseRatio);
    }
}
