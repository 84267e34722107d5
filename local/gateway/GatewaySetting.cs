using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using AiGateway.Domain;

namespace AiGateway.Local.Gateway;

/// <summary>A variable of <c>infrastructure/modules/gateway_config</c>.</summary>
/// <param name="Name">Its name there.</param>
/// <param name="Type">Its type in Terraform's words.</param>
internal sealed partial record GatewaySetting(string Name, string Type)
{
    public const string ModuleFolder = "infrastructure/modules/gateway_config";

    /// <summary>What <c>--set</c> starts from where the module has no default, because each deployment has its own.</summary>
    public static IReadOnlyDictionary<string, string> Examples { get; } = new Dictionary<string, string>
    {
        ["issuer"] = "https://cognito-idp.us-east-1.amazonaws.com/us-east-1_Example00",
        ["webhook_host"] = "example0000000000000000000000000.lambda-url.us-east-1.on.aws",
        ["region"] = "us-east-1",
    };

    /// <summary>Every variable that the module declares, in the order of its files.</summary>
    public static IReadOnlyList<GatewaySetting> ReadAll() =>
    [
        .. Directory.GetFiles(SourceTree.PathOf(ModuleFolder), "variables.*.tf")
            .Order(StringComparer.Ordinal)
            .SelectMany(file => Declaration().Matches(File.ReadAllText(file)))
            .Select(match => new GatewaySetting(match.Groups["name"].Value, match.Groups["type"].Value.Trim())),
    ];

    /// <summary>The value as Terraform takes it: text as it is, all else as JSON.</summary>
    public Outcome<JsonNode> Parse(string text)
    {
        if (Type == "string")
        {
            return JsonValue.Create(text)!;
        }

        try
        {
            return JsonNode.Parse(text) is { } node ? node : NotA(text);
        }
        catch (System.Text.Json.JsonException)
        {
            return NotA(text);
        }
    }

    private Problem NotA(string text) =>
        new("setting_malformed", $"{Name} is a {Type}, written as JSON; '{text}' is none.");

    [GeneratedRegex("""^variable "(?<name>[a-z0-9_]+)" \{\n(?:  .*\n)*?  type +=(?<type>.*)$""", RegexOptions.Multiline)]
    private static partial Regex Declaration();
}
