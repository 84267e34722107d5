using System.Text.Json.Nodes;

namespace AiGateway.Infrastructure.Tests.Applied;

/// <summary>What the applied functions are and may do.</summary>
internal static class PolicyReading
{
    private const string TablePrefix = "table/aigateway-test-";

    /// <summary>The function whose name ends so.</summary>
    public static JsonNode Function(this AppliedInfrastructure applied, string suffix) => applied.OfType("aws_lambda_function")
        .Single(one => ((string)one["values"]!["function_name"]!).EndsWith(suffix, StringComparison.Ordinal))["values"]!;

    /// <summary>A container of the gateway's task, by its name.</summary>
    public static JsonNode Container(this AppliedInfrastructure applied, string name) => JsonNode
        .Parse((string)applied.OfType("aws_ecs_task_definition").Single()["values"]!["container_definitions"]!)!.AsArray()
        .Single(container => (string)container!["name"]! == name)!;

    /// <summary>What the function's policy allows on tables, such as <c>UpdateItem accounts</c>, in order.</summary>
    public static IEnumerable<string> DynamoCallsAllowed(this AppliedInfrastructure applied, string suffix)
    {
        var policy = applied.OfType("aws_iam_role_policy").Single(one => (string)one["values"]!["name"]! == "function"
            && ((string)one["values"]!["role"]!).EndsWith(suffix, StringComparison.Ordinal));
        return (from statement in JsonNode.Parse((string)policy["values"]!["policy"]!)!["Statement"]!.AsArray()
                from action in Many(statement!["Action"])
                where action.StartsWith("dynamodb:", StringComparison.Ordinal)
                from resource in Many(statement["Resource"])
                select $"{action["dynamodb:".Length..]} {resource[(resource.IndexOf(TablePrefix, StringComparison.Ordinal) + TablePrefix.Length)..]}")
            .Order();
    }

    /// <summary>A policy's text or list of texts, as a list.</summary>
    public static List<string> Many(JsonNode? node) => node switch
    {
        JsonArray many => [.. many.Select(one => (string)one!)],
        JsonValue one => [(string)one!],
        _ => [],
    };
}
