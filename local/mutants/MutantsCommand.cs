namespace AiGateway.Local.Mutants;

/// <summary>Whether all tests, run on one mutant alone, notice it.</summary>
internal delegate Task<bool> IsKilled(string tests, int mutant, CancellationToken stop);

/// <summary><c>./dev mutants</c> runs Stryker and then this: its reports against tests/mutation/survivors.tsv.</summary>
public static class MutantsCommand
{
    /// <summary>
    /// <c>LIST {FOLDER REPORT TESTS PATH…}</c> separated by <c>--</c>: the list; then, for each project that was mutated, its
    /// folder, Stryker's report, the test program beside the mutated library, and the files or folders that were looked
    /// at, from the repository's root.
    /// </summary>
    /// <returns>0: every survivor is listed; 1: one is not, or a file cannot be read; 2: usage.</returns>
    public static Task<int> RunAsync(
        string[] args, TextReader input, TextWriter output, TextWriter errors, CancellationToken stop) =>
        RunAsync(args, FreshProcess.IsKilledAsync, output, errors, stop);

    internal static async Task<int> RunAsync(
        string[] args, IsKilled isKilled, TextWriter output, TextWriter errors, CancellationToken stop)
    {
        var runs = Split(args.Skip(1)).ToList();
        if (runs.Count == 0 || runs.Any(run => run.Count < 4))
        {
            await errors.WriteLineAsync("usage: ./dev mutants [FOLDER…]");
            return ExitCode.Usage;
        }

        try
        {
            var listed = SurvivorList.Parse(await File.ReadAllLinesAsync(args[0], stop));
            var isNew = false;
            foreach (var run in runs)
            {
                var mutants = MutationReport.Read(await File.ReadAllTextAsync(run[1], stop), run[0]);
                string[] paths = [.. run.Skip(3)];
                mutants = await LookAgainAsync(mutants, listed, mutant => isKilled(run[2], mutant, stop));
                isNew |= await ReportAsync(paths, mutants, listed, output, errors);
            }

            return isNew ? ExitCode.BadInput : ExitCode.Done;
        }
        catch (Exception wrong) when (wrong is FormatException or IOException)
        {
            await errors.WriteLineAsync(wrong.Message);
            return ExitCode.BadInput;
        }
    }

    // Only those that would fail the night: the others are known.
    private static async Task<IReadOnlyList<Mutant>> LookAgainAsync(
        IReadOnlyList<Mutant> mutants, IReadOnlyList<ListedSurvivor> listed, Func<int, Task<bool>> isKilled)
    {
        var killed = new HashSet<int>();
        var unlisted = SurvivorComparison.Of(mutants, listed, _ => true).New;
        if (unlisted.Count > 0 && await isKilled(FreshProcess.NoMutant))
        {
            throw new FormatException("The tests fail on the mutated library without any mutant: they tell nothing.");
        }

        foreach (var mutant in unlisted)
        {
            if (await isKilled(mutant.Id))
            {
                killed.Add(mutant.Id);
            }
        }

        return [.. mutants.Select(mutant =>
            killed.Contains(mutant.Id) ? mutant with { Fate = MutantFate.Killed } : mutant)];
    }

    private static async Task<bool> ReportAsync(
        string[] paths,
        IReadOnlyList<Mutant> mutants,
        IReadOnlyList<ListedSurvivor> listed,
        TextWriter output,
        TextWriter errors)
    {
        var compared = SurvivorComparison.Of(mutants, listed, file => paths.Any(path => IsIn(file, path)));
        foreach (var gone in compared.Gone)
        {
            await errors.WriteLineAsync($"listed, but no longer there: {gone.Key}");
        }

        foreach (var survivor in compared.New)
        {
            await errors.WriteLineAsync($"survived, not listed: {survivor.Key.File}:{survivor.Line}");
            await output.WriteLineAsync(SurvivorList.LineOf(survivor.Key, ""));
        }

        foreach (var path in paths)
        {
            await output.WriteLineAsync(FiguresText(path, [.. mutants.Where(mutant => IsIn(mutant.Key.File, path))]));
        }

        return compared.New.Count > 0;
    }

    private static string FiguresText(string name, IReadOnlyList<Mutant> seen)
    {
        var killed = seen.Count(mutant => mutant.Fate == MutantFate.Killed);
        var survived = seen.Count(mutant => mutant.Fate == MutantFate.Survived);
        var broken = seen.Count(mutant => mutant.Fate == MutantFate.NotCompiled);
        return $"{name}: {killed + survived} mutants, {killed} killed, {survived} survived, {broken} did not compile";
    }

    private static bool IsIn(string file, string path) =>
        file == path || file.StartsWith(path + "/", StringComparison.Ordinal);

    private static IEnumerable<IReadOnlyList<string>> Split(IEnumerable<string> args)
    {
        var run = new List<string>();
        foreach (var arg in args)
        {
            if (arg == "--")
            {
                yield return run;
                run = [];
            }
            else
            {
                run.Add(arg);
            }
        }

        if (run.Count > 0)
        {
            yield return run;
        }
    }
}
