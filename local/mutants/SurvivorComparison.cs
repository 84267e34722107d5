namespace AiGateway.Local.Mutants;

/// <summary>A run's survivors held against the list.</summary>
/// <param name="New">Survivors that the list does not know: a test is missing, or a reason.</param>
/// <param name="Gone">Listed ones of the files that were looked at that did not survive: the list can be shortened.</param>
internal sealed record SurvivorComparison(IReadOnlyList<Mutant> New, IReadOnlyList<ListedSurvivor> Gone)
{
    /// <param name="run">The mutants of a run.</param>
    /// <param name="listed">The whole list.</param>
    /// <param name="isScope">Whether a file was looked at, by its path in the repository.</param>
    public static SurvivorComparison Of(
        IReadOnlyList<Mutant> run, IReadOnlyList<ListedSurvivor> listed, Func<string, bool> isScope)
    {
        var left = listed.Where(one => isScope(one.Key.File))
            .GroupBy(one => one.Key)
            .ToDictionary(same => same.Key, same => new Queue<ListedSurvivor>(same));
        var unlisted = run
            .Where(mutant => mutant.Fate == MutantFate.Survived)
            .Where(mutant => !(left.TryGetValue(mutant.Key, out var same) && same.TryDequeue(out _)))
            .ToList();
        return new SurvivorComparison(unlisted, [.. left.Values.SelectMany(same => same)]);
    }
}
