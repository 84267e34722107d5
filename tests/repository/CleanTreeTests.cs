using System.Text.RegularExpressions;

namespace AiGateway.Repository.Tests;

/// <summary>What must not stand in any file.</summary>
public static partial class CleanTreeTests
{
    [Fact]
    public static void No_file_names_a_package_registry_or_a_path_of_somebodys_machine()
    {
        var found = RepositoryTree.Files
            .Where(RepositoryTree.IsText)
            .Where(file => MachineOrRegistry().IsMatch(RepositoryTree.Read(file)))
            .SelectMany(file => RepositoryTree.Lines(file)
                .Select((line, index) => (Line: line, Where: $"{file}:{index + 1}"))
                .Where(one => MachineOrRegistry().IsMatch(one.Line))
                .Select(one => $"{one.Where}: {MachineOrRegistry().Match(one.Line).Value}"));

        Offences.None(found);
    }

    [Fact]
    public static void Lock_files_name_no_download_address()
    {
        var found = RepositoryTree.Files
            .Where(file => file.EndsWith("package-lock.json", StringComparison.Ordinal))
            .Where(file => RepositoryTree.Read(file).Contains("\"resolved\"", StringComparison.Ordinal));

        Offences.None(found);
    }

    [Fact]
    public static void No_build_output_and_no_secret_is_tracked()
    {
        var found = RepositoryTree.Files.Where(file => OutputOrSecret().IsMatch(file));

        Offences.None(found);
    }

    [Fact]
    public static void Scripts_are_executable_and_stop_at_the_first_error()
    {
        var scripts = RepositoryTree.Own.Where(file => RepositoryTree.IsText(file)
            && RepositoryTree.Lines(file).FirstOrDefault()?.StartsWith("#!", StringComparison.Ordinal) == true).ToList();

        Assert.Contains("dev", scripts);
        Assert.Contains(".ci/run", scripts);
        Assert.All(scripts, file =>
        {
            Assert.True(RepositoryTree.IsExecutable(file), $"{file} is not executable");
            if (RepositoryTree.Lines(file)[0].EndsWith("bash", StringComparison.Ordinal))
            {
                Assert.Contains("set -euo pipefail", RepositoryTree.Read(file));
            }
        });
    }

    // Assembled, so that this file does not name them either.
    [GeneratedRegex(@"(?i)/wo" + "rk/(?:main|shared|\\.library)" + @"|(?<![\w.$}/-])/t" + @"mp/(?!bash)\w"
        + @"|(?<!\w)/ho" + @"me/\w+/|/Us" + @"ers/\w+/|[A-Z]:\\Us" + @"ers"
        + @"|api\.nu" + @"get\.org|regi" + @"stry\.npmjs|deb\.deb" + @"ian\.org")]
    private static partial Regex MachineOrRegistry();

    [GeneratedRegex(@"(?:^|/)(?:bin|obj|artifacts|node_modules|TestResults)/|\.(?:pem|pfx|p12|key|tfstate)$|(?:^|/)\.env$")]
    private static partial Regex OutputOrSecret();
}
