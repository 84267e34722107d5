namespace AiGateway.DataPlane.Tests.Workflows;

/// <summary><c>./dev release</c>, in a repository of its own.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class VersionCommandTests : IDisposable
{
    private readonly ScriptRun _run = new();

    public void Dispose() => _run.Dispose();

    [Theory]
    [InlineData("patch", "1.4.10")]
    [InlineData("minor", "1.5.0")]
    [InlineData("major", "2.0.0")]
    public async Task Makes_the_versions_commit_and_its_tag(string part, string next)
    {
        await RepositoryAsync("# Changelog\n\n## [Unreleased]\n\n- New.\n\n## 1.4.9\n\n- Old.\n");
        _run["RELEASE_DATE"] = "2026-11-21";

        var run = await _run.RunAsync("local/release/run", part);

        Assert.True(run.ExitCode == 0, run.Errors);
        Assert.Equal($"v{next}\n", run.Output);
        Assert.Contains($"<Version>{next}</Version>", _run.Read("Directory.Build.props"), StringComparison.Ordinal);
        Assert.Contains($"## [Unreleased]\n\n## {next} - 2026-11-21\n\n- New.\n", _run.Read("CHANGELOG.md"), StringComparison.Ordinal);
        Assert.Equal($"Release {next}\n", (await _run.GitAsync("log", "-1", "--format=%s")).Output);
        Assert.Equal($"v{next}\n", (await _run.GitAsync("tag", "--points-at", "HEAD")).Output);
        Assert.Equal("tag\n", (await _run.GitAsync("cat-file", "-t", $"v{next}")).Output);
        Assert.Equal("", (await _run.GitAsync("status", "--porcelain", "--untracked-files=no")).Output);
        Assert.Equal(0, (await _run.RunAsync(".github/scripts/check-tag", $"v{next}")).ExitCode);
        Assert.Equal("\n- New.\n\n", (await _run.RunAsync(".github/scripts/changelog-section", next)).Output);
    }

    [Theory]
    [InlineData()]
    [InlineData("huge")]
    [InlineData("patch", "minor")]
    public async Task Ends_with_2_for_what_it_does_not_know(params string[] arguments)
    {
        await RepositoryAsync("## Unreleased\n\n- New.\n");

        var run = await _run.RunAsync("local/release/run", arguments);

        Assert.Equal((2, ""), (run.ExitCode, run.Output));
    }

    [Fact]
    public async Task Refuses_where_nothing_is_unreleased_or_something_is_not_committed()
    {
        await RepositoryAsync("## Unreleased\n\n## 1.4.9\n\n- Old.\n");
        var empty = await _run.RunAsync("local/release/run", "patch");
        _run.Write("CHANGELOG.md", "## Unreleased\n\n- New.\n");
        var dirty = await _run.RunAsync("local/release/run", "patch");

        Assert.Equal((1, 1), (empty.ExitCode, dirty.ExitCode));
        Assert.Contains("says nothing under Unreleased", empty.Errors, StringComparison.Ordinal);
        Assert.Contains("not committed", dirty.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refuses_a_version_that_was_tagged_before()
    {
        await RepositoryAsync("## Unreleased\n\n- New.\n");
        await _run.GitAsync("tag", "v1.4.10");

        var run = await _run.RunAsync("local/release/run", "patch");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("v1.4.10 is there already", run.Errors, StringComparison.Ordinal);
    }

    private async Task RepositoryAsync(string changelog)
    {
        _run.Write("Directory.Build.props", "<Project>\n  <Version>1.4.9</Version>\n</Project>\n");
        _run.Write("CHANGELOG.md", changelog);
        _run.Write(".gitignore", "bin/\ncalls\n");
        await _run.GitAsync("init", "-q", "-b", "main");
        await _run.GitAsync("add", "-A");
        var commit = await _run.GitAsync("commit", "-q", "-m", "Start");
        Assert.True(commit.ExitCode == 0, commit.Errors);
    }
}
