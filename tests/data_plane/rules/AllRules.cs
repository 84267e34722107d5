using System.Text.Json.Nodes;

namespace AiGateway.DataPlane.Tests.Rules;

/// <summary>What the schema cannot see.</summary>
internal static class AllRules
{
    public static IEnumerable<string> Violations(JsonObject config) =>
        GuardRules.Violations(config)
            .Concat(BackendRules.Violations(config))
            .Concat(ContractRules.Violations(config))
            .Concat(OperationRules.Violations(config));
}
