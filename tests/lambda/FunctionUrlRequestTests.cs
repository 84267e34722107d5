using System.Text;
using System.Text.Json;
using AiGateway.Domain;
using Amazon.Lambda.APIGatewayEvents;
using Amazon.Lambda.Serialization.SystemTextJson;
using FsCheck;
using FsCheck.Fluent;

namespace AiGateway.Lambda.Tests;

public static class FunctionUrlRequestTests
{
    [Fact]
    public static void Decodes_method_path_arrival_and_headers_in_any_case()
    {
        var request = Ok(FunctionUrlEvents.Read(Event()));

        Assert.Equal(("POST", "/v1/decision", "id"), (request.Method, request.Path, request.InvocationId));
        Assert.Equal(ManualClock.Noon, request.ReceivedAt);
        Assert.Equal("payments", request.Header("x-budget-team"));
        Assert.Equal("payments", request.Header("X-Budget-Team"));
        Assert.Equal("Mixed", request.Header("x-mixed"));
        Assert.Equal("a,b", request.Header("x-budget-groups"));
        Assert.Null(request.Header("x-budget-project"));
    }

    [Fact]
    public static void An_event_without_headers_body_or_path_is_a_call_of_the_root_with_nothing()
    {
        var request = Ok(FunctionUrlEvents.Read(new APIGatewayHttpApiV2ProxyRequest { RequestContext = Event().RequestContext }));

        Assert.Equal("/", request.Path);
        Assert.Null(request.Header("x-budget-team"));
        Assert.Equal(0, Body(request, 0).Length);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(long.MaxValue)]
    public static void Refuses_an_event_without_a_time_of_arrival(long epochMilliseconds)
    {
        var without = Event();
        without.RequestContext.TimeEpoch = epochMilliseconds;

        Assert.Equal("not_a_function_url_event", Refused(FunctionUrlEvents.Read(without)));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("""{"requestContext":null}""")]
    [InlineData("""{"requestContext":{}}""")]
    [InlineData("""{"requestContext":{"http":{},"timeEpoch":1}}""")]
    [InlineData("""{"requestContext":{"http":{"method":""},"timeEpoch":1}}""")]
    public static void Refuses_what_is_no_Function_URL_event(string json) =>
        Assert.Equal("not_a_function_url_event", Refused(FunctionUrlEvents.Read(json)));

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("""{"body":"x""")]
    [InlineData("""{"body":"x\\\"}""")]
    [InlineData("""{"body":1}""")]
    [InlineData("""{"body":"x" "y":1}""")]
    [InlineData("""{"body":"x"}}""")]
    [InlineData("""{"body":"x"} {}""")]
    [InlineData("""{"headers":[]}""")]
    [InlineData("""{"headers":{"x-budget-team":7}}""")]
    [InlineData("""{"requestContext":{"timeEpoch":"1"}}""")]
    [InlineData("""{"requestContext":{"timeEpoch":1.5}}""")]
    [InlineData("""{"requestContext":{"http":"POST"}}""")]
    [InlineData("""{"isBase64Encoded":"false"}""")]
    public static void Throws_what_is_not_an_event_s_JSON(string json) =>
        Assert.ThrowsAny<JsonException>(() => FunctionUrlEvents.Read(json));

    [Fact]
    public static void Names_that_are_written_with_escapes_are_the_same_names()
    {
        const string Written = """
            {"\u0068eaders":{"x-\u0062udget-model":"m"},"requestContext":{"http":{"metho\u0064":"POST"},"time\u0045poch":1},"raw\u0050ath":"/p"}
            """;

        var request = Ok(FunctionUrlRequest.Read(Encoding.UTF8.GetBytes(Written)));

        Assert.Equal(("POST", "/p", "m"), (request.Method, request.Path, request.Header("x-budget-model")));
    }

    [Fact]
    public static void Says_of_any_event_what_the_published_event_type_says() =>
        Prop.ForAll(FunctionUrlEvents.Generated, proxyRequest =>
        {
            var written = FunctionUrlEvents.Write(proxyRequest);
            var (request, expected) = (Ok(FunctionUrlEvents.Read(written)), FunctionUrlEvents.ReadPublished(written));
            Assert.Equal(expected.RequestContext.Http.Method, request.Method);
            Assert.Equal(expected.RawPath is { Length: > 0 } path ? path : "/", request.Path);
            Assert.Equal(expected.RequestContext.RequestId ?? "", request.InvocationId);
            Assert.Equal(expected.RequestContext.TimeEpoch, request.ReceivedAt.ToUnixTimeMilliseconds());
            Assert.All(expected.Headers, header => Assert.Equal(header.Value, request.Header(header.Key)));
            Assert.Equal(Encoding.UTF8.GetBytes(expected.Body ?? ""), Body(request, 100_000).ToArray());
        }).QuickCheckThrowOnFailure();

    [Fact]
    public static void A_prompt_of_two_megabytes_is_passed_without_a_copy()
    {
        var json = FunctionUrlEvents.Write(Event(string.Concat(Enumerable.Repeat("say \"hello\" \\", 150_000))));
        FunctionUrlEvents.Read(json);
        var before = GC.GetAllocatedBytesForCurrentThread();

        FunctionUrlEvents.Read(json);

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 5_000);
    }

    [Fact]
    public static void Half_a_surrogate_pair_is_refused_where_the_body_is_read_and_nowhere_else()
    {
        var request = Ok(FunctionUrlEvents.Read(
            """{"requestContext":{"http":{"method":"POST"},"timeEpoch":1},"body":"\ud800"}"""));

        Assert.Equal("body_not_text", Refused(request.Body(100)));
    }

    [Fact]
    public static void Any_body_comes_back_as_it_was_and_one_byte_less_room_refuses_it() =>
        Prop.ForAll<byte[], NonEmptyString>((bytes, text) =>
        {
            var binary = Ok(FunctionUrlEvents.Read(Event(Convert.ToBase64String(bytes), isBase64: true)));
            var utf8 = Encoding.UTF8.GetBytes(text.Get);
            var plain = Ok(FunctionUrlEvents.Read(Event(text.Get, isBase64: false)));
            return Body(binary, bytes.Length).Span.SequenceEqual(bytes)
                && (bytes.Length == 0 || Refused(binary.Body(bytes.Length - 1)) == "body_too_large")
                && Body(plain, utf8.Length).Span.SequenceEqual(utf8)
                && Refused(plain.Body(utf8.Length - 1)) == "body_too_large";
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("not base64!")]
    [InlineData("abc")]
    [InlineData("=")]
    [InlineData("ab=c")]
    public static void Refuses_a_body_that_is_marked_as_base64_and_is_none(string body) =>
        Assert.Equal("body_not_base64", Refused(Ok(FunctionUrlEvents.Read(Event(body, isBase64: true))).Body(1_000)));

    [Fact]
    public static void Refuses_six_megabytes_where_less_is_allowed_without_decoding_them()
    {
        var request = Ok(FunctionUrlEvents.Read(Event(new string('A', 8 * 1024 * 1024), isBase64: true)));
        var before = GC.GetAllocatedBytesForCurrentThread();

        Assert.Equal("body_too_large", Refused(request.Body(1_000_000)));

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100_000);
    }

    [Fact]
    public static void Replies_have_status_type_and_body()
    {
        var json = FunctionUrlResponse.Json(402, "{}");
        var text = FunctionUrlResponse.PlainText(404, "no such path");
        var empty = FunctionUrlResponse.Empty(200);

        Assert.Equal((402, "application/json", "{}"), (json.StatusCode, json.Headers["content-type"], json.Body));
        Assert.Equal((404, "no such path"), (text.StatusCode, text.Body));
        Assert.Equal((200, "", 0), (empty.StatusCode, empty.Body, empty.Headers.Count));
        Assert.All([json, text, empty], reply => Assert.False(reply.IsBase64Encoded));
    }

    [Fact]
    public static void A_reply_is_written_as_the_published_serializer_writes_it() =>
        Prop.ForAll(FunctionUrlEvents.Replies, reply =>
        {
            using var ours = new MemoryStream();
            using var published = new MemoryStream();
            new FunctionUrlSerializer().Serialize(reply, ours);
            new SourceGeneratorLambdaJsonSerializer<EventJson>().Serialize(reply, published);
            Assert.True(JsonElement.DeepEquals(
                JsonDocument.Parse(published.ToArray()).RootElement, JsonDocument.Parse(ours.ToArray()).RootElement));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public static void Other_types_are_neither_read_nor_written()
    {
        Assert.Throws<NotSupportedException>(() => new FunctionUrlSerializer().Deserialize<string>(new MemoryStream()));
        Assert.Throws<NotSupportedException>(() => new FunctionUrlSerializer().Serialize("reply", new MemoryStream()));
    }

    private static APIGatewayHttpApiV2ProxyRequest Event(string body = "{}", bool isBase64 = false) => new()
    {
        RawPath = "/v1/decision",
        Headers = new Dictionary<string, string>
        {
            ["x-budget-team"] = "payments",
            ["x-budget-groups"] = "a,b",
            ["X-Mixed"] = "Mixed",
        },
        Body = body,
        IsBase64Encoded = isBase64,
        RequestContext = new()
        {
            RequestId = "id",
            TimeEpoch = ManualClock.Noon.ToUnixTimeMilliseconds(),
            Http = new() { Method = "POST", Path = "/v1/decision" },
        },
    };

    private static FunctionUrlRequest Ok(Outcome<FunctionUrlRequest> outcome) =>
        Assert.IsType<Outcome<FunctionUrlRequest>.Ok>(outcome).Value;

    private static ReadOnlyMemory<byte> Body(FunctionUrlRequest request, int bytesMax) =>
        Assert.IsType<Outcome<ReadOnlyMemory<byte>>.Ok>(request.Body(bytesMax)).Value;

    private static string Refused<T>(Outcome<T> outcome) => Assert.IsType<Outcome<T>.Failed>(outcome).Problem.Code;
}
