using System.Diagnostics;

namespace AiGateway.Repository.Tests;

/// <summary>The files of this repository: what git tracks or would track, so that build output and local state are never judged.</summary>
internal static class RepositoryTree
{
    /// <summary>Files that others wrote and that are kept as they came.</summary>
    private static readonly string[] Vendored = ["prices/sources/", "package-lock.json", "packages.lock.json"];

    public static string Root { get; } = FindRoot();

    /// <summary>Paths relative to the root, with forward slashes.</summary>
    public static IReadOnlyList<string> Files { get; } = ListFiles();

    public static IEnumerable<string> Own => Files.Where(file => !Vendored.Any(file.Contains));

    public static IEnumerable<string> Code(params string[] folders) => Files.Where(
        file => file.EndsWith(".cs", StringComparison.Ordinal)
            && (folders.Length == 0 || folders.Any(folder => file.StartsWith(folder + "/", StringComparison.Ordinal))));

    public static string Read(string file) => File.ReadAllText(Path.Combine(Root, file));

    public static string[] Lines(string file) => File.ReadAllLines(Path.Combine(Root, file));

    public static bool Has(string file) => File.Exists(Path.Combine(Root, file)) || Directory.Exists(Path.Combine(Root, file));

    /// <summary>Whether a file is text as far as these tests care: no zero byte at its beginning.</summary>
    public static bool IsText(string file)
    {
        using var stream = File.OpenRead(Path.Combine(Root, file));
        var start = new byte[4096];
        return !start.AsSpan(0, stream.Read(start)).Contains((byte)0);
    }

    public static bool IsExecutable(string file) => OperatingSystem.IsWindows()
        || File.GetUnixFileMode(Path.Combine(Root, file)).HasFlag(UnixFileMode.UserExecute);

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "AiGateway.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException("AiGateway.sln is in no folder above the tests.");
    }

    private static List<string> ListFiles()
    {
        var info = new ProcessStartInfo("git")
        {
            WorkingDirectory = Root,
            RedirectStandardOutput = true,
            ArgumentList = { "ls-files", "-z", "--cached", "--others", "--exclude-standard" },
        };
        using var git = Process.Start(info)!;
        var listed = git.StandardOutput.ReadToEnd();
        git.WaitForExit();
        if (git.ExitCode != 0)
        {
            throw new InvalidOperationException($"git ls-files ended with {git.ExitCode}: these tests need a git work tree.");
        }

        return [.. listed.Split('\0', StringSplitOptions.RemoveEmptyEntries)
            .Where(file => File.Exists(Path.Combine(Root, file)))
            .Distinct()
            .Order(StringComparer.Ordinal)];
    }
}
