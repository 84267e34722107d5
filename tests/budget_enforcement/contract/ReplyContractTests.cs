using System.Text;
using System.Text.Json;
using AiGateway.Domain.Decisions;
using AiGateway.Tests;
using Amazon.Lambda.APIGatewayEvents;
using Amazon.Lambda.Core;
using BudgetEnforcement.Decide;
using BudgetEnforcement.Decode;
using BudgetEnforcement.Reply;
using FsCheck;
using FsCheck.Fluent;

namespace BudgetEnforcement.Tests.Contract;

/// <summary>Our serialiser's bytes through the gateway's rules: a refusal is a refusal and an admission is an
/// admission, always.</summary>
public static class ReplyContractTests
{
    private const string ChatPath = "/v1/chat/completions";

    private static readonly Replies Replies = new(new ReplyStatuses(402, 429));

    private static readonly ILambdaSerializer Lambda = Function.Serializer();

    private static int Cases => Environment.GetEnvironmentVariable("NIGHTLY") is "1" or "true" ? 1_000_000 : 20_000;

    [Fact]
    public static void Every_refusal_decodes_as_reject_whatever_its_text_says()
    {
        var generator =
            from kind in Gen.Elements(Enum.GetValues<RefusalKind>())
            from message in ArbitraryText.Generator
            from reason in ArbitraryText.Generator
            from path in Gen.OneOf(Gen.Elements<string?>(null, ChatPath, "/v1/messages"), ArbitraryText.Generator.Select(text => (string?)text))
            from statuses in Gen.Choose(400, 499).Two()
            select (Refusal: new Refusal(kind, message), Reason: reason, Path: path, Statuses: statuses);

        Check(generator, sample =>
        {
            var replies = new Replies(new ReplyStatuses(sample.Statuses.Item1, sample.Statuses.Item2));
            var response = replies.From(new Verdict(sample.Refusal, sample.Reason), QuestionForm.Decision, sample.Path);
            var bytes = Wire(response, expectedStatus: 200);

            Assert.Equal(GatewayDecoder.Reject, GatewayDecoder.Decode(bytes));
            var action = JsonDocument.Parse(bytes).RootElement.GetProperty("action");
            Assert.Equal(replies.StatusOf(sample.Refusal.Kind), action.GetProperty("status_code").GetInt32());
            Assert.InRange(action.GetProperty("status_code").GetInt32(), 400, 599);
            AssertErrorDocument(action.GetProperty("body").GetString()!, sample.Refusal.Message);
        });
    }

    [Fact]
    public static void Every_admission_decodes_as_pass_whatever_its_reason_says()
    {
        Check(ArbitraryText.Generator, reason =>
        {
            var response = Replies.From(new Verdict(null, reason), QuestionForm.Decision, ChatPath);

            Assert.Equal(GatewayDecoder.Pass, GatewayDecoder.Decode(Wire(response, expectedStatus: 200)));
        });
    }

    [Fact]
    public static void External_authorization_never_answers_a_refusal_with_a_status_that_admits()
    {
        var generator =
            from kind in Gen.Elements(Enum.GetValues<RefusalKind>())
            from message in ArbitraryText.Generator
            select new Refusal(kind, message);

        Check(generator, refusal =>
        {
            var response = Replies.From(Verdict.Refuse(refusal), QuestionForm.Authorize, "/openai/v1/embeddings");

            Assert.InRange(response.StatusCode, 400, 599);
            AssertErrorDocument(response.Body, refusal.Message);
        });
    }

    [Fact]
    public static void External_authorization_admits_by_200_and_an_empty_body()
    {
        var response = Replies.From(new Verdict(null, "within_budget"), QuestionForm.Authorize, "/openai/v1/embeddings");

        Assert.Equal(200, response.StatusCode);
        Assert.Equal("", response.Body);
    }

    [Fact]
    public static void A_path_that_is_not_ours_has_no_action()
    {
        var response = Replies.NotFound();

        Assert.Equal(GatewayDecoder.Error, GatewayDecoder.Decode(Wire(response, expectedStatus: 404)));
    }

    [Theory]
    [InlineData("reject-402-openai")]
    [InlineData("reject-402-anthropic")]
    public static void The_error_documents_have_the_shape_that_the_official_clients_understood(string name)
    {
        var recorded = Assert.Single(Recorded.Case(name).Webhook);
        var reply = JsonDocument.Parse(recorded.GetProperty("reply").GetString()!).RootElement.GetProperty("action");
        var expected = reply.GetProperty("body").GetString()!;
        var document = JsonDocument.Parse(expected).RootElement.GetProperty("error");
        var path = recorded.GetProperty("headers").GetProperty("x-budget-path").GetString();

        var ours = ErrorDocument.Of(
            new Refusal(RefusalKind.BudgetExceeded, document.GetProperty("message").GetString()!), path);

        Assert.True(
            JsonElement.DeepEquals(JsonDocument.Parse(expected).RootElement, JsonDocument.Parse(ours).RootElement),
            $"{expected} {ours}");
        Assert.Equal(402, reply.GetProperty("status_code").GetInt32());
    }

    [Theory]
    [InlineData("/v1/messages", true)]
    [InlineData("/anthropic/v1/messages", true)]
    [InlineData("/v1/messages?beta=true", true)]
    [InlineData("/v1/chat/completions", false)]
    [InlineData("/openai/v1/chat/completions", false)]
    [InlineData("/v1/responses", false)]
    [InlineData("/mantle/v1/responses", false)]
    [InlineData("/openai/v1/embeddings", false)]
    [InlineData("/v1/chat/completions?x=/v1/messages", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public static void The_style_follows_the_path_that_the_client_called(string? path, bool anthropic)
    {
        var document = JsonDocument.Parse(ErrorDocument.Of(new Refusal(RefusalKind.BudgetExceeded, "no"), path));

        Assert.Equal(anthropic, document.RootElement.TryGetProperty("type", out _));
    }

    [Theory]
    [InlineData(RefusalKind.BudgetExceeded, 402)]
    [InlineData(RefusalKind.HoldsInTheWay, 429)]
    [InlineData(RefusalKind.BadRequest, 400)]
    [InlineData(RefusalKind.UnknownPrice, 400)]
    [InlineData(RefusalKind.NotBounded, 400)]
    [InlineData(RefusalKind.ClientDenied, 403)]
    [InlineData(RefusalKind.RequestClosed, 503)]
    [InlineData(RefusalKind.StoreThrottled, 503)]
    [InlineData(RefusalKind.StoreConflict, 503)]
    [InlineData(RefusalKind.StoreTimedOut, 503)]
    [InlineData(RefusalKind.StoreUnreachable, 503)]
    [InlineData(RefusalKind.StoreDenied, 503)]
    [InlineData(RefusalKind.StoreMalformed, 503)]
    [InlineData(RefusalKind.AllowanceSpent, 503)]
    [InlineData(RefusalKind.TooLate, 503)]
    public static void Each_refusal_has_its_status(RefusalKind kind, int status)
    {
        Assert.Equal(status, Replies.StatusOf(kind));
    }

    [Fact]
    public static void Only_where_trying_again_helps_the_client_is_told_when()
    {
        var busy = Replies.From(Verdict.Refuse(new Refusal(RefusalKind.HoldsInTheWay, "")), QuestionForm.Authorize, null);
        var spent = Replies.From(Verdict.Refuse(new Refusal(RefusalKind.BudgetExceeded, "")), QuestionForm.Authorize, null);

        Assert.Equal("1", busy.Headers["retry-after"]);
        Assert.DoesNotContain("retry-after", spent.Headers.Keys);
    }

    // As Lambda does it: the response is serialised, and the Function URL sends what its body says.
    private static byte[] Wire(APIGatewayHttpApiV2ProxyResponse response, int expectedStatus)
    {
        using var stream = new MemoryStream();
        Lambda.Serialize(response, stream);
        var sent = JsonDocument.Parse(stream.ToArray()).RootElement;
        Assert.Equal(expectedStatus, sent.GetProperty("statusCode").GetInt32());
        Assert.False(sent.TryGetProperty("isBase64Encoded", out var encoded) && encoded.GetBoolean());
        return Encoding.UTF8.GetBytes(sent.GetProperty("body").GetString()!);
    }

    private static void AssertErrorDocument(string body, string message)
    {
        var error = JsonDocument.Parse(body).RootElement.GetProperty("error");

        Assert.Equal(Readable(message), error.GetProperty("message").GetString());
        Assert.False(string.IsNullOrEmpty(error.GetProperty("type").GetString()));
    }

    // Halves of surrogate pairs have no JSON form.
    private static string Readable(string text) => string.Concat(text.EnumerateRunes().Select(rune => rune.ToString()));

    private static void Check<T>(Gen<T> generator, Action<T> assert) =>
        Prop.ForAll(generator.ToArbitrary(), assert).Check(Config.QuickThrowOnFailure.WithMaxTest(Cases));
}
