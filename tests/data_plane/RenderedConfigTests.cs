using AiGateway.DataPlane.Tests.Rendering;
using AiGateway.DataPlane.Tests.Rules;

namespace AiGateway.DataPlane.Tests;

public sealed class RenderedConfigTests(RenderedConfigs rendered) : IClassFixture<RenderedConfigs>
{
    [Fact]
    public void Any_two_toggles_meet_with_all_values_that_are_allowed_together()
    {
        var met = rendered.All.SelectMany(one => Combinations.PairsIn(one.On)).ToHashSet();

        Assert.Empty(Combinations.AllowedPairs().Except(met));
        Assert.Contains(rendered.All, one => one.On.Count == 0);
        Assert.Contains(rendered.All, one => one.On.Count == Toggles.All.Count);
    }

    [Fact]
    public async Task Every_combination_fits_the_gateways_schema() =>
        Assert.Empty(await SchemaValidator.ErrorsAsync(
            rendered.All.ToDictionary(one => one.Name, one => (System.Text.Json.Nodes.JsonNode)one.Config)));

    [Fact]
    public void Every_combination_keeps_the_rules_that_the_schema_cannot_see() =>
        Assert.Empty(rendered.All.SelectMany(one => AllRules.Violations(one.Config).Select(problem => $"{one.Name}: {problem}")));

    [Fact]
    public void Every_combination_expands_only_provider_keys_and_fits_a_task_definition() =>
        Assert.Empty(rendered.All.SelectMany(one =>
            TextRules.Violations(one.Yaml, one.Rendered.EnvironmentNames).Select(problem => $"{one.Name}: {problem}")));

    [Fact]
    public void With_everything_off_there_is_no_route_left() => Assert.Empty(rendered.Nothing.Config.Routes());

    [Theory]
    [InlineData("openai", "openai")]
    [InlineData("embeddings", "embeddings")]
    [InlineData("azure", "azure")]
    [InlineData("google", "google")]
    [InlineData("mantle", "mantle")]
    [InlineData("mcp", "mcp")]
    [InlineData("a2a", "a2a")]
    public void A_route_is_there_exactly_where_its_toggle_is_on(string toggle, string route) =>
        Assert.All(rendered.All, one =>
            Assert.Equal(one.On.Contains(toggle), one.Config.Routes().Any(each => each.Name() == route)));

    [Fact]
    public void Bedrock_comes_before_anthropic_and_either_serves_alone() => Assert.All(rendered.All, one =>
    {
        var main = one.Config.Routes().Where(route => route.Name() == "main").SelectMany(route => route.Groups());
        var order = main.Select(group => Assert.Single(group.List("providers"))["name"].Text());
        Assert.Equal(new[] { "bedrock", "anthropic" }.Where(one.On.Contains), order);
    });

    [Fact]
    public void Guardrails_stand_before_the_webhook_in_every_list_and_only_enforce_where_asked() =>
        Assert.All(rendered.All, one =>
        {
            var lists = one.Config.Routes()
                .SelectMany(route => route.Providers().Select(provider => provider["policies"]).Append(route["policies"]))
                .Select(policies => policies.List("ai", "promptGuard", "request").ToList())
                .Where(list => list.Count > 0);
            var expected = one.On.Contains("guardrails_enforce") ? "gr-enforce" : "gr-detect";
            Assert.All(lists, list =>
            {
                Assert.Equal(one.On.Contains("guardrails") ? 2 : 1, list.Count);
                Assert.True(list.Count == 1
                    || list[0]["bedrockGuardrails"]?["guardrailIdentifier"].Text() == expected, list[0].ToJsonString());
            });
        });

    [Fact]
    public void Tools_are_allowed_by_claim_in_the_form_that_ran_on_the_gateway()
    {
        var route = rendered.Everything.Config.Routes().Single(one => one.Name() == "mcp");

        Assert.Equal(
            ["jwt[\"custom:team\"] == \"payments\" && mcp.tool.name == \"add\"", "mcp.tool.name == \"echo\""],
            route.List("policies", "mcpAuthorization", "rules").Select(rule => rule.Text()));
    }

    [Fact]
    public void Rate_limits_go_by_tier_and_end_with_one_for_tokens_without_a_known_tier()
    {
        var routes = rendered.Everything.Config.Routes().Where(route => route.AiBackends().Any()).ToList();

        Assert.All(routes, route =>
        {
            var entries = route.List("policies", "localRateLimit", "conditional").ToList();
            Assert.Equal(5, entries.Count);
            Assert.All(entries.SkipLast(1), entry => Assert.Contains("custom:tenant_tier", entry["condition"].Text()));
            Assert.Null(entries[^1]["condition"]);
            Assert.Equal(200, entries[^1]["maxTokens"]!.GetValue<long>());
        });
    }

    /// <summary>Every combination: for <c>./dev nightly</c>, which sets NIGHTLY.</summary>
    [Fact]
    public async Task Every_combination_there_is_keeps_schema_and_rules()
    {
        Assert.SkipWhen(Environment.GetEnvironmentVariable("NIGHTLY") is not { Length: > 0 }, "Runs nightly: NIGHTLY is not set.");
        foreach (var chunk in Combinations.Exhaustive())
        {
            var configs = await RenderedConfigs.RenderAsync(chunk);
            Assert.Empty(configs.SelectMany(one => AllRules.Violations(one.Config)
                .Concat(TextRules.Violations(one.Yaml, one.Rendered.EnvironmentNames)).Select(problem => $"{one.Name}: {problem}")));
            Assert.Empty(await SchemaValidator.ErrorsAsync(
                configs.ToDictionary(one => one.Name, one => (System.Text.Json.Nodes.JsonNode)one.Config)));
        }
    }
}
