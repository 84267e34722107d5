namespace AiGateway.DataPlane.Tests.Workflows;

/// <summary>The watcher's scripts, on responses written from the services' documentation.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class GatewayWatcherTests : IDisposable
{
    private const string Pinned = "sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
    private const string Newer = "sha256:bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb";
    private readonly ScriptRun _run = new();

    public GatewayWatcherTests()
    {
        _run.Write("versions.env", $"# pins\nAGENTGATEWAY_IMAGE=registry.example/gateway\nAGENTGATEWAY_REF=v1.4.1\n"
            + $"AGENTGATEWAY_VERSION=1.4.1\nAGENTGATEWAY_IMAGE_DIGEST={Pinned}\nOTHER=1\n");
        _run.Stub("cosign", "exit 0");
        Releases("v1.5.0");
        Registry(("v1.4.1", Pinned), ("v1.5.0", Newer));
    }

    public void Dispose() => _run.Dispose();

    [Fact]
    public async Task A_newer_release_moves_the_three_pins_together_once_its_signature_was_verified()
    {
        var run = await _run.RunAsync(".github/scripts/watch-gateway");

        Assert.True(run.ExitCode == 0, run.Errors);
        Assert.Equal(
            $"# pins\nAGENTGATEWAY_IMAGE=registry.example/gateway\nAGENTGATEWAY_REF=v1.5.0\nAGENTGATEWAY_VERSION=1.5.0\n"
                + $"AGENTGATEWAY_IMAGE_DIGEST={Newer}\nOTHER=1\n",
            _run.Read("versions.env"));
        Assert.Equal($"changed=true\nref=v1.5.0\ndigest={Newer}\n", _run.Read("output"));
        Assert.Contains("release.yml@refs/tags/v1.5.0", _run.Read("calls"), StringComparison.Ordinal);
        Assert.Contains($"registry.example/gateway@{Newer}", _run.Read("calls"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("v1.4.1")]
    [InlineData("v1.3.9")]
    public async Task The_same_or_an_older_release_changes_nothing(string newest)
    {
        Releases(newest);
        var before = _run.Read("versions.env");

        var run = await _run.RunAsync(".github/scripts/watch-gateway");

        Assert.True(run.ExitCode == 0, run.Errors);
        Assert.Equal("changed=false\n", _run.Read("output"));
        Assert.Equal(before, _run.Read("versions.env"));
        Assert.Contains($"gateway@{Pinned}", _run.Read("calls"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pinned_tag_that_points_elsewhere_is_loud()
    {
        Registry(("v1.4.1", Newer));

        var run = await _run.RunAsync(".github/scripts/watch-gateway");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("changed under its tag", run.Errors, StringComparison.Ordinal);
        Assert.Equal("", _run.Read("output"));
    }

    [Fact]
    public async Task A_release_whose_signature_does_not_verify_is_not_taken_over()
    {
        _run.Stub("cosign", $"[[ $* == *{Pinned}* ]]");
        var before = _run.Read("versions.env");

        var run = await _run.RunAsync(".github/scripts/watch-gateway");

        Assert.NotEqual(0, run.ExitCode);
        Assert.Equal(before, _run.Read("versions.env"));
    }

    [Theory]
    [InlineData("v1.6.0-rc.1", false)]
    [InlineData("v1.6.0", true)]
    [InlineData("nightly", false)]
    [InlineData("v1.6.0; rm -rf /", false)]
    public async Task Only_a_full_release_counts(string tag, bool isPrerelease)
    {
        Releases(tag, isPrerelease);

        var run = await _run.RunAsync(".github/scripts/newest-release", "agentgateway/agentgateway");

        Assert.Equal((1, ""), (run.ExitCode, run.Output));
        Assert.Contains("not a full version", run.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("v1.5", Newer)]
    [InlineData("v1.5.0", "sha256:short")]
    [InlineData("v1.5.0|x", Newer)]
    public async Task What_is_no_version_or_no_digest_is_not_written(string tag, string digest)
    {
        var before = _run.Read("versions.env");

        var run = await _run.RunAsync(".github/scripts/bump-pins", tag, digest);

        Assert.Equal(2, run.ExitCode);
        Assert.Equal(before, _run.Read("versions.env"));
    }

    [Fact]
    public async Task A_registry_that_answers_without_a_digest_is_an_error()
    {
        _run.Stub("docker", "echo '{}'");

        var run = await _run.RunAsync(".github/scripts/resolve-digest", "registry.example/gateway:v1.4.1");

        Assert.Equal((1, ""), (run.ExitCode, run.Output));
    }

    [Fact]
    public async Task The_pins_become_variables_of_the_next_steps()
    {
        var run = await _run.RunAsync(".github/scripts/load-pins");

        Assert.Equal(0, run.ExitCode);
        Assert.Equal(Local.Gateway.Pins.Read(), Local.Gateway.Pins.Parse(_run.Read("env")));
    }

    private void Releases(string tag, bool isPrerelease = false)
    {
        var answer = ScriptRun.Response("release-latest.json", "TAG", tag);
        _run.Write("release.json", isPrerelease
            ? answer.Replace("\"prerelease\": false", "\"prerelease\": true", StringComparison.Ordinal)
            : answer);
        _run.Stub("gh", $"cat '{_run.PathOf("release.json")}'");
    }

    private void Registry(params (string Tag, string Digest)[] images)
    {
        foreach (var (tag, digest) in images)
        {
            _run.Write($"manifest-{tag}.json", ScriptRun.Response("manifest.json", "DIGEST", digest));
        }

        _run.Stub("docker", $"image=$4; cat '{_run.PathOf("manifest-")}'\"${{image##*:}}\".json");
    }
}
