using System.Text.Json.Nodes;

namespace AiGateway.Infrastructure.Tests.Applied;

/// <summary>Two environments fit into one account, because nothing that has a name lacks the environment's (T77).</summary>
[Collection(AppliedCollection.Name)]
public sealed class NameTests(AppliedInfrastructure applied)
{
    /// <summary>Names that are unique within something that carries the environment's name, or that are AWS's own.</summary>
    private static readonly HashSet<string> s_withinAnother =
    [
        // Named within their role, pool, log group, or the account's one set of scopes.
        "aws_iam_role_policy", "aws_cognito_user_pool_client", "aws_cloudwatch_log_subscription_filter", "aws_cloudwatch_log_metric_filter",
        "aws_iam_role_policy_attachment",
        // A network's own first group, whose name AWS gives.
        "aws_default_security_group",
    ];

    [Fact]
    public void Every_name_carries_the_project_and_the_environment()
    {
        var named = applied.Resources.Values
            .Where(one => ((string)one["type"]!).StartsWith("aws_", StringComparison.Ordinal) && !s_withinAnother.Contains((string)one["type"]!))
            .Select(one => (Address: (string)one["address"]!, Name: NameOf(one["values"]!)))
            .Where(one => one.Name is not null)
            .ToList();

        Assert.InRange(named.Count, 40, 500);
        Assert.Empty(named.Where(one => !one.Name!.Contains("aigateway-test", StringComparison.Ordinal)).Select(one => $"{one.Address}: {one.Name}"));
    }

    private static string? NameOf(JsonNode values) => new[] { "name", "function_name", "family", "alarm_name", "dashboard_name" }
        .Select(attribute => values[attribute] is JsonValue value && value.TryGetValue<string>(out var name) && name.Length > 0 ? name : null)
        .FirstOrDefault(name => name is not null);
}
