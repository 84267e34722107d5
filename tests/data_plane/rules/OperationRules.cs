using System.Globalization;
using System.Text.Json.Nodes;

namespace AiGateway.DataPlane.Tests.Rules;

/// <summary>Identity, log, drain, bounds and failover (T06, T09, T11, T18, T83, T89, T90, T91, T102).</summary>
internal static class OperationRules
{
    private static readonly string[] s_sections = ["config", "frontendPolicies", "backends", "binds"];
    private static readonly string[] s_bounds = ["stream_options", "max_tokens", "max_completion_tokens", "max_output_tokens"];

    public static IEnumerable<string> Violations(JsonObject config) =>
        Sections(config).Concat(Log(config)).Concat(Drain(config)).Concat(Identity(config))
            .Concat(config.Routes().SelectMany(route => Bounds(route).Concat(Failover(route)).Concat(Agents(route))
                .Select(problem => $"route {route.Name()}: {problem}")));

    private static IEnumerable<string> Sections(JsonObject config) => config
        .Where(section => !s_sections.Contains(section.Key))
        .Select(section => $"{section.Key}: sections with routes of their own would carry keys past the guard");

    private static IEnumerable<string> Log(JsonObject config)
    {
        var logging = config.Object("config", "logging");
        if (logging["format"].Text() != "json" || logging["level"].Text() != "info")
        {
            yield return "the log is not JSON at level info";
        }

        if (!config.Object("config")["adminAddr"].Text().StartsWith("127.0.0.1:", StringComparison.Ordinal))
        {
            yield return "the admin interface can be reached from outside";
        }
    }

    private static IEnumerable<string> Drain(JsonObject config)
    {
        var least = Seconds(config.Object("config")["connectionMinTerminationDeadline"]);
        var most = Seconds(config.Object("config")["connectionTerminationDeadline"]);
        return least > 0 && least < most && most < 120 ? [] : [$"drains {least} to {most} seconds: open streams would be cut"];
    }

    private static IEnumerable<string> Identity(JsonObject config)
    {
        foreach (var policies in config.Listeners().Select(listener => listener.Object("policies")))
        {
            var jwt = policies.Object("jwtAuth");
            if (jwt["mode"].Text() != "strict" || jwt["issuer"].Text() == "" || jwt["jwks"] is null || jwt.ContainsKey("audiences"))
            {
                yield return "a token is not demanded, or an audience is, which access tokens lack";
            }

            if (!policies.List("authorization", "rules").Any(rule => rule.Text().Contains("jwt.token_use == \"access\"")))
            {
                yield return "tokens that are no access tokens are taken";
            }

            if (policies.Object("transformations", "request", "metadata")["requestId"].Text() != "uuid()")
            {
                yield return "the request id is not made at the listener";
            }
        }
    }

    private static IEnumerable<string> Bounds(JsonNode route)
    {
        var types = route.Object("policies", "ai", "routes").Select(entry => entry.Value.Text()).ToList();
        if (!types.Any(type => type is "completions" or "messages" or "responses"))
        {
            yield break;
        }

        var transformations = route.Object("policies", "ai", "transformations");
        foreach (var bound in s_bounds.Where(bound => !transformations.ContainsKey(bound)))
        {
            yield return $"does not bound {bound}";
        }

        foreach (var (key, expression) in transformations.Where(one => one.Key != "stream_options"))
        {
            if (!expression.Text().Contains("coalesce(math.least(int("))
            {
                yield return $"{key}: a value that is no number would lift the bound";
            }
        }
    }

    private static IEnumerable<string> Failover(JsonNode route)
    {
        if (route.Groups().Count() < 2)
        {
            yield break;
        }

        var retry = route.Object("policies", "retry");
        if (retry["backoff"] is null || retry["attempts"] is null || !retry.List("codes").Any())
        {
            yield return "does not retry with a backoff";
        }

        foreach (var provider in route.Providers())
        {
            var health = provider.Object("policies", "health");
            var expression = health["unhealthyExpression"].Text();
            if (!expression.StartsWith("has(proxy.upstreamDuration) &&", StringComparison.Ordinal)
                || !expression.Contains("!has(response.code)") || health.Object("eviction")["duration"] is null)
            {
                yield return $"provider {provider["name"]}: our refusals evict it, or its silence does not";
            }
        }
    }

    private static IEnumerable<string> Agents(JsonNode route)
    {
        var isMcp = route.List("backends").Any(backend => backend["mcp"] is not null);
        if (isMcp && !route.List("policies", "mcpAuthorization", "rules").Any())
        {
            yield return "lets everyone use every tool";
        }

        if (route.Object("policies").ContainsKey("a2a") && !route.List("policies", "authorization", "rules").Any())
        {
            yield return "lets everyone talk to the agent";
        }
    }

    private static int Seconds(JsonNode? node) =>
        int.TryParse(node.Text().TrimEnd('s'), CultureInfo.InvariantCulture, out var seconds) ? seconds : 0;
}
