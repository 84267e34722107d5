namespace AiGateway.Local.Mutants;

/// <summary>What all tests, run on one mutant alone, make of it: killed, survived or timed out.</summary>
internal delegate Task<MutantFate> TryAlone(string tests, int mutant, CancellationToken stop);

/// <summary>One project's run: what Stryker planted, and who tries it.</summary>
/// <param name="Folder">The project's, from the repository's root.</param>
/// <param name="Report">Stryker's.</param>
/// <param name="Tests">The test program beside the mutated library.</param>
/// <param name="IsAlone">Every mutant is tried in processes of its own; else Stryker tried them, and only its survivors are.
/// </param>
/// <param name="Paths">The files or folders that are looked at, from the repository's root.</param>
internal sealed record MutantTrial(string Folder, string Report, string Tests, bool IsAlone, IReadOnlyList<string> Paths)
{
    /// <summary>Null: these arguments say nothing.</summary>
    public static MutantTrial? Parse(IReadOnlyList<string> args) => args switch
    {
        [var folder, var report, var tests, "alone" or "again", _, ..] =>
            new MutantTrial(folder, report, tests, args[3] == "alone", [.. args.Skip(4)]),
        _ => null,
    };

    public bool IsSeen(string file) =>
        Paths.Any(path => file == path || file.StartsWith(path + "/", StringComparison.Ordinal));

    /// <summary>The mutants with what became of those that were tried alone.</summary>
    /// <exception cref="FormatException">The report is none, or the tests fail without any mutant.</exception>
    public async Task<IReadOnlyList<Mutant>> RunAsync(
        IReadOnlyList<ListedSurvivor> listed, TryAlone tryAlone, CancellationToken stop)
    {
        var mutants = MutationReport.Read(await File.ReadAllTextAsync(Report, stop), Folder);
        var chosen = IsAlone
            ? mutants.Where(mutant => IsSeen(mutant.Key.File) && IsRunnable(mutant.Fate)).ToList()
            : SurvivorComparison.Of(mutants, listed, _ => true).New;
        if (chosen.Count > 0 && await tryAlone(Tests, FreshProcess.NoMutant, stop) != MutantFate.Survived)
        {
            throw new FormatException("The tests fail on the mutated library without any mutant: they tell nothing.");
        }

        var fates = new Dictionary<int, MutantFate>();
        await using var told = File.CreateText(Report + ".alone.tsv");
        foreach (var mutant in chosen)
        {
            fates[mutant.Id] = await tryAlone(Tests, mutant.Id, stop);
            await told.WriteLineAsync($"{fates[mutant.Id]}\t{mutant.Id}\t{mutant.Line}\t{SurvivorList.LineOf(mutant.Key, "")}");
            await told.FlushAsync(stop);
        }

        return [.. mutants.Select(mutant =>
            fates.TryGetValue(mutant.Id, out var fate) ? mutant with { Fate = fate } : mutant)];
    }

    private static bool IsRunnable(MutantFate fate) => fate is not (MutantFate.Ignored or MutantFate.NotCompiled);
}
