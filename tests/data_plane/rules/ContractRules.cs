using System.Text.Json.Nodes;
using AiGateway.Domain.Gateway;

namespace AiGateway.DataPlane.Tests.Rules;

/// <summary>Every header and log field that the functions read is there, and no other (T14, T74, T96).</summary>
internal static class ContractRules
{
    private static readonly string[] s_secrets =
        ["authorization", "rawToken", "llm.prompt", "llm.completion", "llm.toolCalls", "oidc_data", "cookie"];

    // The gateway's own names for the providers that the template knows.
    private static readonly Dictionary<string, string> s_wireNames = new()
    {
        ["bedrock"] = "aws.bedrock",
        ["anthropic"] = "anthropic",
        ["openAI"] = "openai",
        ["azure"] = "azure",
        ["gemini"] = "gcp.gemini",
        ["vertex"] = "gcp.vertex_ai",
    };

    public static IEnumerable<string> Violations(JsonObject config) =>
        LogFieldsOf(config).Concat(HeadersOf(config)).Concat(Providers(config)).Concat(Secrets(config));

    private static IEnumerable<string> LogFieldsOf(JsonObject config)
    {
        var log = config.Object("frontendPolicies", "accessLog");
        var written = log.Object("add").Select(field => field.Key).ToList();
        var expected = LogFields.Added.Select(field => field.Name).ToList();
        if (!written.SequenceEqual(expected))
        {
            yield return $"the log adds [{string.Join(", ", written.Except(expected))}] and lacks "
                + $"[{string.Join(", ", expected.Except(written))}], or their order differs";
        }

        if (log.Any(entry => entry.Key != "add"))
        {
            yield return "the log drops lines or fields";
        }
    }

    private static IEnumerable<string> HeadersOf(JsonObject config)
    {
        var decision = WebhookHeaders.OnDecision.Select(header => header.Name).ToHashSet();
        foreach (var route in config.Routes())
        {
            var own = route.Providers().Count() > 1 ? decision.Where(name => name != WebhookHeaders.Provider) : decision;
            var problems = Compare(WebhookOf(route["policies"]), own.ToHashSet())
                .Concat(route.Providers().SelectMany(provider => Compare(WebhookOf(provider["policies"]), decision)))
                .Concat(Compare(
                    route["policies"]?["extAuthz"]?["protocol"]?["http"]?["addRequestHeaders"] as JsonObject,
                    WebhookHeaders.OnAuthorize.Select(header => header.Name).ToHashSet()));
            foreach (var problem in problems)
            {
                yield return $"route {route.Name()}: {problem}";
            }

            var body = route.Object("policies", "extAuthz", "protocol", "http")["body"].Text();
            if (body != "" && !(body.Contains($"\"{AuthorizeBody.Model}\"") && body.Contains($"\"{AuthorizeBody.Size}\"")))
            {
                yield return $"route {route.Name()}: the authorization's body lacks the model or the size";
            }
        }
    }

    private static JsonObject? WebhookOf(JsonNode? policies) =>
        policies.List("ai", "promptGuard", "request").LastOrDefault()?["webhook"]?["headers"] as JsonObject;

    private static IEnumerable<string> Compare(JsonObject? headers, HashSet<string> expected)
    {
        if (headers is null)
        {
            return [];
        }

        var names = headers.Select(header => header.Key).Where(name => name != ":path").ToHashSet();
        return names.SetEquals(expected)
            ? []
            : [$"sends [{string.Join(", ", names.Except(expected))}] and lacks [{string.Join(", ", expected.Except(names))}]"];
    }

    private static IEnumerable<string> Providers(JsonObject config)
    {
        foreach (var provider in config.Routes().SelectMany(route => route.Providers()))
        {
            var kind = provider.Object("provider").Single();
            var name = kind.Value?["providerOverride"].Text() is { Length: > 0 } given ? given : s_wireNames[kind.Key];
            if (WebhookOf(provider["policies"])?[WebhookHeaders.Provider].Text() is { } said && said != $"\"{name}\"")
            {
                yield return $"provider {provider["name"]} calls itself {said} to the webhook and {name} in the log";
            }
        }
    }

    private static IEnumerable<string> Secrets(JsonObject config) => ConfigReader.Leaves(config)
        .Where(leaf => leaf.Path.Contains("/headers/") || leaf.Path.Contains("/addRequestHeaders/")
            || leaf.Path.Contains("/accessLog/") || leaf.Path.Contains("/tracing/"))
        .Where(leaf => s_secrets.Any(secret => leaf.Value.Text().Contains(secret, StringComparison.OrdinalIgnoreCase)
            || leaf.Path.EndsWith(secret, StringComparison.OrdinalIgnoreCase)))
        .Select(leaf => $"{leaf.Path} hands on a token, a key or a prompt: {leaf.Value}");
}
