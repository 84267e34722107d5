using System.Text.RegularExpressions;

namespace AiGateway.Repository.Tests;

/// <summary>What the documentation points at exists.</summary>
public static partial class DocumentationTests
{
    [Fact]
    public static void Every_link_to_a_file_resolves()
    {
        var broken = RepositoryTree.Own
            .Where(file => file.EndsWith(".md", StringComparison.Ordinal))
            .SelectMany(file => Link().Matches(WithoutCode(RepositoryTree.Read(file)))
                .Select(match => match.Groups["target"].Value)
                .Where(target => !target.Contains("://", StringComparison.Ordinal) && !target.StartsWith("mailto:", StringComparison.Ordinal))
                .Where(target => !Resolves(file, target))
                .Select(target => $"{file}: {target}"));

        Offences.None(broken);
    }

    [Fact]
    public static void Every_trap_names_a_test_that_exists()
    {
        Assert.SkipUnless(RepositoryTree.Has("docs/traps.md"), "docs/traps.md is collected at the end.");
        var tests = RepositoryTree.Code("tests")
            .SelectMany(file => TestMethod().Matches(RepositoryTree.Read(file)).Select(match => match.Groups["name"].Value))
            .ToHashSet();
        var rows = RepositoryTree.Lines("docs/traps.md").Where(line => TrapRow().IsMatch(line)).ToList();

        var wrong = rows.SelectMany(row =>
        {
            var cited = CitedTest().Matches(row).Select(match => match.Groups["name"].Value).ToList();
            return cited.Count == 0
                ? [$"no test: {row}"]
                : cited.Where(name => !tests.Contains(name)).Select(name => $"no such test: {name} in {row}");
        });

        Assert.NotEmpty(rows);
        Offences.None(wrong);
        Assert.Equal(rows.Count, rows.Select(row => TrapRow().Match(row).Groups["id"].Value).Distinct().Count());
    }

    [Fact]
    public static void Every_command_that_a_page_shows_exists()
    {
        var shown = RepositoryTree.Own
            .Where(file => file.EndsWith(".md", StringComparison.Ordinal))
            .SelectMany(file => DevCommand().Matches(RepositoryTree.Read(file)).Select(match => match.Groups["name"].Value))
            .ToHashSet();
        var dev = RepositoryTree.Read("dev");

        Assert.Contains("demo", shown);
        Assert.Contains("package", shown);
        Assert.All(shown, command => Assert.Matches($@"(?m)^\s*(?:\w+\s*\|\s*)*{command}(?:\s*\|\s*\w+)*\)", dev));
    }

    private static bool Resolves(string file, string target)
    {
        var path = Uri.UnescapeDataString(target.Split('#')[0]);
        if (path.Length == 0)
        {
            return true;
        }

        var folder = path.StartsWith('/') ? "" : Path.GetDirectoryName(file)!;
        return RepositoryTree.Has(Path.Combine(folder, path.TrimStart('/')));
    }

    private static string WithoutCode(string markdown) => Code().Replace(markdown, "");

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)(?:\s+""[^""]*"")?\)")]
    private static partial Regex Link();

    [GeneratedRegex("```.*?```|`[^`\n]*`", RegexOptions.Singleline)]
    private static partial Regex Code();

    [GeneratedRegex(@"^\|\s*(?<id>T\d{2,3})\s*\|")]
    private static partial Regex TrapRow();

    [GeneratedRegex(@"`(?:\w+\.)?(?<name>[A-Z][A-Za-z0-9]*(?:_[A-Za-z0-9]+)+)`")]
    private static partial Regex CitedTest();

    [GeneratedRegex(@"public (?:static )?(?:async )?(?:void|Task|ValueTask) (?<name>\w+)\(")]
    private static partial Regex TestMethod();

    [GeneratedRegex(@"\./dev (?<name>[a-z]+)")]
    private static partial Regex DevCommand();
}
