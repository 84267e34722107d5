namespace AiGateway.Infrastructure.Tests.Workspace;

/// <summary>Where the project's files are.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    public static string PathOf(string relative) => Path.Combine(Root, relative);

    /// <summary>What is deployed as a Lambda function, by its one name.</summary>
    public static IReadOnlyList<string> Functions { get; } =
    [
        .. Directory.EnumerateDirectories(PathOf("functions")).Select(folder => Path.GetFileName(folder)).Order(StringComparer.Ordinal),
    ];

    /// <summary>The Terraform files that are the project's own: no overrides, no tool's folders.</summary>
    public static IReadOnlyList<string> TerraformFiles { get; } =
    [
        .. Directory.EnumerateFiles(PathOf("infrastructure"), "*.tf", SearchOption.AllDirectories)
            .Where(file => !file.Contains("/.terraform/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal),
    ];

    private static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "AiGateway.sln")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("AiGateway.sln is not above the tests.");
        }

        return folder;
    }
}
