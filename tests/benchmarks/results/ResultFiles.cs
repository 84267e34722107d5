using AiGateway.Local;

namespace AiGateway.Benchmarks.Results;

/// <summary>Where figures are kept.</summary>
internal static class ResultFiles
{
    /// <summary>Of this checkout; never tracked.</summary>
    public static string Last => Path.Combine(Repository.LocalState, "bench", "last.tsv");

    /// <summary>Of the machine that the documentation names; tracked.</summary>
    public static string Reference => Path.Combine(Repository.Root, "tests", "benchmarks", "reference.tsv");
}
