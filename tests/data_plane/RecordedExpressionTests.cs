using System.Text.Json.Nodes;
using AiGateway.DataPlane.Tests.Rendering;
using AiGateway.DataPlane.Tests.Rules;
using AiGateway.Domain.Gateway;
using AiGateway.Local.Gateway;

namespace AiGateway.DataPlane.Tests;

/// <summary>
/// An expression that fails makes its header, field or bound vanish silently, and only the gateway can run one: so each
/// that is rendered is, letter for letter, one that was seen to work on it.
/// </summary>
public sealed class RecordedExpressionTests(RenderedConfigs rendered) : IClassFixture<RenderedConfigs>
{
    // Ours bounds the groups that are handed on (T105): built from the recorded expression, size() and fail().
    private static readonly string[] s_ours = [WebhookHeaders.Groups];

    private static readonly JsonObject s_recorded = YamlDocument
        .Parse(File.ReadAllText(SourceTree.PathOf("tests/recorded/example-config.yaml"))).AsObject();

    private JsonObject Config => rendered.All.Single(one => one.On.SetEquals(Combinations.Deployed)).Config;

    [Fact]
    public void Every_log_field_is_computed_as_recorded() => Assert.Equal(
        s_recorded.Object("frontendPolicies", "accessLog", "add").ToJsonString(),
        Config.Object("frontendPolicies", "accessLog", "add").ToJsonString());

    [Fact]
    public void Every_webhook_header_is_computed_as_recorded()
    {
        var recorded = Guards(s_recorded).First(headers => headers.Count == WebhookHeaders.OnDecision.Count + 1);

        Assert.All(Guards(Config), headers => Assert.All(
            headers.Where(header => !s_ours.Contains(header.Key) && header.Key != WebhookHeaders.Provider),
            header => Assert.Equal(recorded[header.Key].Text(), header.Value.Text())));
    }

    [Fact]
    public void The_authorization_of_embeddings_is_as_recorded()
    {
        var (recorded, ours) = (Authorization(s_recorded), Authorization(Config));
        Assert.All(s_ours, header => Assert.True(
            recorded.Object("protocol", "http", "addRequestHeaders").Remove(header)
                & ours.Object("protocol", "http", "addRequestHeaders").Remove(header)));

        Assert.Equal(recorded.ToJsonString(), ours.ToJsonString());
    }

    [Fact]
    public void Output_is_bounded_on_every_lane_as_recorded()
    {
        var recorded = s_recorded.Routes().First().Object("policies", "ai", "transformations").ToJsonString();

        Assert.All(
            Config.Routes().Select(route => route.Object("policies", "ai", "transformations")).Where(one => one.Count > 0),
            transformations => Assert.Equal(recorded, transformations.ToJsonString()));
    }

    [Fact]
    public void Retry_and_health_are_as_recorded()
    {
        var (recorded, ours) = (s_recorded.Routes().First(), Config.Routes().First());

        Assert.Equal(recorded["policies"]!["retry"]!.ToJsonString(), ours["policies"]!["retry"]!.ToJsonString());
        Assert.Equal(
            recorded.Providers().Select(provider => provider["policies"]!["health"]!.ToJsonString()),
            ours.Providers().Select(provider => provider["policies"]!["health"]!.ToJsonString()));
    }

    [Fact]
    public void Identity_is_as_recorded() => Assert.Equal(
        s_recorded.Listeners().Single()["policies"]!.ToJsonString(), Config.Listeners().Single()["policies"]!.ToJsonString());

    [Fact]
    public void The_tools_and_the_agent_are_guarded_as_recorded()
    {
        foreach (var name in (string[])["mcp", "a2a"])
        {
            var (recorded, ours) = (Route(s_recorded, name), Route(Config, name));
            Assert.Equal(recorded["policies"]!.ToJsonString(), ours["policies"]!.ToJsonString());
            Assert.Equal(recorded["backends"]!.ToJsonString(), ours["backends"]!.ToJsonString());
        }
    }

    [Fact]
    public void Our_rules_find_nothing_in_the_recorded_configuration_but_keys_and_shorter_guard_lists()
    {
        var problems = AllRules.Violations(s_recorded)
            .Where(problem => !problem.Contains("no reference to the environment", StringComparison.Ordinal)
                && !problem.Contains("provider openai: the budget webhook", StringComparison.Ordinal)
                && !problem.Contains("provider mantle: the budget webhook", StringComparison.Ordinal));

        Assert.Empty(problems);
    }

    [Fact]
    public async Task The_recorded_configuration_fits_the_schema() => Assert.Empty(
        await SchemaValidator.ErrorsAsync(new Dictionary<string, JsonNode> { ["recorded"] = s_recorded }));

    private static JsonNode Route(JsonObject config, string name) => config.Routes().Single(route => route.Name() == name);

    private static JsonObject Authorization(JsonObject config) =>
        (JsonObject)Route(config, "embeddings")["policies"]!["extAuthz"]!.DeepClone();

    private static IEnumerable<JsonObject> Guards(JsonObject config) => config.Routes()
        .SelectMany(route => route.Providers().Select(provider => provider["policies"]).Append(route["policies"]))
        .SelectMany(policies => policies.List("ai", "promptGuard", "request"))
        .Select(guard => guard.Object("webhook", "headers"))
        .Where(headers => headers.Count > 0);
}
