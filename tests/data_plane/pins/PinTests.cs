using System.Text.RegularExpressions;
using AiGateway.Local.Gateway;

namespace AiGateway.DataPlane.Tests.Pins;

/// <summary>A pin stands in versions.env, and nowhere else (T78).</summary>
public static partial class PinTests
{
    private static readonly IReadOnlyDictionary<string, string> s_pins = Local.Gateway.Pins.Read();

    // Prose, and records of the past, may name a version; whatever builds, deploys or tests may not.
    private static readonly string[] s_mayName = [".md", ".jsonl", ".log", "metrics.txt", "example-config.yaml", "package-lock.json"];

    [Fact]
    public static void The_digest_has_the_shape_of_one() => Assert.Matches("^sha256:[0-9a-f]{64}$", s_pins["AGENTGATEWAY_IMAGE_DIGEST"]);

    [Fact]
    public static void Reference_and_version_are_the_same_release() =>
        Assert.Equal(s_pins["AGENTGATEWAY_REF"], "v" + s_pins["AGENTGATEWAY_VERSION"]);

    [Fact]
    public static void The_digest_and_the_image_are_named_nowhere_else() => Assert.DoesNotContain(
        TrackedFiles(),
        file => file != Local.Gateway.Pins.FileName
            && File.ReadAllText(SourceTree.PathOf(file)) is var text
            && (text.Contains(s_pins["AGENTGATEWAY_IMAGE_DIGEST"], StringComparison.Ordinal)
                || text.Contains(s_pins["AGENTGATEWAY_IMAGE"] + "@", StringComparison.Ordinal)
                || text.Contains(s_pins["AGENTGATEWAY_IMAGE"] + ":", StringComparison.Ordinal)));

    [Theory]
    [InlineData("Dockerfile")]
    [InlineData("infrastructure/")]
    [InlineData(".github/")]
    [InlineData("local/release/")]
    [InlineData("local/gateway/")]
    public static void Nothing_that_builds_or_deploys_repeats_a_version(string place) => Assert.Empty(
        from file in TrackedFiles().Where(file => file.StartsWith(place, StringComparison.Ordinal))
        let text = File.ReadAllText(SourceTree.PathOf(file))
        from pin in s_pins
        where pin.Value.Contains('.', StringComparison.Ordinal) && Regex.IsMatch(text, $@"(?<![\w.]){Regex.Escape(pin.Value)}(?![\w.])")
        select $"{file} repeats {pin.Key}");

    [Fact]
    public static void The_dockerfile_takes_its_values_from_outside_and_adds_no_layer()
    {
        var lines = File.ReadAllLines(SourceTree.PathOf("Dockerfile"));
        var instructions = lines.Select(line => Instruction().Match(line).Groups[1].Value).Where(word => word != "").ToList();

        Assert.All(lines.Where(line => line.StartsWith("ARG ", StringComparison.Ordinal)), line =>
        {
            Assert.DoesNotContain('=', line);
            Assert.True(s_pins.ContainsKey(line[4..]), $"versions.env has no {line[4..]}.");
        });
        Assert.Equal(["ARG", "EXPOSE", "FROM", "LABEL"], instructions.Distinct().Order());
        Assert.Single(instructions, "FROM");
        Assert.Contains("FROM ${AGENTGATEWAY_IMAGE}@${AGENTGATEWAY_IMAGE_DIGEST}", lines);
        Assert.Contains("EXPOSE 8787", lines);
        Assert.Contains(lines, line => line.Contains("org.opencontainers.image.base.digest", StringComparison.Ordinal));
    }

    [Fact]
    public static void Terraform_reads_the_pins() => Assert.Contains(
        $"/../../../{Local.Gateway.Pins.FileName}\"", File.ReadAllText(SourceTree.PathOf(GatewaySetting.ModuleFolder + "/main.tf")));

    private static List<string> TrackedFiles()
    {
        var run = ToolRun.StartAsync("git", ["ls-files", "--cached", "--others", "--exclude-standard"], SourceTree.Root, CancellationToken.None);
        return [.. run.GetAwaiter().GetResult()!.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Where(file => File.Exists(SourceTree.PathOf(file)) && !s_mayName.Any(end => file.EndsWith(end, StringComparison.Ordinal)))];
    }

    [GeneratedRegex(@"^([A-Z]+)\s")]
    private static partial Regex Instruction();
}
