using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using AiGateway.Local.MockProvider;

namespace AiGateway.Local.Tests.MockProvider;

public sealed class MockProviderTests : IAsyncLifetime
{
    private MockProviderServer _server = null!;
    private HttpClient _http = null!;

    public static TheoryData<string, string, string> Buffered => new()
    {
        { "/v1/chat/completions", """{"model":"m","max_tokens":20}""", "usage:prompt_tokens=70,completion_tokens=20,total_tokens=90" },
        { "/v1beta/openai/chat/completions", """{"model":"m"}""", "usage:prompt_tokens=70,completion_tokens=31" },
        { "/v1/responses", """{"model":"m","max_output_tokens":7}""", "usage:input_tokens=70,output_tokens=7" },
        {
            "/v1/messages", """{"model":"m","max_tokens":100}""",
            "usage:input_tokens=60,output_tokens=31,cache_read_input_tokens=10,cache_creation_input_tokens=5"
        },
        {
            "/model/us.anthropic.claude:0/converse", """{"inferenceConfig":{"maxTokens":3}}""",
            "usage:inputTokens=60,outputTokens=3,cacheReadInputTokens=10,cacheWriteInputTokens=5,totalTokens=78"
        },
        {
            "/v1/models/gemini-2.5-pro:generateContent", "{}",
            "usageMetadata:promptTokenCount=70,candidatesTokenCount=31,thoughtsTokenCount=9,cachedContentTokenCount=10"
        },
    };

    public async ValueTask InitializeAsync()
    {
        _server = await MockProviderServer.StartAsync(0, CancellationToken.None);
        _http = new HttpClient { BaseAddress = _server.Address };
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _server.DisposeAsync();
    }

    [Theory]
    [MemberData(nameof(Buffered))]
    public async Task Answers_in_the_providers_shape_with_the_usage_it_was_told(string path, string body, string expected)
    {
        using var response = await PostAsync(path, body, Usage());

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var answer = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        var (name, figures) = (expected.Split(':')[0], expected.Split(':')[1].Split(','));
        Assert.All(figures, figure =>
            Assert.Equal(figure.Split('=')[1], answer[name]![figure.Split('=')[0]]!.ToString()));
        Assert.Contains("piece 1. piece 2. piece 3. piece 4. ", answer.ToJsonString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/v1/chat/completions", """{"stream":true,"stream_options":{"include_usage":true}}""", "\"total_tokens\":101", "[DONE]")]
    [InlineData("/v1/responses", """{"stream":true}""", "\"output_tokens\":31", "event: response.completed")]
    [InlineData("/v1/messages", """{"stream":true}""", "\"output_tokens\":31", "event: message_stop")]
    [InlineData("/v1/models/g:streamGenerateContent", "{}", "\"candidatesTokenCount\":31", "\"finishReason\":\"STOP\"")]
    public async Task Streams_events_that_end_with_the_usage(string path, string body, string usage, string end)
    {
        using var response = await PostAsync(path, body, Usage());

        var text = await response.Content.ReadAsStringAsync();
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType!.MediaType);
        Assert.Contains(usage, text, StringComparison.Ordinal);
        Assert.Contains(end, text, StringComparison.Ordinal);
        Assert.Contains("piece 4. ", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_chat_stream_tells_its_usage_only_where_it_is_asked_to()
    {
        using var response = await PostAsync("/v1/chat/completions", """{"stream":true}""", Usage());

        Assert.DoesNotContain("usage", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bedrock_streams_aws_frames_in_order()
    {
        using var response = await PostAsync("/model/a%2Fb/converse-stream", "{}", Usage());

        Assert.Equal("application/vnd.amazon.eventstream", response.Content.Headers.ContentType!.MediaType);
        var events = FrameReader.ReadAll(await response.Content.ReadAsByteArrayAsync());
        Assert.Equal(
            ["messageStart", "contentBlockDelta", "contentBlockDelta", "contentBlockDelta", "contentBlockDelta",
                "contentBlockStop", "messageStop", "metadata"],
            events.Select(one => one.Type));
        Assert.Equal(31, events[^1].Payload["usage"]!["outputTokens"]!.GetValue<int>());
    }

    [Theory]
    [InlineData("/v1/chat/completions", 429, "rate_limit_error")]
    [InlineData("/v1/messages", 529, "overloaded_error")]
    [InlineData("/model/m/converse", 503, "The mock was told")]
    [InlineData("/v1/models/g:generateContent", 429, "RESOURCE_EXHAUSTED")]
    [InlineData("/v1/responses", 500, "server_error")]
    public async Task Fails_as_the_provider_does_when_it_is_told_to(string path, int status, string word)
    {
        using var response = await PostAsync(path, "{}", ("x-mock-status", status.ToString()));

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Contains(word, await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_fault_for_one_provider_leaves_the_others_alone()
    {
        var fault = new[] { ("x-mock-only", "bedrock"), ("x-mock-status", "503") };

        using var bedrock = await PostAsync("/model/m/converse", "{}", fault);
        using var anthropic = await PostAsync("/v1/messages", "{}", fault);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, bedrock.StatusCode);
        Assert.Equal(HttpStatusCode.OK, anthropic.StatusCode);
    }

    [Fact]
    public async Task The_body_can_carry_the_script_and_a_header_wins()
    {
        const string Body = """{"mock":{"status":500,"output_tokens":5}}""";

        using var fromBody = await PostAsync("/v1/chat/completions", Body);
        using var fromHeader = await PostAsync("/v1/chat/completions", Body, ("x-mock-status", "200"));

        Assert.Equal(HttpStatusCode.InternalServerError, fromBody.StatusCode);
        Assert.Contains("\"completion_tokens\":5", await fromHeader.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("before", "/v1/chat/completions", "{}")]
    [InlineData("middle", "/v1/chat/completions", "{}")]
    [InlineData("middle", "/v1/messages", """{"stream":true}""")]
    [InlineData("middle", "/model/m/converse-stream", "{}")]
    public async Task Hangs_up_when_it_is_told_to(string when, string path, string body) =>
        await Assert.ThrowsAnyAsync<Exception>(async () =>
        {
            using var response = await PostAsync(path, body, ("x-mock-hang-up", when));
            await response.Content.ReadAsByteArrayAsync();
        });

    [Fact]
    public async Task Is_slow_when_it_is_told_to()
    {
        using var patience = new CancellationTokenSource();
        var answer = PostAsync("/v1/chat/completions", "{}", ("x-mock-delay-ms", "600000"));

        Assert.NotSame(answer, await Task.WhenAny(answer, WhenReceivedAsync()));
        Assert.False(answer.IsCompleted);
        _http.CancelPendingRequests();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => answer);
    }

    [Fact]
    public async Task Says_nothing_about_usage_when_it_is_told_so()
    {
        using var response = await PostAsync("/v1/messages", "{}", ("x-mock-no-usage", "true"));

        Assert.DoesNotContain("usage", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Embeddings_token_counts_and_guardrails_are_answered()
    {
        using var embeddings = await PostAsync("/v1/embeddings", """{"model":"e","input":"x"}""");
        using var count = await PostAsync("/v1/messages/count_tokens", """{"model":"e"}""");
        using var guardrail = await PostAsync("/guardrail/g/version/1/apply", "{}");

        Assert.Contains("\"prompt_tokens\":", await embeddings.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Contains("\"input_tokens\":", await count.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Contains("\"action\":\"NONE\"", await guardrail.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_no_json_and_what_is_no_api_are_refused()
    {
        using var noJson = await PostAsync("/v1/chat/completions", "{");
        using var noApi = await PostAsync("/v2/other", "{}");

        Assert.Equal(HttpStatusCode.BadRequest, noJson.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, noApi.StatusCode);
    }

    [Fact]
    public async Task What_a_gateway_sent_can_be_looked_at()
    {
        using var response = await PostAsync("/v1/chat/completions", """{"model":"m"}""");

        var received = Assert.Single(_server.Received);
        Assert.Equal(("/v1/chat/completions", "m"), (received.Path, received.Body["model"]!.GetValue<string>()));
    }

    private static (string, string)[] Usage() =>
    [
        ("x-mock-input-tokens", "60"), ("x-mock-cache-read", "10"), ("x-mock-cache-write", "5"), ("x-mock-reasoning", "9"),
    ];

    private async Task WhenReceivedAsync()
    {
        while (_server.Received.Count == 0)
        {
            await Task.Yield();
        }
    }

    private Task<HttpResponseMessage> PostAsync(string path, string body, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
        };
        foreach (var (name, value) in headers)
        {
            request.Headers.Add(name, value);
        }

        return _http.SendAsync(request);
    }
}
