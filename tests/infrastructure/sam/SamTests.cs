using System.Text.Json.Nodes;
using AiGateway.Infrastructure.Tests.Applied;
using AiGateway.Infrastructure.Tests.Workspace;

namespace AiGateway.Infrastructure.Tests.Sam;

/// <summary>The SAM template is one that SAM takes, and says the same of the functions as Terraform does.</summary>
[Collection(AppliedCollection.Name)]
public sealed class SamTests(AppliedInfrastructure applied)
{
    private static readonly Dictionary<string, string> s_ids = new()
    {
        ["BudgetEnforcement"] = "budget-enforcement",
        ["CostAttribution"] = "cost-attribution",
        ["Sweep"] = "sweep",
    };

    [Fact]
    public async Task Cfn_lint_finds_nothing() =>
        (await Tool.RunAsync("python3", ["-c", "from cfnlint.runner import main; main()", "template.yaml"], Repository.Root))
            .OrFail("cfn-lint");

    [Fact]
    public async Task The_translator_makes_every_function()
    {
        var translated = (await ReadAsync())["translated"]!["Resources"]!.AsObject();

        Assert.Equal(s_ids.Keys.Order(), translated.Where(one => (string)one.Value!["Type"]! == "AWS::Lambda::Function").Select(one => one.Key).Order());
    }

    [Theory]
    [InlineData("BudgetEnforcement")]
    [InlineData("CostAttribution")]
    [InlineData("Sweep")]
    public async Task Is_in_step_with_terraform(string id)
    {
        var template = (await ReadAsync())["source"]!;
        var sam = template["Resources"]![id]!["Properties"]!;
        var globals = template["Globals"]!["Function"]!;
        var terraform = Function(id);

        Assert.Equal((int)terraform["timeout"]!, (int)sam["Timeout"]!);
        Assert.Equal((int)terraform["reserved_concurrent_executions"]!, (int)sam["ReservedConcurrentExecutions"]!);
        Assert.Equal((string?)terraform["runtime"], (string?)globals["Runtime"]);
        Assert.Equal((string?)terraform["handler"], (string?)globals["Handler"]);
        Assert.Equal((int)terraform["memory_size"]!, (int)globals["MemorySize"]!);
        Assert.Equal(
            Plain(terraform["environment"]![0]!["variables"]!),
            Plain(globals["Environment"]!["Variables"]!).Concat(Plain(sam["Environment"]!["Variables"]!)).Order());
        Assert.Equal(applied.DynamoCallsAllowed(s_ids[id]), SamActions(sam).Order());
    }

    [Fact]
    public async Task Subscribes_with_the_same_filter()
    {
        var sam = (await ReadAsync())["source"]!["Resources"]!["CostAttribution"]!["Properties"]!["Events"]!["AccessLog"]!["Properties"]!;
        var terraform = applied.OfType("aws_cloudwatch_log_subscription_filter").Single()["values"]!;

        Assert.Equal((string?)terraform["filter_pattern"], (string?)sam["FilterPattern"]);
    }

    [Theory]
    [InlineData("decision.json", "requestContext")]
    [InlineData("access_log.json", "awslogs")]
    [InlineData("sweep.json", "action")]
    public static void Has_a_sample_event(string file, string key) =>
        Assert.NotNull(JsonNode.Parse(File.ReadAllText(Repository.PathOf($"tests/events/{file}")))![key]);

    // The tables' prefix is a parameter here and a reference there.
    private static IEnumerable<string> Plain(JsonNode variables) => variables.AsObject()
        .Select(variable => variable.Key == "TABLE_PREFIX" ? variable.Key : $"{variable.Key}={variable.Value}").Order();

    private static IEnumerable<string> SamActions(JsonNode sam) =>
        from statement in sam["Policies"]![0]!["Statement"]!.AsArray()
        from action in statement!["Action"]!.AsArray()
        where ((string)action!).StartsWith("dynamodb:", StringComparison.Ordinal)
        from resource in statement["Resource"] as JsonArray ?? [statement["Resource"]!.DeepClone()]
        let arn = (string)resource!["Fn::Sub"]!
        select $"{((string)action!)[9..]} {arn[(arn.LastIndexOf('}') + 1)..]}";

    private JsonNode Function(string id) => applied.Function(s_ids[id]);

    internal static async Task<JsonNode> ReadAsync() => JsonNode.Parse((await Tool.RunAsync(
        "python3", ["tests/infrastructure/sam/check_template.py", "template.yaml"], Repository.Root, "",
        new Dictionary<string, string> { ["AWS_DEFAULT_REGION"] = "us-east-1" })).OrFail("check_template.py").Output)!;
}
