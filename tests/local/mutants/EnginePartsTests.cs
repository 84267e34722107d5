namespace AiGateway.Local.Tests.Mutants;

/// <summary>A file of the engine that no part names would never be mutated, and nobody would miss it.</summary>
public static class EnginePartsTests
{
    [Fact]
    public static void Every_file_of_the_engine_belongs_to_one_part()
    {
        var engine = Path.Combine(Repository.Root, "shared", "engine");
        var parts = File.ReadLines(Path.Combine(Repository.Root, "local", "dev", "mutants.sh"))
            .Where(line => line.StartsWith("engine-", StringComparison.Ordinal))
            .SelectMany(line => line.Split('|')[2].Split(' '))
            .ToList();
        var files = Directory.EnumerateFiles(engine, "*.cs", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(engine, file).Replace('\\', '/').Split('/')[0])
            .Where(file => file is not ("obj" or "bin"))
            .Distinct();

        Assert.Equal(files.Order(StringComparer.Ordinal), parts.Order(StringComparer.Ordinal));
    }
}
