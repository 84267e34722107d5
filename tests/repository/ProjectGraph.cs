using System.Xml.Linq;

namespace AiGateway.Repository.Tests;

/// <summary>What the project files say.</summary>
/// <param name="File">Path from the root.</param>
/// <param name="References">Projects that it references for their types, as paths from the root.</param>
/// <param name="Packages">Packages that it names itself.</param>
/// <param name="UsesLambda">Whether it takes the Lambda packages.</param>
internal sealed record ProjectFile(
    string File, IReadOnlyList<string> References, IReadOnlyList<string> Packages, bool UsesLambda)
{
    public string Folder => Path.GetDirectoryName(File)!.Replace('\\', '/');

    public string Name => Path.GetFileNameWithoutExtension(File);
}

/// <summary>All project files of the repository.</summary>
internal static class ProjectGraph
{
    public static IReadOnlyList<ProjectFile> Projects { get; } =
    [
        .. RepositoryTree.Files.Where(file => file.EndsWith(".csproj", StringComparison.Ordinal)).Select(Read),
    ];

    private static ProjectFile Read(string file)
    {
        var document = XDocument.Parse(RepositoryTree.Read(file));
        var folder = Path.GetDirectoryName(Path.Combine(RepositoryTree.Root, file))!;
        var references = document.Descendants("ProjectReference")
            .Where(reference => (string?)reference.Attribute("ReferenceOutputAssembly") != "false")
            .Select(reference => Path.GetFullPath(Path.Combine(folder, (string)reference.Attribute("Include")!)))
            .Select(path => Path.GetRelativePath(RepositoryTree.Root, path).Replace('\\', '/'));
        var packages = document.Descendants("PackageReference").Select(package => (string)package.Attribute("Include")!);
        var usesLambda = document.Descendants("UsesLambda").Any(flag => flag.Value == "true");
        return new ProjectFile(file, [.. references], [.. packages], usesLambda);
    }
}
