using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using AiGateway.DataPlane.Tests.Rules;
using AiGateway.Local.Gateway;

namespace AiGateway.DataPlane.Tests.Workflows;

/// <summary>What a linter would say: pinned actions, least rights, no injection, an end to every job (T79).</summary>
internal static partial class WorkflowRules
{
    private static readonly string[] s_writers =
        ["contents", "id-token", "packages", "attestations", "security-events", "pull-requests"];

    /// <summary>Every action that may be used, with the commit of its tag.</summary>
    public static IReadOnlyDictionary<string, (string Commit, string Tag)> Actions { get; } = File
        .ReadLines(SourceTree.PathOf("tests/data_plane/workflows/actions.txt"))
        .Where(line => !line.StartsWith('#'))
        .Select(line => line.Split(' '))
        .ToDictionary(parts => parts[0], parts => (parts[2], parts[1]));

    public static IEnumerable<string> Violations(Workflow workflow) =>
        Uses(workflow).Concat(Rights(workflow)).Concat(Injections(workflow)).Concat(Jobs(workflow)).Concat(Scripts(workflow))
            .Select(problem => $"{workflow.Name}: {problem}");

    private static IEnumerable<string> Uses(Workflow workflow)
    {
        foreach (var line in workflow.Text.Split('\n').Where(line => line.Contains("uses:", StringComparison.Ordinal)))
        {
            var match = Use().Match(line);
            var name = string.Join('/', match.Groups["name"].Value.Split('/').Take(2));
            if (!match.Success || !Actions.TryGetValue(name, out var known)
                || known.Commit != match.Groups["commit"].Value || known.Tag != match.Groups["tag"].Value)
            {
                yield return $"'{line.Trim()}' is no known action by its commit, with the tag as a comment";
            }
        }
    }

    private static IEnumerable<string> Rights(Workflow workflow)
    {
        var rights = workflow.Content["permissions"];
        if (rights is not JsonObject || rights.ToJsonString() != """{"contents":"read"}""")
        {
            yield return "may do more than read the contents, unless a job says so";
        }

        foreach (var (job, value) in workflow.Jobs)
        {
            foreach (var (right, level) in value.Object("permissions"))
            {
                if (level.Text() is not ("read" or "write") || (level.Text() == "write" && !s_writers.Contains(right)))
                {
                    yield return $"job {job} may {level} {right}";
                }
            }
        }

        if (workflow.Content.Object("on").ContainsKey("pull_request_target") || workflow.Content.Object("on").ContainsKey("workflow_run"))
        {
            yield return "runs with rights on what a stranger wrote";
        }
    }

    private static IEnumerable<string> Injections(Workflow workflow) => workflow.Steps
        .Where(step => step["run"].Text().Contains("${{", StringComparison.Ordinal))
        .Select(step => $"'{step["run"]}' has an expression in a script: hand it over in env")
        .Concat(workflow.Text.Split('\n')
            .Where(line => StrangersText().IsMatch(line))
            .Select(line => $"'{line.Trim()}' takes a stranger's text"));

    private static IEnumerable<string> Jobs(Workflow workflow)
    {
        foreach (var (job, value) in workflow.Jobs)
        {
            if (value!["timeout-minutes"] is null)
            {
                yield return $"job {job} has no end";
            }

            if (!Runner().IsMatch(value["runs-on"].Text()))
            {
                yield return $"job {job} runs on '{value["runs-on"]}', which moves";
            }

            var checkouts = value.List("steps").Where(step => step["uses"].Text().StartsWith("actions/checkout@", StringComparison.Ordinal));
            if (checkouts.Any(step => step["with"]?["persist-credentials"]?.GetValue<bool>() != false))
            {
                yield return $"job {job} leaves the token in the checkout";
            }
        }
    }

    private static IEnumerable<string> Scripts(Workflow workflow) => workflow.Steps
        .SelectMany(step => Script().Matches(step["run"].Text()))
        .Select(match => match.Value is "./dev" ? "dev" : match.Value)
        .Where(path => !File.Exists(SourceTree.PathOf(path)))
        .Select(path => $"calls {path}, which is not there");

    [GeneratedRegex(@"uses: (?<name>[\w./-]+)@(?<commit>[0-9a-f]{40}) # (?<tag>v\d+\.\d+\.\d+)$")]
    private static partial Regex Use();

    [GeneratedRegex(@"\$\{\{[^}]*github\.(event\.(issue|pull_request|comment|review|head_commit|commits|pages)|head_ref)")]
    private static partial Regex StrangersText();

    [GeneratedRegex(@"^(ubuntu-24\.04(-arm)?|\$\{\{ matrix\.runner \}\})$")]
    private static partial Regex Runner();

    [GeneratedRegex(@"(?:\.github/scripts/[\w-]+|(?<![\w/])\./dev\b|\.ci/run)")]
    private static partial Regex Script();
}
