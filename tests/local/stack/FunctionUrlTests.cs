using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace AiGateway.Local.Tests.Stack;

/// <summary>What a function sees of a request, and what a caller sees of an answer: as behind a real Function URL.</summary>
public sealed class FunctionUrlTests : IAsyncLifetime
{
    private ProbeStack _stack = null!;

    public async ValueTask InitializeAsync() => _stack = await ProbeStack.StartAsync();

    public ValueTask DisposeAsync() => _stack.DisposeAsync();

    [Fact]
    public async Task Any_path_reaches_the_function_as_payload_format_2()
    {
        var seen = await SeenAsync(new HttpRequestMessage(HttpMethod.Delete, "v1/x%2Fy/../z?a=1&a=2&b=%C3%A9"));

        Assert.Equal("2.0", seen.GetProperty("version").GetString());
        Assert.Equal("$default", seen.GetProperty("routeKey").GetString());
        Assert.Equal("a=1&a=2&b=%C3%A9", seen.GetProperty("rawQueryString").GetString());
        Assert.Equal("1,2", seen.GetProperty("queryStringParameters").GetProperty("a").GetString());
        Assert.Equal("é", seen.GetProperty("queryStringParameters").GetProperty("b").GetString());
        var context = seen.GetProperty("requestContext");
        Assert.Equal("DELETE", context.GetProperty("http").GetProperty("method").GetString());
        Assert.Equal("HTTP/1.1", context.GetProperty("http").GetProperty("protocol").GetString());
        Assert.Equal("127.0.0.1", context.GetProperty("http").GetProperty("sourceIp").GetString());
        Assert.InRange(
            context.GetProperty("timeEpoch").GetInt64(), 1_700_000_000_000, DateTimeOffset.UtcNow.ToUnixTimeMilliseconds());
        Assert.True(Guid.TryParse(context.GetProperty("requestId").GetString(), out _));
        Assert.False(seen.TryGetProperty("body", out _));
        Assert.False(seen.GetProperty("isBase64Encoded").GetBoolean());
    }

    [Fact]
    public async Task Header_names_are_lower_case_and_repeated_headers_are_joined()
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "v1/decision");
        request.Headers.Add("X-Budget-Team", "payments");
        request.Headers.Add("X-Many", ["one", "two"]);
        request.Headers.Add("Cookie", "a=1; b=2");

        var seen = await SeenAsync(request);

        var headers = seen.GetProperty("headers");
        Assert.Equal("payments", headers.GetProperty("x-budget-team").GetString());
        Assert.Equal("one,two", headers.GetProperty("x-many").GetString()?.Replace(", ", ","));
        Assert.False(headers.TryGetProperty("cookie", out _));
        Assert.Equal(["a=1", "b=2"], seen.GetProperty("cookies").EnumerateArray().Select(one => one.GetString()));
        Assert.All(headers.EnumerateObject(), header => Assert.Equal(header.Name.ToLowerInvariant(), header.Name));
    }

    [Fact]
    public async Task A_signed_request_names_its_caller_and_an_unsigned_one_nobody()
    {
        var signed = new HttpRequestMessage(HttpMethod.Post, "v1/decision");
        signed.Headers.TryAddWithoutValidation(
            "Authorization",
            "AWS4-HMAC-SHA256 Credential=AKIALAB/20261121/us-east-1/lambda/aws4_request, SignedHeaders=host, Signature=00");

        var named = (await SeenAsync(signed)).GetProperty("requestContext");
        var anonymous = (await SeenAsync(new HttpRequestMessage(HttpMethod.Post, "v1/decision"))).GetProperty("requestContext");

        Assert.Equal("AKIALAB", named.GetProperty("authorizer").GetProperty("iam").GetProperty("accessKey").GetString());
        Assert.False(anonymous.TryGetProperty("authorizer", out _));
        Assert.Equal("anonymous", anonymous.GetProperty("accountId").GetString());
    }

    [Theory]
    [InlineData("application/json", "{\"a\":\"é\\n😀\"}", false)]
    [InlineData("text/plain; charset=utf-8", "words", false)]
    [InlineData("application/octet-stream", "words", true)]
    [InlineData("", "words", true)]
    public async Task A_body_is_text_where_its_type_says_so_and_base64_otherwise(string type, string body, bool isBase64)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "x") { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) };
        request.Content.Headers.ContentType = type.Length == 0 ? null : MediaTypeHeaderValue.Parse(type);

        var seen = await SeenAsync(request);

        Assert.Equal(isBase64, seen.GetProperty("isBase64Encoded").GetBoolean());
        var text = seen.GetProperty("body").GetString()!;
        Assert.Equal(body, isBase64 ? Encoding.UTF8.GetString(Convert.FromBase64String(text)) : text);
    }

    [Fact]
    public async Task A_text_body_that_is_not_utf8_arrives_in_base64()
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "x") { Content = new ByteArrayContent([0xff, 0x00]) };
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse("application/json");

        var seen = await SeenAsync(request);

        Assert.Equal("/wA=", seen.GetProperty("body").GetString());
        Assert.True(seen.GetProperty("isBase64Encoded").GetBoolean());
    }

    [Theory]
    [InlineData(6 * 1024 * 1024 + 1)]
    [InlineData(6 * 1024 * 1024 - 100)]
    public async Task A_body_whose_event_is_above_six_megabytes_is_refused_before_the_function(int bytes)
    {
        var (status, body) = await _stack.PostAsync("x", new string('x', bytes));

        Assert.Equal(413, status);
        Assert.Contains("must be smaller than 6291456 bytes", body);
        Assert.Equal(0, _stack.Host.ProcessesStarted("probe"));
    }

    [Fact]
    public async Task A_large_body_below_the_bound_is_delivered()
    {
        var (status, body) = await _stack.PostAsync("x", new string('x', 5_000_000));

        Assert.Equal(200, status);
        Assert.Contains("\"rawPath\":\"/x\"", body);
    }

    [Fact]
    public async Task A_reply_has_the_functions_status_headers_cookies_and_body()
    {
        using var response = await _stack.Http.PostAsync("status", null);

        Assert.Equal(418, (int)response.StatusCode);
        Assert.Equal("tea", await response.Content.ReadAsStringAsync());
        Assert.Equal("probe", response.Headers.GetValues("x-made-by").Single());
        Assert.Equal(["a=1", "b=2"], response.Headers.GetValues("Set-Cookie"));
        Assert.Equal("text/plain", response.Content.Headers.ContentType?.MediaType);
        Assert.Single(response.Headers.GetValues("x-amzn-RequestId"));
    }

    [Theory]
    [InlineData("throw")]
    [InlineData("bad-status")]
    [InlineData("not-json")]
    [InlineData("large")]
    public async Task What_is_not_an_answer_is_502_without_an_action(string path)
    {
        var (status, body) = await _stack.PostAsync(path);

        Assert.Equal(502, status);
        Assert.Equal("Internal Server Error", body);
    }

    private async Task<JsonElement> SeenAsync(HttpRequestMessage request)
    {
        using var response = await _stack.Http.SendAsync(request);
        Assert.Equal(200, (int)response.StatusCode);
        using var document = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        return document.RootElement.Clone();
    }
}
