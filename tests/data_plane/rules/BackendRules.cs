using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace AiGateway.DataPlane.Tests.Rules;

/// <summary>What is referred to exists, with the slash; keys come from the environment; other hosts get TLS (T03).</summary>
internal static partial class BackendRules
{
    public const string Webhook = "/budget-enforcement";

    public static IEnumerable<string> Violations(JsonObject config) =>
        References(config).Concat(WebhookBackend(config)).Concat(Keys(config)).Concat(Plaintext(config));

    private static IEnumerable<string> References(JsonObject config)
    {
        var known = config.List("backends").Select(backend => "/" + backend["name"].Text()).ToHashSet();
        return ConfigReader.Leaves(config)
            .Where(leaf => leaf.Path.EndsWith("/target/backend", StringComparison.Ordinal)
                || leaf.Path.EndsWith("/extAuthz/backend", StringComparison.Ordinal))
            .Where(leaf => !known.Contains(leaf.Value.Text()))
            .Select(leaf => $"{leaf.Path} names {leaf.Value}: no such backend, or the slash is missing")
            .Concat(ConfigReader.Leaves(config)
                .Where(leaf => leaf.Path.EndsWith("/webhook/target/host", StringComparison.Ordinal))
                .Select(leaf => $"{leaf.Path}: a webhook by host is called in plaintext and unsigned"));
    }

    private static IEnumerable<string> WebhookBackend(JsonObject config)
    {
        var backend = config.List("backends").FirstOrDefault(one => "/" + one["name"].Text() == Webhook);
        var host = backend?["host"].Text() ?? "";
        var policies = backend.Object("policies");
        if (policies.Object("http")["requestTimeout"] is null)
        {
            yield return "the webhook has no timeout";
        }

        if (!PrivateHost().IsMatch(host))
        {
            if (policies["backendTLS"] is null)
            {
                yield return "the webhook is public and called without TLS";
            }

            if (policies.Object("backendAuth", "aws")["serviceName"].Text() != "lambda")
            {
                yield return "the webhook is public and called unsigned";
            }
        }
    }

    private static IEnumerable<string> Keys(JsonObject config) => ConfigReader.Leaves(config)
        .Where(leaf => KeyPath().IsMatch(leaf.Path) && !KeyReference().IsMatch(leaf.Value.Text()))
        .Select(leaf => $"{leaf.Path} is no reference to the environment");

    private static IEnumerable<string> Plaintext(JsonObject config) => config.Routes()
        .SelectMany(route => route.Providers())
        .Where(provider => provider["hostOverride"] is not null && provider.Object("policies")["backendTLS"] is null
            && !PrivateHost().IsMatch(provider["hostOverride"].Text()))
        .Select(provider => $"provider {provider["name"]} is called in plaintext at {provider["hostOverride"]}");

    [GeneratedRegex(@"^(127\.|10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|host\.docker\.internal:|[a-z0-9-]+:)")]
    private static partial Regex PrivateHost();

    [GeneratedRegex(@"/backendAuth/key(/value)?$")]
    private static partial Regex KeyPath();

    [GeneratedRegex(@"^\$\{[A-Z_]+:-not-set\}$")]
    private static partial Regex KeyReference();
}
