using System.Text.Json.Nodes;
using AiGateway.Domain.Gateway;

namespace AiGateway.DataPlane.Tests.Rules;

/// <summary>No path that carries a provider's key is unguarded (T03, T04, T05, T16, T100).</summary>
internal static class GuardRules
{
    private static readonly string[] s_guarded = ["completions", "messages", "responses"];
    private static readonly string[] s_authorized = ["embeddings", "rerank"];

    // Free, and never billed: the gateway runs no guard for it.
    private const string TokenCount = "anthropicTokenCount";

    private static readonly string[] s_known = [.. s_guarded, .. s_authorized, TokenCount];

    public static IEnumerable<string> Violations(JsonObject config) => config.Routes()
        .Where(route => route.AiBackends().Any())
        .SelectMany(route => Paths(route).Concat(Types(route)).Concat(Guards(route)).Concat(Authorization(route))
            .Select(problem => $"route {route.Name()}: {problem}"));

    private static IEnumerable<string> Paths(JsonNode route)
    {
        var matches = route.List("matches").ToList();
        if (matches.Count == 0)
        {
            yield return "matches every path";
        }

        foreach (var match in matches)
        {
            var path = match["path"]?["exact"].Text() ?? "";
            if (match.Object("path").Count != 1 || path == "" || match["method"].Text() != "POST")
            {
                yield return $"matches {match.ToJsonString()}: exact paths and POST only";
            }
            else if (ConfigReader.TypeOf(route, path) is null)
            {
                yield return $"has no entry for {path}, which would be read as chat completions";
            }
        }
    }

    private static IEnumerable<string> Types(JsonNode route) => route.Object("policies", "ai", "routes")
        .Where(entry => entry.Key == "*" || !s_known.Contains(entry.Value.Text()))
        .Select(entry => $"serves {entry.Key} as {entry.Value}, which nothing guards");

    private static IEnumerable<string> Guards(JsonNode route)
    {
        if (!Serves(route, s_guarded))
        {
            yield break;
        }

        foreach (var problem in Guard(route["policies"]))
        {
            yield return problem;
        }

        foreach (var provider in route.Providers())
        {
            foreach (var problem in Guard(provider["policies"]))
            {
                yield return $"provider {provider["name"]}: {problem}";
            }
        }
    }

    private static IEnumerable<string> Guard(JsonNode? policies)
    {
        var guards = policies.List("ai", "promptGuard", "request").ToList();
        if (guards.Count(guard => guard["webhook"] is not null) != 1 || guards[^1]["webhook"] is null)
        {
            yield return "the budget webhook is not the last of its guards, once";
            yield break;
        }

        var webhook = guards[^1]["webhook"]!;
        if (webhook["failureMode"].Text() != "failClosed")
        {
            yield return "the webhook does not fail closed";
        }

        if (webhook["headers"]?[":path"].Text() != $"\"{WebhookPaths.Decision}\"")
        {
            yield return "the webhook asks another path";
        }
    }

    private static IEnumerable<string> Authorization(JsonNode route)
    {
        if (!Serves(route, s_authorized))
        {
            return [];
        }

        var authorization = route.Object("policies", "extAuthz");
        var isAsked = authorization["backend"].Text() == BackendRules.Webhook
            && authorization.Object("protocol", "http")["path"].Text() == $"\"{WebhookPaths.Authorize}\""
            && authorization.Object("failureMode").ContainsKey("denyWithStatus");
        return isAsked ? [] : ["is not authorized by budget_enforcement, failing closed"];
    }

    private static bool Serves(JsonNode route, string[] types) =>
        route.Object("policies", "ai", "routes").Any(entry => types.Contains(entry.Value.Text()));
}
