using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using AiGateway.Infrastructure.Tests.Workspace;

namespace AiGateway.Infrastructure.Tests.Applied;

/// <summary>The functions are deployed with the settings and the rights that their code asks for: nothing missing, nothing unused (T71).</summary>
[Collection(AppliedCollection.Name)]
public sealed partial class FunctionTests(AppliedInfrastructure applied)
{
    [Theory]
    [InlineData("budget_enforcement")]
    [InlineData("cost_attribution")]
    [InlineData("sweep")]
    public void Every_variable_is_one_that_the_code_reads(string function)
    {
        var read = SettingsOf(function).Select(setting => setting.Name).ToHashSet();

        Assert.All(EnvironmentOf(function), variable => Assert.Contains(variable.Key, read));
    }

    [Theory]
    [InlineData("budget_enforcement")]
    [InlineData("cost_attribution")]
    [InlineData("sweep")]
    public void Every_variable_that_the_code_needs_is_given(string function)
    {
        // Lambda itself sets the region.
        var needed = SettingsOf(function).Where(setting => setting.IsNeeded && setting.Name != "AWS_REGION").Select(setting => setting.Name);

        Assert.All(needed, name => Assert.Contains(name, EnvironmentOf(function)));
    }

    /// <summary>The calls stand in <c>dynamo_calls.txt</c> beside the function, which its own tests hold against what it sends.</summary>
    [Theory]
    [InlineData("budget_enforcement")]
    [InlineData("cost_attribution")]
    [InlineData("sweep")]
    public void The_policy_allows_exactly_the_calls_that_the_code_makes(string function)
    {
        var made = File.ReadLines(Repository.PathOf($"functions/{function}/dynamo_calls.txt"))
            .Where(line => line.Length > 0 && line[0] != '#').Order();

        Assert.Equal(made, applied.DynamoCallsAllowed(function.Replace('_', '-')));
    }

    [Fact]
    public void No_policy_allows_everything_of_anything()
    {
        var statements = applied.OfType("aws_iam_role_policy")
            .SelectMany(policy => JsonNode.Parse((string)policy["values"]!["policy"]!)!["Statement"]!.AsArray()).ToList();
        // These calls name no resource: AWS takes them on all only.
        string[] unnamed = ["ecr:GetAuthorizationToken", "xray:PutTelemetryRecords", "xray:PutTraceSegments"];

        Assert.NotEmpty(statements);
        Assert.All(statements, statement =>
        {
            Assert.DoesNotContain(PolicyReading.Many(statement!["Action"]), action => action.Contains('*', StringComparison.Ordinal));
            if (PolicyReading.Many(statement["Resource"]).Contains("*"))
            {
                Assert.All(PolicyReading.Many(statement["Action"]), action => Assert.Contains(action, unnamed));
            }
        });
    }

    [Fact]
    public void Only_the_gateways_role_may_ask_for_a_decision()
    {
        var role = (string)applied.OfType("aws_iam_role").Single(one => ((string)one["values"]!["name"]!).EndsWith("-gateway", StringComparison.Ordinal))["values"]!["arn"]!;
        var permissions = applied.OfType("aws_lambda_permission")
            .Where(one => ((string)one["values"]!["function_name"]!).EndsWith("budget-enforcement", StringComparison.Ordinal)).ToList();

        Assert.Equal("AWS_IAM", (string?)applied.OfType("aws_lambda_function_url").Single()["values"]!["authorization_type"]);
        Assert.Equal(
            ["lambda:InvokeFunction", "lambda:InvokeFunctionUrl"],
            permissions.Select(one => (string)one["values"]!["action"]!).Order());
        Assert.All(permissions, one => Assert.Equal(role, (string?)one["values"]!["principal"]));
    }

    private IReadOnlyDictionary<string, string> EnvironmentOf(string function) => applied.Function(function.Replace('_', '-'))["environment"]![0]!["variables"]!
        .AsObject().ToDictionary(variable => variable.Key, variable => (string)variable.Value!);

    // A setting is needed where it has neither a default nor an Optional reader.
    private static IEnumerable<(string Name, bool IsNeeded)> SettingsOf(string function) =>
        Directory.EnumerateFiles(Repository.PathOf($"functions/{function}"), "*.cs", SearchOption.AllDirectories)
            .Append(Repository.PathOf("shared/lambda/TierSettings.cs"))
            .SelectMany(file => Setting().Matches(File.ReadAllText(file)))
            .Select(match => (match.Groups["name"].Value, match.Groups["reader"].Value is "Text" or "Milliseconds"
                && !match.Groups["rest"].Value.Contains("otherwise", StringComparison.Ordinal)));

    [GeneratedRegex("""(?:env\.(?<reader>[A-Za-z]+)(?:<[A-Za-z]+>)?\(\s*|Outage\(env, )"(?<name>[A-Z_]+)"(?<rest>[^;]*?[);\n])""")]
    private static partial Regex Setting();
}
