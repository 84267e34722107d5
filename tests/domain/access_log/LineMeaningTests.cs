using AiGateway.Domain.AccessLog;
using AiGateway.Tests;

namespace AiGateway.Domain.Tests.AccessLog;

/// <summary>The table "What a line means for the hold", row by row, on the lines that the gateway wrote.</summary>
public static class LineMeaningTests
{
    [Theory]
    [InlineData("reject-402-openai", "refused")]
    [InlineData("reject-402-anthropic", "refused")]
    [InlineData("reject-429", "refused")]
    [InlineData("reject-stream", "refused")]
    [InlineData("reject-http-500", "refused")]
    [InlineData("production-refused", "refused")]
    [InlineData("production-refused-429", "refused")]
    [InlineData("production-guardrail-blocked", "refused")]
    [InlineData("production-embeddings-refused", "not_sent_direct_response")]
    [InlineData("garbage-reply-fails-closed", "guard_failed")]
    [InlineData("lambda-error-reply-fails-closed", "guard_failed")]
    [InlineData("webhook-slow-fails-closed", "guard_failed")]
    [InlineData("webhook-down-fail-closed", "guard_failed")]
    [InlineData("webhook-name-without-slash", "guard_failed")]
    [InlineData("jwt-missing", "not_sent_jwt_auth")]
    [InlineData("jwt-garbage", "not_sent_jwt_auth")]
    [InlineData("jwt-expired", "not_sent_jwt_auth")]
    [InlineData("jwt-wrong-key", "not_sent_jwt_auth")]
    [InlineData("jwt-unknown-kid", "not_sent_jwt_auth")]
    [InlineData("jwt-wrong-issuer", "not_sent_jwt_auth")]
    [InlineData("jwt-id-token", "not_sent_authorization")]
    [InlineData("production-wrong-scope", "not_sent_authorization")]
    [InlineData("body-not-json", "not_sent_internal")]
    [InlineData("body-no-messages", "not_sent_internal")]
    [InlineData("body-too-large", "not_sent_internal")]
    [InlineData("openai-embeddings-closed", "not_sent_internal")]
    [InlineData("openai-models", "not_sent_internal")]
    [InlineData("path-unknown", "not_sent_internal")]
    [InlineData("production-limit-negative", "not_sent_internal")]
    [InlineData("production-a2a-card", "no_provider")]
    [InlineData("production-a2a-send", "no_provider")]
    [InlineData("production-a2a-denied", "not_sent_authorization")]
    [InlineData("openai-passthrough-open", "not_metered")]
    public static void No_provider_named_means_not_sent(string name, string reason) =>
        Assert.Equal(new LineMeaning.NotSent(reason), Meaning(name));

    [Fact]
    public static void No_line_of_an_MCP_session_was_sent_to_a_model()
    {
        var lines = Recorded.Case("production-mcp").AccessLines;

        Assert.Equal(4, lines.Count);
        Assert.All(lines, line => Assert.IsType<LineMeaning.NotSent>(LineMeanings.Of(Lines.Access(line))));
    }

    [Theory]
    [InlineData("openai-chat-buffered")]
    [InlineData("openai-embeddings-open")]
    [InlineData("openai-chat-stream-hangup")]
    [InlineData("openai-chat-stream-cut")]
    [InlineData("openai-chat-stream-usage-suppressed-unforced")]
    [InlineData("openai-responses-stream-incomplete")]
    [InlineData("openai-chat-buffered-no-usage")]
    [InlineData("anthropic-messages-stream-hangup")]
    [InlineData("anthropic-count-tokens")]
    [InlineData("failover-retry")]
    [InlineData("webhook-down-fail-open")]
    public static void A_providers_answer_is_settled_or_estimated_by_its_usage(string name) =>
        Assert.Equal(new LineMeaning.Answered("answered"), Meaning(name));

    [Theory]
    [InlineData("upstream-400", "provider_refused")]
    [InlineData("upstream-429", "provider_throttled")]
    [InlineData("upstream-500", "provider_failed")]
    [InlineData("bedrock-throttled", "provider_throttled")]
    [InlineData("failover-both-fail", "provider_failed")]
    public static void A_provider_that_refused_or_failed_bills_nothing(string name, string reason) =>
        Assert.Equal(new LineMeaning.NotBilled(reason), Meaning(name));

    [Theory]
    [InlineData("production-failover-refused", "later_attempt_refused")]
    [InlineData("production-failover-guard-down", "later_attempt_guard_failed")]
    public static void A_refused_later_attempt_names_the_earlier_ones_provider_which_had_failed(string name, string reason) =>
        Assert.Equal(new LineMeaning.NotBilled(reason), Meaning(name));

    [Theory]
    [InlineData("buffered-hangup", "client_hung_up")]
    [InlineData("upstream-timeout", "timed_out")]
    [InlineData("upstream-drop", "connection_lost")]
    public static void What_may_have_been_billed_without_a_figure_is_the_whole_hold(string name, string reason) =>
        Assert.Equal(new LineMeaning.MayBeBilled(reason), Meaning(name));

    // The lines below were made by hand from recorded ones: these situations are in the table, but nobody recorded
    // them.
    [Fact]
    public static void By_hand_an_unreadable_answer_was_billed()
    {
        var line = Lines.With(
            ""","http.status":503,"gen_ai.provider.name":"openai","error":"processing failed: failed to parse response: expected value","reason":"Internal" """);

        Assert.Equal(new LineMeaning.MayBeBilled("answer_unreadable"), LineMeanings.Of(Lines.Access(line)));
    }

    [Fact]
    public static void By_hand_a_connection_that_was_never_made_bills_nothing()
    {
        var line = Failed("upstream call failed: Connect: tcp connect error: Connection refused (os error 111)");

        Assert.Equal(new LineMeaning.NotBilled("never_connected"), LineMeanings.Of(Lines.Access(line)));
    }

    [Fact]
    public static void By_hand_the_word_inside_another_error_does_not_make_it_unsent()
    {
        var line = Failed("upstream call failed: SendRequest: the peer said Connect: again");

        Assert.Equal(new LineMeaning.MayBeBilled("connection_lost"), LineMeanings.Of(Lines.Access(line)));
    }

    [Fact]
    public static void By_hand_a_guard_on_the_response_lets_the_provider_bill()
    {
        var line = Lines.With(
            ""","http.status":400,"gen_ai.provider.name":"openai","error":"request rejected by regex guardrail","reason":"Guardrail" """);

        Assert.Equal(new LineMeaning.MayBeBilled("response_guard"), LineMeanings.Of(Lines.Access(line)));
    }

    [Fact]
    public static void By_hand_an_error_nobody_knows_is_taken_as_billed()
    {
        var line = Lines.With(""","http.status":502,"gen_ai.provider.name":"openai","error":"new","reason":"New" """);

        Assert.Equal(new LineMeaning.MayBeBilled("gateway_error"), LineMeanings.Of(Lines.Access(line)));
    }

    private static string Failed(string error) => Lines.With(
        $",\"http.status\":503,\"gen_ai.provider.name\":\"openai\",\"error\":\"{error}\",\"reason\":\"UpstreamFailure\"");

    private static LineMeaning Meaning(string name) =>
        LineMeanings.Of(Lines.Access(Recorded.Case(name).AccessLines.Single()));
}
