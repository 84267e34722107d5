using System.Text.Json.Nodes;
using AiGateway.Domain.Gateway;

namespace AiGateway.DataPlane.Tests.Contract;

/// <summary>The one list of headers and fields, held against what the real gateway wrote (T96).</summary>
public static class GatewayContractTests
{
    // Written from v1.5 on.
    private static readonly string[] s_neverRecorded = [LogFields.ProviderInputTokens];

    [Fact]
    public static void Every_header_that_the_webhook_received_is_on_the_list_and_every_one_listed_was_received() =>
        AssertSame(WebhookHeaders.OnDecision, RecordedCases.CallHeaders("webhook"), []);

    [Fact]
    public static void Every_header_that_the_authorization_received_is_on_the_list() =>
        AssertSame(
            WebhookHeaders.OnAuthorize,
            RecordedCases.CallHeaders("ext_authz"),
            [WebhookHeaders.Groups, WebhookHeaders.Project]);

    [Fact]
    public static void Every_header_said_to_be_always_there_was_on_every_call()
    {
        foreach (var headers in RecordedCases.CallHeaders("webhook"))
        {
            Assert.All(WebhookHeaders.OnDecision.Where(header => header.Presence == Presence.Always), header =>
                Assert.True(headers.ContainsKey(header.Name), $"{header.Name} is missing in {headers.ToJsonString()}"));
        }
    }

    [Fact]
    public static void The_authorization_was_sent_a_body_with_model_and_size()
    {
        var bodies = RecordedCases.All.SelectMany(one => one["webhook"]!.AsArray())
            .Where(call => call!["kind"]!.GetValue<string>() == "ext_authz")
            .Select(call => JsonNode.Parse(call!["body"]!.GetValue<string>())!.AsObject())
            .ToList();

        Assert.NotEmpty(bodies);
        Assert.All(bodies, body =>
            Assert.Equal([AuthorizeBody.Model, AuthorizeBody.Size], body.Select(pair => pair.Key).Order()));
    }

    [Fact]
    public static void Every_listed_log_field_was_written_by_the_gateway()
    {
        var written = RecordedCases.AccessLines().SelectMany(line => line.Select(field => field.Key)).ToHashSet();

        Assert.Empty(LogFields.All.Select(field => field.Name).Except(written).Except(s_neverRecorded));
    }

    [Fact]
    public static void Every_field_said_to_be_always_there_is_on_every_access_line()
    {
        foreach (var line in RecordedCases.AccessLines())
        {
            Assert.All(LogFields.All.Where(field => field.Presence == Presence.Always), field =>
                Assert.True(line.ContainsKey(field.Name), $"{field.Name} is missing in {line.ToJsonString()}"));
        }
    }

    [Fact]
    public static void No_name_is_listed_twice_and_no_synonym_is_a_name_of_ours()
    {
        var names = LogFields.All.Select(field => field.Name).ToList();

        Assert.Equal(names.Count, names.Distinct().Count());
        Assert.Empty(LogSynonyms.FieldOf.Keys.Append(LogSynonyms.OidcData).Intersect(names));
        Assert.Empty(LogSynonyms.FieldOf.Values.Except(names));
        Assert.All(WebhookHeaders.OnDecision, header => Assert.StartsWith(WebhookHeaders.Prefix, header.Name));
    }

    [Fact]
    public static void No_token_key_or_prompt_is_among_the_fields_of_a_recorded_line() =>
        Assert.All(RecordedCases.AccessLines(), line =>
        {
            // The gateway writes an MCP session's handle by itself; it is worth nothing without the token.
            var text = new JsonObject(line.Where(field => field.Key != "mcp.session.id")
                .Select(field => KeyValuePair.Create(field.Key, field.Value?.DeepClone()))).ToJsonString();
            Assert.DoesNotContain("eyJ", text, StringComparison.Ordinal);
            Assert.DoesNotContain("Summarise the quarterly ledger", text, StringComparison.Ordinal);
            Assert.DoesNotContain("sk-", text, StringComparison.Ordinal);
        });

    private static void AssertSame(
        IReadOnlyList<GatewayField> listed, IEnumerable<JsonObject> calls, IReadOnlyList<string> notRecorded)
    {
        var sent = calls.SelectMany(headers => headers.Select(header => header.Key))
            .Where(name => name.StartsWith(WebhookHeaders.Prefix, StringComparison.Ordinal))
            .ToHashSet();

        Assert.Equal(sent.Order(), listed.Select(header => header.Name).Except(notRecorded).Order());
    }
}
