using System.Text.RegularExpressions;

namespace AiGateway.Repository.Tests;

/// <summary>What a reader may count on in every file.</summary>
public static partial class StyleTests
{
    private const int FileLinesMax = 300;
    private const int LineCharactersMax = 200;

    [Fact]
    public static void No_code_file_is_longer_than_300_lines()
    {
        var tooLong = RepositoryTree.Code()
            .Select(file => (File: file, Count: RepositoryTree.Lines(file).Length))
            .Where(one => one.Count > FileLinesMax)
            .Select(one => $"{one.File}: {one.Count} lines");

        Offences.None(tooLong);
    }

    [Fact]
    public static void No_line_of_code_runs_off_the_screen()
    {
        var tooLong = RepositoryTree.Code("functions", "shared", "local").SelectMany(file => RepositoryTree.Lines(file)
            .Select((line, index) => (Line: line, Where: $"{file}:{index + 1}"))
            .Where(one => one.Line.Length > LineCharactersMax)
            .Select(one => $"{one.Where}: {one.Line.Length} characters"));

        Offences.None(tooLong);
    }

    [Fact]
    public static void Money_and_tokens_are_never_binary_floats()
    {
        var floats = LinesThatMatch(BinaryFloat(), "shared/domain", "shared/engine", "functions");

        Offences.None(floats);
    }

    [Fact]
    public static void The_domain_and_the_engine_read_no_clock_no_chance_and_no_environment()
    {
        var impure = LinesThatMatch(ClockChanceEnvironment(), "shared/domain", "shared/engine", "shared/time_zones");

        Offences.None(impure);
    }

    [Fact]
    public static void The_domain_neither_waits_nor_touches_files_or_sockets()
    {
        var inputOutput = LinesThatMatch(InputOutput(), "shared/domain");

        Offences.None(inputOutput);
    }

    [Fact]
    public static void Namespaces_are_file_scoped()
    {
        var block = RepositoryTree.Code()
            .Where(file => SourceText.CodeLines(RepositoryTree.Read(file)).Any(line => BlockNamespace().IsMatch(line)));

        Offences.None(block);
    }

    [Fact]
    public static void Nothing_is_called_utils_or_helpers()
    {
        var vague = RepositoryTree.Own.Where(file => Vague().IsMatch(Path.GetFileName(file)));

        Offences.None(vague);
    }

    [Fact]
    public static void Tests_run_with_reflection_based_json_switched_off()
    {
        Assert.False(System.Text.Json.JsonSerializer.IsReflectionEnabledByDefault);
    }

    [Theory]
    [InlineData("double price = 1;", true)]
    [InlineData("var x = (float)y;", true)]
    [InlineData("Single? z;", true)]
    [InlineData("// double the price", false)]
    [InlineData("var s = \"double\";", false)]
    [InlineData("var s = \"\"\"\n double \"quoted\"\n\"\"\";", false)]
    [InlineData("rows.Single();", false)]
    [InlineData("rows.Single(row => row.Key == key);", false)]
    [InlineData("Assert.Single(rows);", false)]
    [InlineData("return doubled;", false)]
    public static void The_rule_against_floats_reads_code_and_not_words(string code, bool isOffence)
    {
        Assert.Equal(isOffence, SourceText.CodeLines(code).Any(line => BinaryFloat().IsMatch(line)));
    }

    private static IEnumerable<string> LinesThatMatch(Regex rule, params string[] folders) =>
        RepositoryTree.Code(folders).SelectMany(file => SourceText.CodeLines(RepositoryTree.Read(file))
            .Select((line, index) => (Line: line, Where: $"{file}:{index + 1}"))
            .Where(one => rule.IsMatch(one.Line))
            .Select(one => $"{one.Where}: {one.Line.Trim()}"));

    [GeneratedRegex(@"\b(?:float|double)\b|(?<!\.)\b(?:Single|Double|Half)\b(?!\()")]
    private static partial Regex BinaryFloat();

    [GeneratedRegex(@"\b(?:DateTime|DateTimeOffset)\.(?:Now|UtcNow|Today)\b|\bGuid\.(?:NewGuid|CreateVersion7)\b"
        + @"|\bRandom\.Shared\b|\bnew Random\b|(?<![\w.])Environment\.|\bStopwatch\b"
        + @"|\bTimeZoneInfo\.(?:Local|FindSystemTimeZoneById)\b")]
    private static partial Regex ClockChanceEnvironment();

    [GeneratedRegex(@"\b(?:Task|ValueTask|async|await|Thread|File|Directory|HttpClient|Socket|Console)\b")]
    private static partial Regex InputOutput();

    [GeneratedRegex(@"^\s*namespace [\w.]+\s*(?:\{|$)")]
    private static partial Regex BlockNamespace();

    [GeneratedRegex(@"(?i)(?:utils?|helpers?|common|misc)\.cs$")]
    private static partial Regex Vague();
}
