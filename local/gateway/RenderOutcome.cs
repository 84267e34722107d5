using System.Text.Json.Nodes;

namespace AiGateway.Local.Gateway;

/// <summary>What Terraform made of one or more sets of settings.</summary>
internal abstract record RenderOutcome
{
    private RenderOutcome()
    {
    }

    /// <summary>The configurations by the name they were asked for under, and the module's own defaults.</summary>
    public sealed record Done(
        IReadOnlyDictionary<string, RenderedConfig> Configs,
        IReadOnlyDictionary<string, JsonNode> Defaults) : RenderOutcome;

    /// <summary>The module's own sentences about what it refuses.</summary>
    public sealed record Refused(IReadOnlyList<string> Reasons) : RenderOutcome;

    public sealed record NoTerraform : RenderOutcome;
}

/// <summary>A configuration as it is delivered, with the names of the variables that it expands.</summary>
internal sealed record RenderedConfig(string Yaml, IReadOnlyList<string> EnvironmentNames);
