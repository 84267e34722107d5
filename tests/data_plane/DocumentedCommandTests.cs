using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using AiGateway.DataPlane.Tests.Rendering;
using AiGateway.Domain;
using AiGateway.Local.Gateway;

namespace AiGateway.DataPlane.Tests;

/// <summary>What the two pages tell an operator to type or to look at is there.</summary>
public static partial class DocumentedCommandTests
{
    private static readonly string[] s_pages = ["docs/gateway-operations.md", "docs/upgrades.md"];

    // Upstream's documentation for 1.4 names these; the tool could not be run here.
    private static readonly string[] s_agctl = ["agctl config all --file", "agctl config backends --file", "agctl trace --local --port"];

    private static readonly string[] s_standard = ["git", "terraform", "curl", "cosign", "sha256sum"];

    private static IReadOnlyList<string> Commands { get; } =
    [
        .. s_pages.SelectMany(page => Block().Matches(File.ReadAllText(SourceTree.PathOf(page))))
            .SelectMany(block => block.Groups["lines"].Value.Split('\n', StringSplitOptions.RemoveEmptyEntries)),
    ];

    [Fact]
    public static async Task Every_render_command_renders()
    {
        var settings = Commands.Where(one => one.StartsWith("./dev gateway render", StringComparison.Ordinal)
                && !one.EndsWith("--list", StringComparison.Ordinal))
            .Distinct()
            .ToDictionary(
                one => one,
                one => Assert.IsType<Outcome<JsonObject>.Ok>(RenderCommand.Parse(Words(one)[3..])).Value);

        Assert.NotEmpty(settings);
        Assert.IsType<RenderOutcome.Done>(await ConfigRenderer.RenderAsync(settings, CancellationToken.None));
    }

    [Fact]
    public static void Every_script_that_is_named_is_there() => Assert.All(
        s_pages.SelectMany(page => ScriptPath().Matches(File.ReadAllText(SourceTree.PathOf(page)))),
        match => Assert.True(File.Exists(SourceTree.PathOf(match.Value)), match.Value));

    [Fact]
    public static void Every_command_is_one_of_ours_one_that_upstream_documents_or_a_standard_tool() => Assert.All(
        Commands,
        command => Assert.True(
            command.StartsWith("./dev ", StringComparison.Ordinal)
                || command.StartsWith(".github/scripts/", StringComparison.Ordinal)
                || s_agctl.Any(known => command.StartsWith(known, StringComparison.Ordinal))
                || s_standard.Contains(command.Split(' ')[0]),
            command));

    [Fact]
    public static void Every_metric_that_is_named_was_recorded()
    {
        var recorded = File.ReadAllText(SourceTree.PathOf("tests/recorded/metrics.txt"));
        var named = s_pages.SelectMany(page => Metric().Matches(File.ReadAllText(SourceTree.PathOf(page)))).ToList();

        Assert.NotEmpty(named);
        Assert.All(named, match => Assert.Contains("\n" + match.Value, recorded, StringComparison.Ordinal));
    }

    [Fact]
    public static async Task Every_port_path_and_key_that_is_named_is_that_of_the_configuration()
    {
        var page = File.ReadAllText(SourceTree.PathOf(s_pages[0]));
        var everything = await RenderedConfigs.RenderAsync([Combinations.Deployed]);
        var yaml = everything[0].Yaml;

        Assert.All((string[])["8787", "15021", "15020", "15000", "4318"], port =>
        {
            Assert.Contains($"| {port} |", page, StringComparison.Ordinal);
            Assert.Contains(port, yaml, StringComparison.Ordinal);
        });
        Assert.All(everything[0].Rendered.EnvironmentNames, key => Assert.Contains(key, page, StringComparison.Ordinal));
        var paths = ExactPath().Matches(yaml).Select(match => match.Groups[1].Value).ToList();
        Assert.All(paths, path => Assert.Contains($"`{path}`", page, StringComparison.Ordinal));
    }

    [Fact]
    public static void Every_setting_that_is_named_is_there()
    {
        var settings = GatewaySetting.ReadAll().Select(setting => setting.Name).ToHashSet();
        string[] named =
        [
            "drain_seconds", "max_buffer_bytes", "budget_groups", "provider_hosts", "guardrail_detect", "guardrail_enforce",
            "guardrails", "guardrails_enforce", "rate_limits", "anthropic", "tracing",
        ];

        Assert.All(named, name => Assert.Contains(name, settings));
    }

    /// <summary>Takes a command line apart as a shell would: blanks, and single quotes.</summary>
    private static string[] Words(string command) =>
        [.. Word().Matches(command).Select(match => match.Value.Replace("'", "", StringComparison.Ordinal))];

    [GeneratedRegex(@"```sh\n(?<lines>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex(@"\.github/(?:scripts|workflows)/[\w-]+(?:\.yml)?(?![\w\\])")]
    private static partial Regex ScriptPath();

    [GeneratedRegex(@"agentgateway_[a-z_]+[a-z]")]
    private static partial Regex Metric();

    [GeneratedRegex(@"exact: (\S+)")]
    private static partial Regex ExactPath();

    [GeneratedRegex(@"(?:'[^']*'|[^\s'])+")]
    private static partial Regex Word();
}
