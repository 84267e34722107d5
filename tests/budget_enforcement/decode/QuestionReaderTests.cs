using AiGateway.Domain;
using AiGateway.Domain.Gateway;
using BudgetEnforcement.Decode;

namespace BudgetEnforcement.Tests.Decode;

/// <summary>What the gateway hands over, good and bad. Whatever can't be read is refused, never guessed.</summary>
public static class QuestionReaderTests
{
    [Fact]
    public static void Reads_a_call()
    {
        var question = Read(Questions.Headers());

        Assert.Equal(Questions.RequestId, question.RequestId);
        Assert.Equal("payments", question.Claims.Team);
        Assert.Equal(("openai", "gpt-4o-mini", 333, false), (question.Call.Provider, question.Call.Model, question.Call.SizeBytes, question.Call.ReadsMore));
        Assert.Equal((400, 1, true), (question.Call.MaxTokens, question.Call.Choices, question.Call.HasOutput));
        Assert.Equal("/v1/chat/completions", question.Path);
        Assert.False(question.Streaming);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("event:38461")]
    [InlineData("a b")]
    [InlineData("a#b")]
    [InlineData("a,b")]
    [InlineData("\u00e9")]
    [InlineData("TOO_LONG")]
    public static void Refuses_a_missing_or_odd_request_id(string? id)
    {
        var text = id == "TOO_LONG" ? new string('a', 129) : id;

        Assert.Equal("bad_request_id", Refused(Questions.With(WebhookHeaders.RequestId, text)).Code);
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("+1")]
    [InlineData("1.5")]
    [InlineData("1e3")]
    [InlineData("1e30")]
    [InlineData("abc")]
    [InlineData("0x10")]
    [InlineData("1 000")]
    [InlineData("1,000")]
    [InlineData("333,333")]
    [InlineData("NaN")]
    [InlineData("1000000000001")]
    [InlineData("99999999999999999999999")]
    public static void Refuses_a_number_that_is_negative_fractional_text_or_out_of_range(string text)
    {
        foreach (var name in (string[])[WebhookHeaders.Size, WebhookHeaders.MaxTokens, WebhookHeaders.Choices])
        {
            var problem = Refused(Questions.With(name, text));

            Assert.Equal("bad_number", problem.Code);
            Assert.Contains(name, problem.Message, StringComparison.Ordinal);
            Assert.DoesNotContain(text + " ", problem.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("0")]
    [InlineData("10001")]
    public static void Refuses_a_number_of_answers_that_no_provider_gives(string text)
    {
        Assert.Equal("bad_number", Refused(Questions.With(WebhookHeaders.Choices, text)).Code);
    }

    [Theory]
    [InlineData(WebhookHeaders.Model, "no_model")]
    [InlineData(WebhookHeaders.Size, "no_size")]
    public static void Refuses_a_call_without_what_bounds_it(string name, string code)
    {
        Assert.Equal(code, Refused(Questions.With(name, null)).Code);
        Assert.Equal(code, Refused(Questions.With(name, " ")).Code);
    }

    [Fact]
    public static void An_absent_output_bound_is_the_models_own()
    {
        Assert.Equal(0, Read(Questions.With(WebhookHeaders.MaxTokens, null)).Call.MaxTokens);
        Assert.Equal(0, Read(Questions.With(WebhookHeaders.MaxTokens, "0")).Call.MaxTokens);
    }

    [Fact]
    public static void An_absent_number_of_answers_is_one()
    {
        Assert.Equal(1, Read(Questions.With(WebhookHeaders.Choices, null)).Call.Choices);
        Assert.Equal(3, Read(Questions.With(WebhookHeaders.Choices, "3")).Call.Choices);
    }

    [Theory]
    [InlineData("false", false)]
    [InlineData("true", true)]
    [InlineData("TRUE", true)]
    [InlineData("False", true)]
    [InlineData("yes", true)]
    [InlineData(null, true)]
    public static void Input_beyond_the_request_is_ruled_out_only_by_a_plain_false(string? text, bool expected)
    {
        Assert.Equal(expected, Read(Questions.With(WebhookHeaders.External, text)).Call.ReadsMore);
    }

    [Fact]
    public static void A_missing_provider_and_a_missing_team_are_not_mistakes()
    {
        Assert.Null(Read(Questions.With(WebhookHeaders.Provider, null)).Call.Provider);
        Assert.Null(Read(Questions.With(WebhookHeaders.Team, null)).Claims.Team);
    }

    [Fact]
    public static void The_attempt_number_decides_nothing()
    {
        var forged = Read(Questions.With(WebhookHeaders.Attempt, "7; drop"));

        Assert.Equivalent(Read(Questions.Headers()), forged, strict: true);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public static void Reads_model_and_size_of_an_embedding_from_the_body(bool base64)
    {
        var question = Authorize("{\"size\":14549,\"model\":\"text-embedding-3-small\"}", base64);

        Assert.Equal(("text-embedding-3-small", 14_549), (question.Call.Model, question.Call.SizeBytes));
        Assert.False(question.Call.HasOutput);
        Assert.False(question.Call.ReadsMore);
    }

    [Fact]
    public static void Another_path_through_external_authorization_may_answer_and_read_anything()
    {
        var headers = Questions.AuthorizeHeaders();
        headers[WebhookHeaders.Path] = "/v1/passthrough";

        var question = Assert.IsType<Outcome<GatewayQuestion>.Ok>(
            Questions.Read(Questions.Event(headers, body: "{\"size\":1,\"model\":\"m\"}"), QuestionForm.Authorize)).Value;

        Assert.True(question.Call.HasOutput);
        Assert.True(question.Call.ReadsMore);
    }

    [Fact]
    public static void The_webhook_never_takes_model_or_size_from_the_body()
    {
        var headers = Questions.With(WebhookHeaders.Size, null);

        var read = Questions.Read(
            Questions.Event(headers, body: "{\"size\":1,\"model\":\"m\"}"), QuestionForm.Decision);

        Assert.IsType<Outcome<GatewayQuestion>.Failed>(read);
    }

    [Fact]
    public static void The_webhooks_path_never_makes_an_embedding_of_a_chat()
    {
        Assert.True(Read(Questions.With(WebhookHeaders.Path, "/v1/embeddings")).Call.HasOutput);
    }

    [Theory]
    [InlineData("")]
    [InlineData("not json")]
    [InlineData("[]")]
    [InlineData("\"text\"")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("{\"model\":\"m\"}")]
    [InlineData("{\"size\":1}")]
    [InlineData("{\"size\":\"1\",\"model\":\"m\"}")]
    [InlineData("{\"size\":-1,\"model\":\"m\"}")]
    [InlineData("{\"size\":1.5,\"model\":\"m\"}")]
    [InlineData("{\"size\":1e3,\"model\":\"m\"}")]
    [InlineData("{\"size\":99999999999999999999,\"model\":\"m\"}")]
    [InlineData("{\"size\":1000000000001,\"model\":\"m\"}")]
    [InlineData("{\"size\":null,\"model\":\"m\"}")]
    [InlineData("{\"size\":1,\"model\":7}")]
    [InlineData("{\"size\":1,\"model\":null}")]
    [InlineData("{\"size\":1,\"model\":\" \"}")]
    [InlineData("{\"size\":1,\"model\":\"\\ud800\"}")]
    [InlineData("{\"size\":1,\"model\":\"m\"} trailing")]
    [InlineData("{\"size\":1,\"model\":{\"model\":{\"model\":{\"model\":{\"model\":{\"model\":{\"model\":{\"model\":1}}}}}}}}")]
    public static void Refuses_an_authorization_body_that_is_not_model_and_size(string body)
    {
        Assert.Equal("bad_authorize_body", AuthorizeProblem(Questions.Event(Questions.AuthorizeHeaders(), body: body)).Code);
    }

    [Fact]
    public static void Refuses_an_authorization_body_that_is_not_base64_although_it_says_so()
    {
        var request = Questions.Event(Questions.AuthorizeHeaders(), body: "{\"size\":1,\"model\":\"m\"}");
        request.IsBase64Encoded = true;

        Assert.Equal("bad_authorize_body", AuthorizeProblem(request).Code);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public static void Refuses_an_authorization_body_of_more_than_64_kilobytes(bool base64)
    {
        var body = $"{{\"size\":1,\"model\":\"{new string('m', 64 * 1024)}\"}}";

        Assert.Equal(
            "bad_authorize_body",
            AuthorizeProblem(Questions.Event(Questions.AuthorizeHeaders(), body: body, base64: base64)).Code);
    }

    private static GatewayQuestion Read(Dictionary<string, string> headers) => Assert.IsType<Outcome<GatewayQuestion>.Ok>(
        Questions.Read(Questions.Event(headers), QuestionForm.Decision)).Value;

    private static Problem Refused(Dictionary<string, string> headers) => Assert.IsType<Outcome<GatewayQuestion>.Failed>(
        Questions.Read(Questions.Event(headers), QuestionForm.Decision)).Problem;

    private static GatewayQuestion Authorize(string body, bool base64) => Assert.IsType<Outcome<GatewayQuestion>.Ok>(
        Questions.Read(
            Questions.Event(Questions.AuthorizeHeaders(), WebhookPaths.Authorize, body: body, base64: base64),
            QuestionForm.Authorize)).Value;

    private static Problem AuthorizeProblem(Amazon.Lambda.APIGatewayEvents.APIGatewayHttpApiV2ProxyRequest request) =>
        Assert.IsType<Outcome<GatewayQuestion>.Failed>(Questions.Read(request, QuestionForm.Authorize)).Problem;
}
