using System.Text.Json.Nodes;
using AiGateway.DataPlane.Tests.Rendering;
using AiGateway.DataPlane.Tests.Rules;
using AiGateway.Local.Gateway;

namespace AiGateway.DataPlane.Tests.Workflows;

public static class WorkflowTests
{
    private const string Good =
        """
        on: {push: {branches: [main]}}
        permissions:
          contents: read
        jobs:
          one:
            runs-on: ubuntu-24.04
            timeout-minutes: 5
            steps:
              - uses: actions/checkout@COMMIT # TAG
                with:
                  persist-credentials: false
              - run: .github/scripts/load-pins
        """;

    [Fact]
    public static void No_workflow_breaks_a_rule() => Assert.Empty(Workflow.All.SelectMany(WorkflowRules.Violations));

    [Theory]
    [InlineData("# TAG", "# v0.0.0", "no known action")]
    [InlineData("@COMMIT # TAG", "@v7", "no known action")]
    [InlineData("actions/checkout@COMMIT", "someone/else@COMMIT", "no known action")]
    [InlineData("contents: read", "contents: write", "may do more")]
    [InlineData("permissions:\n  contents: read", "permissions: write-all", "may do more")]
    [InlineData("push: {branches: [main]}", "pull_request_target: {}", "a stranger wrote")]
    [InlineData(".github/scripts/load-pins", "echo ${{ github.ref_name }}", "hand it over in env")]
    [InlineData("timeout-minutes: 5", "env: {TITLE: '${{ github.event.pull_request.title }}'}", "stranger's text")]
    [InlineData("    timeout-minutes: 5\n", "", "has no end")]
    [InlineData("ubuntu-24.04", "ubuntu-latest", "which moves")]
    [InlineData("persist-credentials: false", "persist-credentials: true", "leaves the token")]
    [InlineData(".github/scripts/load-pins", ".github/scripts/nothing", "is not there")]
    public static void Each_planted_fault_is_found(string from, string to, string expected)
    {
        var (commit, tag) = WorkflowRules.Actions["actions/checkout"];
        string Fill(string text) => text.Replace("COMMIT", commit, StringComparison.Ordinal).Replace("TAG", tag, StringComparison.Ordinal);
        Assert.Empty(WorkflowRules.Violations(Workflow.Parse("good", Fill(Good))));

        var broken = Workflow.Parse("bad", Fill(Good.Replace(from, to, StringComparison.Ordinal)));

        Assert.Contains(WorkflowRules.Violations(broken), problem => problem.Contains(expected, StringComparison.Ordinal));
    }

    [Fact]
    public static void A_pull_request_of_a_workflow_is_opened_by_an_app_so_that_it_runs_the_checks() => Assert.All(
        Workflow.All.SelectMany(one => one.Jobs).SelectMany(job => job.Value.List("steps").Select(step => (job.Value, Step: step)))
            .Where(one => one.Step["uses"].Text().StartsWith("peter-evans/create-pull-request", StringComparison.Ordinal)),
        one =>
        {
            var source = one.Step["with"]!["token"].Text();
            Assert.Matches(@"^\$\{\{ steps\.\w+\.outputs\.token \}\}$", source);
            var id = source.Split('.')[1];
            Assert.Contains(one.Value.List("steps"), step => step["id"].Text() == id
                && step["uses"].Text().StartsWith("actions/create-github-app-token@", StringComparison.Ordinal));
        });

    [Fact]
    public static void Continuous_integration_runs_the_projects_own_commands_on_both_package_sources()
    {
        var ci = Workflow.Named("ci.yml");
        var scripts = ci.Steps.Select(step => step["run"].Text()).ToList();

        Assert.Contains("bash .ci/run", scripts);
        Assert.Contains("./dev aot", scripts);
        Assert.Contains("./dev infra", scripts);
        Assert.Equal(["local", "nuget"], ci.Content.Object("jobs", "packages", "strategy", "matrix").List("packages").Select(one => one.Text()));
        Assert.Contains(ci.Steps, step => step["uses"].Text().StartsWith("zizmorcore/zizmor-action@", StringComparison.Ordinal));
        Assert.Contains(ci.Steps, step => step["uses"].Text().StartsWith("github/codeql-action/analyze@", StringComparison.Ordinal));
        Assert.Equal(["fs", "image"], ScanTypes(ci));
    }

    [Fact]
    public static void The_watcher_runs_daily_verifies_and_scans_before_it_asks()
    {
        var watcher = Workflow.Named("watch-gateway.yml");
        var steps = watcher.Steps.Select(step => step["run"].Text() + step["uses"].Text()).ToList();

        Assert.Matches(@"^\d+ \d+ \* \* \*$", watcher.Content.Object("on").List("schedule").Single()["cron"].Text());
        string[] order = ["watch-gateway", "build-push-action", "trivy-action", "create-github-app-token", "create-pull-request"];
        var found = order.Select(word => steps.FindIndex(step => step.Contains(word, StringComparison.Ordinal))).ToList();
        Assert.DoesNotContain(-1, found);
        Assert.Equal(found.Order(), found);
    }

    [Fact]
    public static void A_release_carries_both_architectures_signatures_both_sboms_and_provenance()
    {
        var release = Workflow.Named("release.yml");
        var publish = release.Content.Object("jobs", "publish");
        var formats = publish.List("steps").Select(step => step["with"]?["format"].Text()).Where(format => format is { Length: > 0 });

        Assert.Equal(["v*"], release.Content.Object("on", "push").List("tags").Select(tag => tag.Text()));
        Assert.Equal(
            ["x86_64", "arm64"],
            release.Content.Object("jobs", "archives", "strategy", "matrix").List("include").Select(one => one["arch"].Text()));
        Assert.Equal(["spdx-json", "cyclonedx-json"], formats);
        Assert.Equal(["check", "archives", "image"], publish.List("needs").Select(need => need.Text()));
        foreach (var part in (string[])["sign-files", "attest-build-provenance", "action-gh-release", "changelog-section"])
        {
            Assert.Contains(publish.List("steps"), step =>
                (step["run"].Text() + step["uses"].Text()).Contains(part, StringComparison.Ordinal));
        }
    }

    /// <summary>One script builds, looks and tries, here as on a laptop; a newer system's C library would be refused by Lambda's.</summary>
    [Theory]
    [InlineData("release.yml", "archives")]
    [InlineData("ci.yml", "native")]
    public static void Archives_are_made_by_the_one_script_under_the_names_that_terraform_and_sam_take(string file, string name)
    {
        var job = Workflow.Named(file).Content.Object("jobs", name);
        var includes = job.Object("strategy", "matrix").List("include").ToList();

        Assert.Contains(job.List("steps"), step => step["run"].Text() == "./dev package --arch \"$ARCH\" --packages nuget --framework net10.0");
        Assert.Equal(["x86_64 ubuntu-22.04", "arm64 ubuntu-22.04-arm"], includes.Select(one => $"{one["arch"].Text()} {one["runner"].Text()}"));
        Assert.Equal("${{ matrix.arch }}", job["env"]!["ARCH"].Text());
        Assert.All(
            job.List("steps").Select(step => step["with"]?["path"].Text()).Where(path => path is { Length: > 0 }),
            path => Assert.Equal("artifacts/package/*.zip", path));
    }

    [Fact]
    public static void Images_are_scanned_again_every_night() =>
        Assert.Contains("image", ScanTypes(Workflow.Named("nightly.yml")));

    [Fact]
    public static void Dependency_updates_cover_every_kind_of_lock_that_is_here()
    {
        var text = File.ReadAllText(SourceTree.PathOf(".github/dependabot.yml"));
        var updates = YamlDocument.Parse(text).AsObject().List("updates").ToList();

        Assert.Equal(
            ["dotnet-sdk", "github-actions", "npm", "nuget", "terraform"],
            updates.Select(update => update["package-ecosystem"].Text()).Order());
        var npm = updates.Single(update => update["package-ecosystem"].Text() == "npm").List("directories").Select(one => one.Text());
        Assert.Contains("/tests/data_plane/schema", npm);
        Assert.All(npm, folder => Assert.True(File.Exists(SourceTree.PathOf(folder[1..] + "/package-lock.json")), folder));
    }

    private static IEnumerable<string> ScanTypes(Workflow workflow) => workflow.Steps
        .Where(step => step["uses"].Text().StartsWith("aquasecurity/trivy-action@", StringComparison.Ordinal))
        .Select(step => step["with"]!["scan-type"].Text());
}
