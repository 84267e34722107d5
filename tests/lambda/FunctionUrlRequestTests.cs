using System.Text;
using AiGateway.Domain;
using Amazon.Lambda.APIGatewayEvents;
using FsCheck;
using FsCheck.Fluent;

namespace AiGateway.Lambda.Tests;

public static class FunctionUrlRequestTests
{
    [Fact]
    public static void Decodes_method_path_arrival_and_headers_in_any_case()
    {
        var request = Ok(Event());

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
        var request = Ok(new APIGatewayHttpApiV2ProxyRequest { RequestContext = Event().RequestContext });

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

        Assert.Equal("not_a_function_url_event", Refused(FunctionUrlRequest.Decode(without)));
    }

    [Fact]
    public static void Refuses_what_is_no_Function_URL_event()
    {
        Assert.Equal("not_a_function_url_event", Refused(FunctionUrlRequest.Decode(null)));
        Assert.Equal("not_a_function_url_event", Refused(FunctionUrlRequest.Decode(new())));
        Assert.Equal(
            "not_a_function_url_event", Refused(FunctionUrlRequest.Decode(new() { RequestContext = new() })));
    }

    [Fact]
    public static void Any_body_comes_back_as_it_was_and_one_byte_less_room_refuses_it() =>
        Prop.ForAll<byte[], NonEmptyString>((bytes, text) =>
        {
            var binary = Ok(Event(Convert.ToBase64String(bytes), isBase64: true));
            var utf8 = Encoding.UTF8.GetBytes(text.Get);
            var plain = Ok(Event(text.Get, isBase64: false));
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
        Assert.Equal("body_not_base64", Refused(Ok(Event(body, isBase64: true)).Body(1_000)));

    [Fact]
    public static void Refuses_six_megabytes_where_less_is_allowed_without_decoding_them()
    {
        var request = Ok(Event(new string('A', 8 * 1024 * 1024), isBase64: true));
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

    private static FunctionUrlRequest Ok(APIGatewayHttpApiV2ProxyRequest proxyRequest) =>
        Assert.IsType<Outcome<FunctionUrlRequest>.Ok>(FunctionUrlRequest.Decode(proxyRequest)).Value;

    private static ReadOnlyMemory<byte> Body(FunctionUrlRequest request, int bytesMax) =>
        Assert.IsType<Outcome<ReadOnlyMemory<byte>>.Ok>(request.Body(bytesMax)).Value;

    private static string Refused<T>(Outcome<T> outcome) => Assert.IsType<Outcome<T>.Failed>(outcome).Problem.Code;
}
