using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace AiGateway.Repository.Tests;

/// <summary>One pin, one place (T78).</summary>
public static partial class PinTests
{
    [Fact]
    public static void Package_versions_stand_in_the_central_file_only()
    {
        var versions = RepositoryTree.Files
            .Where(file => file.EndsWith(".csproj", StringComparison.Ordinal) || file == "Directory.Build.props" || file == "Directory.Build.targets")
            .SelectMany(file => XDocument.Parse(RepositoryTree.Read(file)).Descendants("PackageReference")
                .Where(package => package.Attribute("Version") is not null || package.Attribute("VersionOverride") is not null)
                .Select(package => $"{file}: {package.Attribute("Include")?.Value}"));

        Offences.None(versions);
    }

    [Fact]
    public static void Every_central_version_is_exact_listed_once_and_used()
    {
        var pins = XDocument.Parse(RepositoryTree.Read("Directory.Packages.props")).Descendants("PackageVersion")
            .Select(package => (Name: (string)package.Attribute("Include")!, Version: (string)package.Attribute("Version")!))
            .ToList();
        var uses = ProjectGraph.Projects.SelectMany(project => project.Packages)
            .Concat(XDocument.Parse(RepositoryTree.Read("Directory.Build.targets")).Descendants("PackageReference")
                .Select(package => (string)package.Attribute("Include")!))
            .ToHashSet();

        Assert.All(pins, pin => Assert.Matches(ExactVersion(), pin.Version));
        Assert.Equal(pins.Count, pins.Select(pin => pin.Name).Distinct().Count());
        // FSharp.Core is FsCheck's: pinned, because transitive versions are, but named by no project.
        var unused = pins.Select(pin => pin.Name).Except(uses).Except(["FSharp.Core"]);
        Offences.None(unused);
    }

    [Fact]
    public static void The_sdk_is_pinned_once()
    {
        using var document = JsonDocument.Parse(RepositoryTree.Read("global.json"));
        var version = document.RootElement.GetProperty("sdk").GetProperty("version").GetString()!;

        Assert.Matches(ExactVersion(), version);
        Assert.Empty(Mentions(version, except: "global.json"));
    }

    [Fact]
    public static void What_versions_env_pins_is_repeated_nowhere()
    {
        Assert.SkipUnless(RepositoryTree.Has("versions.env"), "versions.env comes with the data plane.");
        var pins = RepositoryTree.Lines("versions.env")
            .Select(line => Assignment().Match(line))
            .Where(match => match.Success)
            .Select(match => match.Groups["value"].Value.Trim('"'))
            .Where(value => value.Length >= 8 || value.StartsWith("sha256:", StringComparison.Ordinal));

        Assert.All(pins, pin => Assert.Empty(Mentions(pin, except: "versions.env")));
    }

    /// <summary>Documentation and recordings may name a version: they say what was, not what is used.</summary>
    private static IEnumerable<string> Mentions(string pin, string except) => RepositoryTree.Own
        .Where(file => file != except && !file.EndsWith(".md", StringComparison.Ordinal))
        .Where(file => !file.StartsWith("tests/", StringComparison.Ordinal) && !file.Contains("recorded", StringComparison.Ordinal))
        .Where(RepositoryTree.IsText)
        .Where(file => RepositoryTree.Read(file).Contains(pin, StringComparison.Ordinal) && except != file);

    [GeneratedRegex(@"^\d+\.\d+\.\d+(?:\.\d+)?(?:-[\w.]+)?$")]
    private static partial Regex ExactVersion();

    [GeneratedRegex(@"^(?<name>[A-Z][A-Z0-9_]*)=(?<value>.+)$")]
    private static partial Regex Assignment();
}
