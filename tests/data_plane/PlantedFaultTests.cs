using System.Text.Json.Nodes;
using AiGateway.DataPlane.Tests.Rendering;
using AiGateway.DataPlane.Tests.Rules;

namespace AiGateway.DataPlane.Tests;

/// <summary>The rules are only worth something if a configuration that breaks one is found out.</summary>
public sealed class PlantedFaultTests(RenderedConfigs rendered) : IClassFixture<RenderedConfigs>
{
    public static TheoryData<string, string> Faults => new()
    {
        { "binds/0/listeners/0/policies/jwtAuth/mode=optional", "a token is not demanded" },
        { "binds/0/listeners/0/policies/jwtAuth/audiences=[\"x\"]", "an audience is" },
        { "binds/0/listeners/0/policies/authorization/rules/0=true", "no access tokens" },
        { "binds/0/listeners/0/policies/transformations/request/metadata/requestId=request.path", "request id" },
        { "binds/0/listeners/0/routes/0/matches/0/path={\"pathPrefix\":\"/v1\"}", "exact paths and POST only" },
        { "binds/0/listeners/0/routes/0/matches/0/method=", "exact paths and POST only" },
        { "binds/0/listeners/0/routes/0/matches=", "matches every path" },
        { "binds/0/listeners/0/routes/0/policies/ai/routes/~1v1~1messages=", "has no entry for" },
        { "binds/0/listeners/0/routes/0/policies/ai/routes/*=passthrough", "which nothing guards" },
        { "binds/0/listeners/0/routes/0/policies/ai/routes/~1v1~1messages=detect", "which nothing guards" },
        { "binds/0/listeners/0/routes/0/policies/ai/routes/~1v1~1messages=embeddings", "not authorized" },
        { "binds/0/listeners/0/routes/0/policies/ai/promptGuard=", "not the last of its guards" },
        { "binds/0/listeners/0/routes/0/backends/0/ai/groups/1/providers/0/policies/ai=", "provider anthropic" },
        { "binds/0/listeners/0/routes/0/policies/ai/promptGuard/request/1/webhook/failureMode=failOpen", "fail closed" },
        { "binds/0/listeners/0/routes/0/policies/ai/promptGuard/request/1/webhook/headers/:path=", "another path" },
        { "binds/0/listeners/0/routes/0/policies/ai/promptGuard/request/1/webhook/headers/x-budget-size=", "lacks [x-budget-size]" },
        { "binds/0/listeners/0/routes/0/policies/ai/promptGuard/request/1/webhook/headers/x-budget-new=jwt.sub", "x-budget-new" },
        { "binds/0/listeners/0/routes/0/policies/ai/promptGuard/request/1/webhook/target/backend=budget-enforcement", "slash is missing" },
        { "binds/0/listeners/0/routes/0/policies/ai/promptGuard/request/1/webhook/target={\"host\":\"x:443\"}", "by host" },
        { "binds/0/listeners/0/routes/0/policies/ai/transformations/max_tokens=", "does not bound max_tokens" },
        { "binds/0/listeners/0/routes/0/policies/ai/transformations/max_tokens=llmRequest.max_tokens", "no number" },
        { "binds/0/listeners/0/routes/0/policies/retry/backoff=", "backoff" },
        { "binds/0/listeners/0/routes/0/backends/0/ai/groups/0/providers/0/policies/health/unhealthyExpression=response.code >= 500", "evict it" },
        { "binds/0/listeners/0/routes/0/backends/0/ai/groups/0/providers/0/provider={\"vertex\":{}}", "calls itself" },
        { "binds/0/listeners/0/routes/0/backends/0/ai/groups/1/providers/0/policies/backendAuth/key=sk-ant-1", "no reference" },
        { "binds/0/listeners/0/routes/0/backends/0/ai/groups/1/providers/0/hostOverride=api.example.com:80", "plaintext" },
        { "frontendPolicies/accessLog/add/team=", "lacks [team]" },
        { "frontendPolicies/accessLog/add/token=request.headers[\"authorization\"]", "a token, a key or a prompt" },
        { "frontendPolicies/accessLog/filter=has(llm.provider)", "drops lines" },
        { "config/logging/format=text", "not JSON" },
        { "config/logging/level=warn", "level info" },
        { "config/connectionMinTerminationDeadline=", "open streams" },
        { "config/adminAddr=0.0.0.0:15000", "admin interface" },
        { "backends/0/policies/http=", "no timeout" },
        { "backends/0/policies/backendAuth=", "unsigned" },
        { "backends/0/policies/backendTLS=", "without TLS" },
        { "llm={}", "past the guard" },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public void Each_planted_fault_is_found(string fault, string expected)
    {
        var config = (JsonObject)PublicConfig().DeepClone();
        Assert.Empty(AllRules.Violations(config));

        Plant(config, fault);

        Assert.Contains(AllRules.Violations(config), problem => problem.Contains(expected, StringComparison.Ordinal));
    }

    [Fact]
    public void An_embeddings_route_that_is_not_authorized_is_found()
    {
        var config = (JsonObject)PublicConfig().DeepClone();
        config.Routes().Single(route => route.Name() == "embeddings").Object("policies").Remove("extAuthz");

        Assert.Contains(AllRules.Violations(config), problem => problem.Contains("not authorized", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("mcp", "mcpAuthorization", "every tool")]
    [InlineData("a2a", "authorization", "talk to the agent")]
    public void An_agent_route_without_rules_is_found(string route, string policy, string expected)
    {
        var config = (JsonObject)PublicConfig().DeepClone();
        config.Routes().Single(one => one.Name() == route).Object("policies").Remove(policy);

        Assert.Contains(AllRules.Violations(config), problem => problem.Contains(expected, StringComparison.Ordinal));
    }

    [Fact]
    public void A_dollar_sign_in_a_comment_and_an_unannounced_variable_are_found()
    {
        var one = rendered.Everything;

        Assert.NotEmpty(TextRules.Violations("# costs $5\n" + one.Yaml, one.Rendered.EnvironmentNames));
        Assert.NotEmpty(TextRules.Violations(one.Yaml, [.. one.Rendered.EnvironmentNames, "OTHER_KEY"]));
        Assert.NotEmpty(TextRules.Violations(one.Yaml + new string(' ', TextRules.BytesMax), one.Rendered.EnvironmentNames));
    }

    [Fact]
    public async Task The_schema_finds_misspelt_names_and_wrong_types()
    {
        var errors = await SchemaValidator.ErrorsAsync(new Dictionary<string, JsonNode>
        {
            ["misspelt"] = Broken("binds/0/listeners/0/policies/jwtAuths={}"),
            ["wrong type"] = Broken("binds/0/port=\"x\""),
            ["wrong mode"] = Broken("binds/0/listeners/0/policies/jwtAuth/mode=sometimes"),
            ["right"] = PublicConfig(),
        });

        Assert.Equal(["misspelt", "wrong mode", "wrong type"], errors.Select(error => error.Split(':')[0]).Distinct().Order());
    }

    // Everything but what points at local servers, so that TLS and signing are demanded.
    private JsonObject PublicConfig() => rendered.All.Single(one => one.On.SetEquals(Combinations.Deployed)).Config;

    private JsonObject Broken(string fault)
    {
        var config = (JsonObject)PublicConfig().DeepClone();
        Plant(config, fault);
        return config;
    }

    /// <summary>Sets what a path leads to (~1 for a slash in a name); nothing after the equals sign removes it.</summary>
    private static void Plant(JsonNode node, string fault)
    {
        var parts = fault.Split('=', 2);
        var path = parts[0].Split('/').Select(name => name.Replace("~1", "/", StringComparison.Ordinal)).ToList();
        foreach (var name in path.SkipLast(1))
        {
            node = node is JsonArray list ? list[int.Parse(name)]! : node[name]!;
        }

        var value = parts[1] is ['{', ..] or ['[', ..] or ['"', ..] ? JsonNode.Parse(parts[1]) : JsonValue.Create(parts[1]);
        if (node is JsonArray items)
        {
            items[int.Parse(path[^1])] = value;
        }
        else if (parts[1] == "")
        {
            Assert.True(node.AsObject().Remove(path[^1]), $"There is no {fault} to remove.");
        }
        else
        {
            node[path[^1]] = value;
        }
    }
}
