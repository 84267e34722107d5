using AiGateway.Domain.Pricing;

namespace AiGateway.Domain.Tests.Pricing;

/// <summary>Which counts include which, provider by provider, and what a line lacks (docs/prices.md has the table).</summary>
public static class UsageConventionTests
{
    // 1,100 of the input are cached; the total has more than input and output.
    private static readonly LoggedUsage Line = new()
    {
        Provider = "openai", Model = "m", Path = "/v1/chat/completions", Streaming = false, GatewayVersion = "1.4.1",
        Input = 1_200, CacheRead = 1_000, CacheCreation = 100, Output = 31, Total = 1_300,
    };

    [Theory]
    [InlineData("openai", "m", 100, 31)]
    [InlineData("openai", null, 100, 31)]
    [InlineData("azure", "m", 100, 31)]
    [InlineData("copilot", "m", 100, 31)]
    [InlineData("gcp.gemini", "m", 100, 100)] // the total shows thoughts
    [InlineData("custom", "m", 100, 100)]
    [InlineData("anthropic", "m", 1_200, 31)]
    [InlineData("aws.bedrock", "m", 1_200, 31)]
    [InlineData("custom", "claude-x", 1_200, 31)]
    public static void Cached_input_and_thoughts_are_counted_as_the_provider_means_them(
        string provider, string? model, long uncached, long output)
    {
        var usage = Samples.Complete(Line with { Provider = provider, Model = model, Total = uncached == 1_200 ? 5_000 : 1_300 });

        Assert.Equal((uncached, output), (usage.UncachedInput, usage.TotalOutput));
    }

    /// <summary>v1.5 adds cached tokens to Claude's count, except on Azure.</summary>
    [Theory]
    [InlineData("azure", 1_200)]
    [InlineData("gcp.vertex_ai", 100)]
    [InlineData("custom", 100)]
    public static void From_1_5_on_the_gateway_adds_cached_tokens_to_Claudes_count_but_not_on_Azure(string provider, long uncached) =>
        Assert.Equal(
            uncached,
            Samples.Complete(Line with { Provider = provider, Model = "claude-x", GatewayVersion = "1.5.0" }).UncachedInput);

    [Theory]
    [InlineData("gcp.vertex_ai", "1.4.1", 10, 41)] // output and thoughts apart
    [InlineData("gcp.vertex_ai", "1.5.0", 10, 31)]
    [InlineData("custom", "1.4.1", 10, 31)]
    [InlineData("custom", "1.4.1", 31, 31)]
    [InlineData("custom", "1.4.1", 32, 63)] // more thoughts than output: they can't be in it
    public static void Without_a_total_only_Vertex_logs_thoughts_apart(string provider, string version, long reasoning, long output)
    {
        var line = Line with { Provider = provider, GatewayVersion = version, Total = null, Reasoning = reasoning };

        Assert.Equal(output, Samples.Complete(line).TotalOutput);
    }

    [Fact]
    public static void Images_are_taken_out_of_the_text_output() => Assert.Equal(
        (20L, 11L), (Samples.Complete(Line with { OutputImage = 11 }).Output, Samples.Complete(Line with { OutputImage = 11 }).OutputImage));

    [Fact]
    public static void Input_that_is_cached_to_the_last_token_has_no_uncached_part() =>
        Assert.Equal(0, Samples.Complete(Line with { Input = 1_100 }).UncachedInput);

    [Theory]
    [InlineData("embeddings")]
    [InlineData("embedding")]
    [InlineData("rerank")]
    public static void Operations_that_answer_without_tokens_lack_no_output(string operation) =>
        Assert.Equal(0, Samples.Complete(Line with { Operation = operation, Output = null }).Output);

    [Theory]
    [InlineData("?a=/rerank")]
    [InlineData("/v1/chat?a=/rerank")]
    public static void A_path_ends_where_its_query_begins(string path) =>
        Assert.IsType<UsageResult.Incomplete>(UsageReading.Read(Line with { Path = path, Output = null }));

    public static TheoryData<LoggedUsage, string> Lacking => new()
    {
        { Line with { Input = null, Output = null, Total = null }, "The line has no usage." },
        { Line with { Output = null }, "The line has no output tokens." },
        { Line with { Streaming = true, Total = null }, "The stream ended before its usage: total_tokens is absent." },
        { Line with { Input = null }, "The line has no input tokens." },
    };

    [Theory]
    [MemberData(nameof(Lacking))]
    public static void What_a_line_lacks_is_told(LoggedUsage line, string reason) =>
        Assert.Equal(reason, Assert.IsType<UsageResult.Incomplete>(UsageReading.Read(line)).Reason);

    [Fact]
    public static void The_providers_own_count_stands_in_for_the_input()
    {
        var line = Line with { Provider = "anthropic", Input = null, ProviderInput = 77, GatewayVersion = "1.5.0" };

        Assert.Equal(77, Samples.Complete(line).UncachedInput);
        Assert.Equal("A token count is free.", Assert.IsType<UsageResult.NotBilled>(UsageReading.Read(line with { CountTokens = 1 })).Reason);
    }

    [Fact]
    public static void A_cut_streams_input_count_includes_what_was_read_from_and_written_to_the_cache()
    {
        var cut = UsageReading.Read(Line with { Provider = "anthropic", Streaming = true, Total = null });

        Assert.Equal(2_300, Assert.IsType<UsageResult.Incomplete>(cut).ProvidersInputCount);
    }
}
