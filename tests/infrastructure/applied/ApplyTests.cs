using System.Text.Json.Nodes;

namespace AiGateway.Infrastructure.Tests.Applied;

/// <summary>Terraform applies to the emulator, has nothing left to do, and takes everything away again.</summary>
[Collection(AppliedCollection.Name)]
public sealed class ApplyTests(AppliedInfrastructure applied)
{
    /// <summary>What moto 5.2.1 can't carry, with the call that it does not know.</summary>
    private static readonly Dictionary<string, string> s_notCarried = new()
    {
        ["aws_appautoscaling_target.gateway"] = "Application Auto Scaling: ListTagsForResource",
        ["aws_cloudwatch_query_definition.this"] = "CloudWatch Logs: PutQueryDefinition",
    };

    [Fact]
    public void Applies_but_for_what_the_emulator_does_not_know()
    {
        var errors = applied.Apply.Errors.Split("Error: ").Skip(1).ToList();

        Assert.All(errors, error => Assert.Contains(s_notCarried, known => error.Contains(known.Key, StringComparison.Ordinal)
            && error.Contains(known.Value, StringComparison.Ordinal)));
        Assert.All(s_notCarried.Keys, known => Assert.Contains(errors, error => error.Contains(known, StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("aws_vpc")]
    [InlineData("aws_nat_gateway")]
    [InlineData("aws_lb")]
    [InlineData("aws_lb_listener")]
    [InlineData("aws_wafv2_web_acl")]
    [InlineData("aws_ecs_service")]
    [InlineData("aws_ecs_task_definition")]
    [InlineData("aws_ecr_repository")]
    [InlineData("aws_kms_key")]
    [InlineData("aws_iam_role")]
    [InlineData("aws_dynamodb_table")]
    [InlineData("aws_lambda_function")]
    [InlineData("aws_lambda_function_url")]
    [InlineData("aws_cloudwatch_log_subscription_filter")]
    [InlineData("aws_secretsmanager_secret")]
    [InlineData("aws_cognito_user_pool")]
    [InlineData("aws_pipes_pipe")]
    [InlineData("aws_scheduler_schedule")]
    [InlineData("aws_cloudwatch_metric_alarm")]
    public void Makes(string type) => Assert.NotEmpty(applied.OfType(type));

    [Fact]
    public void A_second_plan_adds_only_what_the_emulator_could_not_carry()
    {
        var added = Changes("create").Select(change => (string)change["address"]!);

        Assert.All(added, address => Assert.Contains(
            [.. s_notCarried.Keys, "aws_appautoscaling_policy.cpu"],
            known => address.Contains(known, StringComparison.Ordinal)));
        Assert.Empty(Changes("delete"));
    }

    [Fact]
    public void A_second_plan_changes_only_what_the_emulator_forgets() =>
        Assert.Empty(Changes("update").SelectMany(EmulatorForgets.Unexplained));

    [Fact]
    public void Destroys_all_but_what_the_emulator_cannot_delete()
    {
        var errors = applied.Destroy.Errors.Split("Error: ").Skip(1).ToList();

        Assert.Contains("Cognito Identity Provider: DeleteResourceServer", Assert.Single(errors));
    }

    private IEnumerable<JsonNode> Changes(string action) => applied.SecondPlan["resource_changes"]!.AsArray()
        .Where(change => change!["change"]!["actions"]!.AsArray().Any(one => (string)one! == action))
        .Select(change => change!);
}
