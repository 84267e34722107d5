using System.Text.Json.Nodes;

namespace AiGateway.Infrastructure.Tests.Applied;

/// <summary>
/// The rights beside those on tables (which <see cref="FunctionTests"/> holds against the code's own calls): each is one that AWS's pages ask for, and
/// none is there that no page asks for (T71).
/// </summary>
[Collection(AppliedCollection.Name)]
public sealed class RightsTests(AppliedInfrastructure applied)
{
    // Lambda developer guide, "Defining Lambda function permissions with an execution role": the log group is made by Terraform.
    private static readonly string[] s_logs = ["logs:CreateLogStream log-group", "logs:PutLogEvents log-group"];

    // DynamoDB developer guide, "Encryption at rest: usage notes": whoever reads or writes a table under a customer key decrypts the table's key with it.
    private const string TableKey = "kms:Decrypt key";

    // SQS developer guide, "Key management": a sender to an encrypted queue makes a data key and checks it.
    private static readonly string[] s_failures = ["kms:GenerateDataKey key", "sqs:SendMessage queue"];

    // EventBridge user guide, "Amazon EventBridge Pipes permissions": a DynamoDB stream as the source.
    private static readonly string[] s_stream =
    [
        "dynamodb:DescribeStream stream", "dynamodb:GetRecords stream", "dynamodb:GetShardIterator stream", "dynamodb:ListStreams stream",
    ];

    private static readonly Dictionary<string, string[]> s_asked = new()
    {
        ["aigateway-test-budget-enforcement"] = [.. s_logs, TableKey],
        // Invoked asynchronously: what fails is handed to a queue.
        ["aigateway-test-cost-attribution"] = [.. s_logs, TableKey, .. s_failures],
        ["aigateway-test-sweep"] = [.. s_logs, TableKey, .. s_failures],
        ["aigateway-test-sweep-schedule"] = ["lambda:InvokeFunction function", "kms:Decrypt key", .. s_failures],
        ["aigateway-test-budget-alerts"] = [.. s_stream, "sns:Publish topic", "kms:Decrypt key", .. s_failures],
    };

    public static TheoryData<string> Roles => [.. s_asked.Keys];

    [Theory]
    [MemberData(nameof(Roles))]
    public void Are_exactly_those_that_are_asked_for(string role) =>
        Assert.Equal(s_asked[role].Order(StringComparer.Ordinal), RightsOf(role).Order(StringComparer.Ordinal));

    [Fact]
    public void Every_role_of_a_function_a_pipe_or_a_schedule_is_looked_at() => Assert.Equal(
        s_asked.Keys.Order(),
        applied.OfType("aws_iam_role")
            .Where(role => ServiceOf(role) is "lambda.amazonaws.com" or "pipes.amazonaws.com" or "scheduler.amazonaws.com")
            .Select(role => (string)role["values"]!["name"]!)
            .Order());

    private IEnumerable<string> RightsOf(string role) =>
        from policy in applied.OfType("aws_iam_role_policy")
        where (string)policy["values"]!["role"]! == role
        from statement in JsonNode.Parse((string)policy["values"]!["policy"]!)!["Statement"]!.AsArray()
        from action in PolicyReading.Many(statement!["Action"])
        from resource in PolicyReading.Many(statement["Resource"])
        where !action.StartsWith("dynamodb:", StringComparison.Ordinal) || resource.Contains("/stream/", StringComparison.Ordinal)
        select $"{action} {KindOf(resource)}";

    private static string ServiceOf(JsonNode role) => string.Concat(
        PolicyReading.Many(JsonNode.Parse((string)role["values"]!["assume_role_policy"]!)!["Statement"]![0]!["Principal"]!["Service"]));

    // arn:partition:service:region:account:rest
    private static string KindOf(string arn) => (arn.Split(':')[2], arn) switch
    {
        ("dynamodb", _) => "stream",
        ("logs", _) => "log-group",
        ("lambda", _) => "function",
        ("sqs", _) => "queue",
        ("sns", _) => "topic",
        ("kms", _) => "key",
        _ => arn,
    };
}
