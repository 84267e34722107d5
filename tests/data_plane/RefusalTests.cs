using System.Text.Json.Nodes;
using AiGateway.DataPlane.Tests.Rendering;
using AiGateway.Local.Gateway;

namespace AiGateway.DataPlane.Tests;

/// <summary>What the plan refuses, each with the sentence that says what to do (T82).</summary>
public static class RefusalTests
{
    [Theory]
    [InlineData("""{"webhook_tls":false}""", "Turn webhook_tls on")]
    [InlineData("""{"webhook_signing":false}""", "Turn webhook_signing on")]
    [InlineData("""{"jwks_url":"http://keys.example.com/jwks.json"}""", "Use https")]
    [InlineData("""{"issuer":"http://login.example.com"}""", "Use https")]
    [InlineData("""{"jwks_url":"https://a.example/jwks","jwks_file":"/keys.json"}""", "Only one of")]
    [InlineData("""{"provider_tls":false,"provider_hosts":{"openai":"llm.example.com:80"}}""", "Turn provider_tls on")]
    [InlineData("""{"embeddings":true,"openai":false}""", "turn openai on")]
    [InlineData("""{"guardrails_enforce":true}""", "turn guardrails on")]
    [InlineData("""{"guardrails":true}""", "guardrail_detect")]
    [InlineData("""{"azure":true}""", "azure_resource")]
    [InlineData("""{"mcp":true}""", "mcp_targets")]
    [InlineData("""{"a2a":true}""", "a2a_host")]
    [InlineData("""{"output_default_tokens":64000}""", "output_ceiling_tokens")]
    [InlineData("""{"webhook_timeout_ms":10000,"request_timeout_seconds":10}""", "less than request_timeout_seconds")]
    [InlineData("""{"port":15021}""", "must differ")]
    [InlineData("""{"drain_seconds":120}""", "drain_seconds must be 5 to 105")]
    [InlineData("""{"request_timeout_seconds":1800}""", "a hold must outlive")]
    [InlineData("""{"region":"us-east"}""", "region must be")]
    [InlineData("""{"webhook_host":"https://example.com/"}""", "webhook_host must be")]
    [InlineData("""{"invoke_scopes":["a\" || true || \"b"]}""", "invoke_scopes must")]
    [InlineData("""{"model_aliases":{"fast":"$HOME"}}""", "model_aliases must")]
    [InlineData("""{"mcp_tools":[{"tools":["x' || true"]}]}""", "mcp_tools must")]
    [InlineData("""{"a2a_teams":["a\"]"]}""", "a2a_teams must")]
    [InlineData("""{"budget_groups":["a\")"]}""", "budget_groups must")]
    [InlineData("""{"tier_requests_per_minute":{"gold":1}}""", "must name the tier sandbox")]
    [InlineData("""{"jwks_inline":"$KEYS"}""", "jwks_inline must be")]
    [InlineData("""{"jwks_inline":"{\"keys\":[],\"x\":\"$HOME\"}"}""", "dollar sign")]
    [InlineData("""{"azure_resource":"lab.openai.azure.com"}""", "azure_resource must be")]
    [InlineData("""{"webhook_host":null}""", "webhook_host")]
    public static async Task An_unsafe_or_meaningless_combination_is_refused_with_a_sentence(string change, string sentence)
    {
        var outcome = await ConfigRenderer.RenderAsync(
            new Dictionary<string, JsonObject> { ["one"] = Changed(change) }, CancellationToken.None);

        var refused = Assert.IsType<RenderOutcome.Refused>(outcome);
        Assert.Contains(refused.Reasons, reason => reason.Contains(sentence, StringComparison.Ordinal));
    }

    [Fact]
    public static async Task A_local_stack_can_be_pointed_at_in_every_way()
    {
        var requests = new[]
        {
            """{"webhook_tls":false,"webhook_signing":false,"webhook_host":"localhost"}""",
            """{"webhook_tls":false,"webhook_host":"172.17.0.1"}""",
            """{"webhook_tls":false,"webhook_host":"host.docker.internal"}""",
            """{"webhook_tls":false,"webhook_host":"stack"}""",
            """{"issuer":"http://127.0.0.1:9000/pool","jwks_url":"http://127.0.0.1:9000/jwks.json"}""",
            """{"jwks_inline":"{\"keys\":[]}"}""",
            """{"jwks_file":"/etc/keys/jwks.json"}""",
            """{"budget_groups":["leads","ops"]}""",
        }.ToDictionary(change => change, change => Changed(change));

        var done = Assert.IsType<RenderOutcome.Done>(await ConfigRenderer.RenderAsync(requests, CancellationToken.None));

        var configs = done.Configs.ToDictionary(one => one.Key, one => YamlDocument.Parse(one.Value.Yaml));
        Assert.All(configs.Values, config => Assert.Empty(Rules.AllRules.Violations(config.AsObject())));
        Assert.Empty(await SchemaValidator.ErrorsAsync(configs));
    }

    private static JsonObject Changed(string change)
    {
        var settings = Smallest();
        foreach (var (name, value) in JsonNode.Parse(change)!.AsObject())
        {
            settings[name] = value?.DeepClone();
        }

        return settings;
    }

    private static JsonObject Smallest() => new(GatewaySetting.Examples.Select(
        example => KeyValuePair.Create<string, JsonNode?>(example.Key, example.Value)));
}
