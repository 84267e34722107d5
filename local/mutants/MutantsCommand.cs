namespace AiGateway.Local.Mutants;

/// <summary><c>./dev mutants</c> runs Stryker and then this: its reports against tests/mutation/survivors.tsv.</summary>
public static class MutantsCommand
{
    /// <summary>
    /// <c>LIST {FOLDER REPORT TESTS alone|again PATH…}</c> separated by <c>--</c>: the list; then, for each project that was
    /// mutated, its folder, Stryker's report, the test program beside the mutated library, whether every mutant is tried in
    /// processes of its own or only those again that survived Stryker, and the files or folders that were looked at, from the
    /// repository's root.
    /// </summary>
    /// <returns>0: every survivor is listed; 1: one is not, or a file cannot be read; 2: usage.</returns>
    public static Task<int> RunAsync(
        string[] args, TextReader input, TextWriter output, TextWriter errors, CancellationToken stop) =>
        RunAsync(args, new FreshProcess().TryAsync, output, errors, stop);

    internal static async Task<int> RunAsync(
        string[] args, TryAlone tryAlone, TextWriter output, TextWriter errors, CancellationToken stop)
    {
        var trials = Split(args.Skip(1)).Select(MutantTrial.Parse).ToList();
        if (trials.Count == 0 || trials.Contains(null))
        {
            await errors.WriteLineAsync("usage: ./dev mutants [FOLDER…]");
            return ExitCode.Usage;
        }

        try
        {
            var listed = SurvivorList.Parse(await File.ReadAllLinesAsync(args[0], stop));
            var isNew = false;
            foreach (var trial in trials.OfType<MutantTrial>())
            {
                var mutants = await trial.RunAsync(listed, tryAlone, stop);
                isNew |= await ReportAsync(trial, mutants, listed, output, errors);
            }

            return isNew ? ExitCode.BadInput : ExitCode.Done;
        }
        catch (Exception wrong) when (wrong is FormatException or IOException)
        {
            await errors.WriteLineAsync(wrong.Message);
            return ExitCode.BadInput;
        }
    }

    private static async Task<bool> ReportAsync(
        MutantTrial trial,
        IReadOnlyList<Mutant> mutants,
        IReadOnlyList<ListedSurvivor> listed,
        TextWriter output,
        TextWriter errors)
    {
        var compared = SurvivorComparison.Of(mutants, listed, trial.IsSeen);
        foreach (var gone in compared.Gone)
        {
            await errors.WriteLineAsync($"listed, but no longer there: {gone.Key}");
        }

        foreach (var endless in mutants.Where(mutant => mutant.Fate == MutantFate.TimedOut))
        {
            await errors.WriteLineAsync($"did not end: {endless.Key.File}:{endless.Line}: {endless.Key}");
        }

        foreach (var survivor in compared.New)
        {
            await errors.WriteLineAsync($"survived, not listed: {survivor.Key.File}:{survivor.Line}");
            await output.WriteLineAsync(SurvivorList.LineOf(survivor.Key, ""));
        }

        foreach (var path in trial.Paths)
        {
            var only = trial with { Paths = [path] };
            await output.WriteLineAsync(FiguresText(path, [.. mutants.Where(mutant => only.IsSeen(mutant.Key.File))]));
        }

        return compared.New.Count > 0;
    }

    private static string FiguresText(string name, IReadOnlyList<Mutant> seen)
    {
        int Count(MutantFate fate) => seen.Count(mutant => mutant.Fate == fate);
        var (killed, endless, survived) = (Count(MutantFate.Killed), Count(MutantFate.TimedOut), Count(MutantFate.Survived));
        return $"{name}: {killed + endless + survived} mutants, {killed} killed"
            + (endless > 0 ? $", {endless} did not end" : "")
            + $", {survived} survived, {Count(MutantFate.NotCompiled)} did not compile";
    }

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
