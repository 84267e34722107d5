namespace AiGateway.DataPlane.Tests.Workflows;

/// <summary>The release's scripts, on responses written from the services' documentation.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class ReleaseScriptTests : IDisposable
{
    private const string Digest = "sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
    private const string Other = "sha256:bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb";
    private readonly ScriptRun _run = new();

    public void Dispose() => _run.Dispose();

    [Theory]
    [InlineData("", 0, true)]
    [InlineData(Digest, 0, false)]
    [InlineData(Other, 1, false)]
    public async Task A_version_is_pushed_once_and_never_changed(string there, int exit, bool pushes)
    {
        Registry(there);

        var run = await _run.RunAsync(".github/scripts/retag-image", $"up.example/gateway@{Digest}", "our.example/gateway:1.2.3");

        Assert.Equal(exit, run.ExitCode);
        Assert.Equal(pushes, _run.Read("calls").Contains("imagetools create", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("up.example/gateway@" + Digest, "our.example/gateway:latest")]
    [InlineData("up.example/gateway@" + Digest, "our.example/gateway:1.2")]
    [InlineData("up.example/gateway:v1", "our.example/gateway:1.2.3")]
    public async Task A_tag_that_moves_and_a_source_without_a_digest_are_refused(string source, string target)
    {
        Registry("");

        Assert.Equal(2, (await _run.RunAsync(".github/scripts/retag-image", source, target)).ExitCode);
        Assert.Equal("", _run.Read("calls"));
    }

    [Fact]
    public async Task An_image_is_published_in_lower_case_under_one_version_and_signed_by_digest()
    {
        Registry("");
        _run.Stub("cosign", "exit 0");
        (_run["VERSION"], _run["AGENTGATEWAY_IMAGE"], _run["AGENTGATEWAY_IMAGE_DIGEST"]) = ("1.2.3", "up.example/gateway", Digest);

        var run = await _run.RunAsync(".github/scripts/publish-image", "ecr.example/gw", "ghcr.example/Owner/Repo/gw");

        Assert.True(run.ExitCode == 0, run.Errors);
        var calls = _run.Read("calls");
        Assert.Contains($"--tag ghcr.example/owner/repo/gw:1.2.3 up.example/gateway@{Digest}", calls, StringComparison.Ordinal);
        Assert.Contains($"cosign sign --yes ghcr.example/owner/repo/gw@{Digest}", calls, StringComparison.Ordinal);
        Assert.Contains($"cosign sign --yes ecr.example/gw@{Digest}", calls, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_file_of_a_release_is_signed_and_summed()
    {
        _run.Write("release/a.zip", "a");
        _run.Write("release/b.json", "b");
        _run.Stub("cosign", "while [ $# -gt 0 ]; do [ \"$1\" = --bundle ] && touch \"$2\"; shift; done");

        var run = await _run.RunAsync(".github/scripts/sign-files", "release");

        Assert.True(run.ExitCode == 0, run.Errors);
        Assert.Equal(
            ["SHA256SUMS", "SHA256SUMS.sigstore.json", "a.zip", "a.zip.sigstore.json", "b.json", "b.json.sigstore.json"],
            Directory.GetFiles(_run.PathOf("release")).Select(file => Path.GetFileName(file)!).Order(StringComparer.Ordinal));
        Assert.Equal(2, _run.Read("release/SHA256SUMS").Count(one => one == '\n'));
    }

    [Theory]
    [InlineData("v1.2.3", 0, "")]
    [InlineData("v1.2.4", 1, "is at 1.2.3")]
    public async Task A_tag_is_that_of_the_version_in_the_tree(string tag, int exit, string sentence)
    {
        Tree("1.2.3", "# Changelog\n\n## [Unreleased]\n\n## [1.2.3] - 2026-01-01\n\n- New.\n");

        var run = await _run.RunAsync(".github/scripts/check-tag", tag);

        Assert.Equal(exit, run.ExitCode);
        Assert.Contains(sentence, run.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1.2.3", 0, "\n- New.\n\n")]
    [InlineData("1.2.2", 0, "\n- Old.\n")]
    [InlineData("1.2.1", 1, "")]
    public async Task The_changelogs_section_is_that_of_the_version(string version, int exit, string text)
    {
        Tree("1.2.3", "# Changelog\n\n## 1.2.3 - 2026-01-01\n\n- New.\n\n## [1.2.2]\n\n- Old.\n");

        var run = await _run.RunAsync(".github/scripts/changelog-section", version);

        Assert.Equal((exit, text), (run.ExitCode, run.Output));
    }

    [Fact]
    public async Task A_vulnerable_package_stops_the_build_and_none_does_not()
    {
        _run.Write("vulnerable.json", ScriptRun.Response("vulnerable.json"));
        _run.Stub("dotnet", $"cat '{_run.PathOf("vulnerable.json")}'");
        var bad = await _run.RunAsync(".github/scripts/check-vulnerable");
        _run.Write("vulnerable.json", """{"version":1,"projects":[{"path":"clean.csproj"}]}""");
        var good = await _run.RunAsync(".github/scripts/check-vulnerable");

        Assert.Equal((1, 0), (bad.ExitCode, good.ExitCode));
        Assert.Contains("Example.Package 1.0.0: https://github.com/advisories/", bad.Errors, StringComparison.Ordinal);
    }

    private void Tree(string version, string changelog)
    {
        _run.Write("Directory.Build.props", $"<Project>\n  <Version>{version}</Version>\n</Project>\n");
        _run.Write("CHANGELOG.md", changelog);
    }

    private void Registry(string there)
    {
        _run.Write("manifest.json", ScriptRun.Response("manifest.json", "DIGEST", there));
        var inspect = there == "" ? "exit 1" : $"cat '{_run.PathOf("manifest.json")}'";
        _run.Stub("docker", $"[[ $* == *inspect* ]] && {{ {inspect}; }}\nexit 0");
    }
}
