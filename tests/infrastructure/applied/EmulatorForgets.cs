using System.Text.Json.Nodes;

namespace AiGateway.Infrastructure.Tests.Applied;

/// <summary>What moto 5.2.1 takes and does not give back, attribute by attribute: a second plan wants to set these again, and nothing else.</summary>
internal static class EmulatorForgets
{
    private static readonly Dictionary<string, string[]> s_byType = new()
    {
        ["aws_cognito_user_pool"] = ["user_pool_tier"],
        ["aws_ecs_service"] = ["availability_zone_rebalancing", "health_check_grace_period_seconds"],
        ["aws_lambda_function"] = ["kms_key_arn", "logging_config"],
        ["aws_vpc_security_group_egress_rule"] = ["description", "referenced_security_group_id"],
        ["aws_vpc_security_group_ingress_rule"] = ["description", "referenced_security_group_id"],
    };

    /// <summary>The attributes that a planned update changes, less those that the emulator forgets.</summary>
    public static IEnumerable<string> Unexplained(JsonNode change)
    {
        var before = change["change"]!["before"]!.AsObject();
        var after = change["change"]!["after"]!.AsObject();
        var forgotten = s_byType.GetValueOrDefault((string)change["type"]!, []);
        return after
            .Where(attribute => !JsonNode.DeepEquals(attribute.Value, before[attribute.Key]))
            .Select(attribute => attribute.Key)
            .Except(forgotten)
            .Select(attribute => $"{change["address"]}: {attribute}");
    }
}
