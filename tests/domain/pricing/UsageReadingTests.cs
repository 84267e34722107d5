using AiGateway.Domain.Pricing;

namespace AiGateway.Domain.Tests.Pricing;

/// <summary>The conventions of v1.4.1 and v1.5 (T46, T94); the numbers of the first part are recorded ones.</summary>
public static class UsageReadingTests
{
    private static readonly LoggedUsage OpenAi = new()
    {
        Provider = "openai", Model = "gpt-4o-mini-2024-07-18", Path = "/v1/chat/completions", Streaming = false,
        GatewayVersion = "1.4.1", Input = 1200, CacheRead = 1024, Output = 31, Total = 1231, Reasoning = 0,
    };

    private static readonly LoggedUsage Anthropic = new()
    {
        Provider = "anthropic", Model = "claude-sonnet-4-5", Path = "/v1/messages", Streaming = true,
        GatewayVersion = "1.4.1", Input = 60, CacheRead = 4096, CacheCreation = 700, Output = 31, Total = 91,
    };

    [Fact]
    public static void OpenAi_counts_cached_tokens_in_its_input() =>
        Assert.Equal(new BillableUsage { UncachedInput = 176, CacheRead = 1024, Output = 31 }, Samples.Complete(OpenAi));

    [Fact]
    public static void A_buffered_messages_call_on_OpenAi_excludes_them_and_a_streamed_one_includes_them()
    {
        var buffered = OpenAi with { Path = "/v1/messages", Input = 176, Total = 207 };
        var streamed = OpenAi with { Path = "/v1/messages", Streaming = true };

        Assert.Equal(Samples.Complete(OpenAi), Samples.Complete(buffered));
        Assert.Equal(Samples.Complete(OpenAi), Samples.Complete(streamed));
    }

    [Theory]
    [InlineData("anthropic", "claude-sonnet-4-5", "/v1/messages", true)]
    [InlineData("anthropic", "claude-sonnet-4-5", "/v1/chat/completions", false)]
    [InlineData("aws.bedrock", "us.anthropic.claude-haiku-4-5-20251001-v1:0", "/v1/chat/completions", true)]
    [InlineData("aws.bedrock", "amazon.nova-pro-v1:0", "/v1/responses", false)]
    [InlineData("gcp.vertex_ai", "claude-sonnet-4-5", "/v1/messages", false)]
    [InlineData("azure", "claude-sonnet-4-5", "/v1/messages", false)]
    [InlineData("copilot", "claude-sonnet-4.5", "/v1/chat/completions", true)]
    [InlineData("custom", "claude-sonnet-4-5", "/v1/messages", true)]
    public static void Claude_and_Bedrock_exclude_cached_tokens(string provider, string model, string path, bool streaming)
    {
        var usage = Anthropic with { Provider = provider, Model = model, Path = path, Streaming = streaming };

        Assert.Equal(
            new BillableUsage { UncachedInput = 60, CacheRead = 4096, CacheWrite = 700, Output = 31 },
            Samples.Complete(usage));
    }

    [Fact]
    public static void Geminis_thinking_is_in_the_total_only()
    {
        var usage = OpenAi with
        {
            Provider = "gcp.gemini", Model = "gemini-2.5-flash", Input = 60, CacheRead = 0, Output = 31, Total = 591,
        };

        Assert.Equal(531, Samples.Complete(usage).TotalOutput);
    }

    [Fact]
    public static void Vertex_logs_output_without_thoughts()
    {
        var usage = OpenAi with
        {
            Provider = "gcp.vertex_ai", Model = "gemini-2.5-pro", Input = 600, CacheRead = 512, Output = 31, Total = 1131,
            Reasoning = 500,
        };
        var expected = new BillableUsage { UncachedInput = 88, CacheRead = 512, Output = 31, Reasoning = 500 };

        Assert.Equal(expected, Samples.Complete(usage));
        Assert.Equal(expected, Samples.Complete(usage with { Total = null }));
        Assert.Equal(expected, Samples.Complete(usage with { GatewayVersion = "1.5.0", Output = 531 }));
        Assert.Equal(expected, Samples.Complete(usage with { GatewayVersion = "1.5.0", Output = 531, Total = null }));
    }

    [Fact]
    public static void A_custom_provider_that_reports_reasoning_beside_its_output_is_billed_for_both()
    {
        var xai = OpenAi with { Provider = "xai", Model = "grok-4", CacheRead = 0, Input = 60, Output = 31, Reasoning = 500 };

        Assert.Equal(531, Samples.Complete(xai with { Total = 591 }).TotalOutput);
        Assert.Equal(531, Samples.Complete(xai with { Total = null }).TotalOutput);
        Assert.Equal(31, Samples.Complete(xai with { Total = 91, Reasoning = 20 }).TotalOutput);
    }

    [Fact]
    public static void A_total_never_makes_Geminis_output_less() =>
        Assert.Equal(31, Samples.Complete(OpenAi with { Provider = "gcp.gemini", Model = "gemini-2.5-pro", Total = 0 }).TotalOutput);

    [Theory]
    [InlineData("1.5.0", 4856L, 60L)]
    [InlineData("v1.5.2", 4856L, null)]
    [InlineData("1.5.0", 60L, 60L)]
    public static void From_1_5_on_the_providers_own_count_is_preferred(string version, long input, long? provider)
    {
        var usage = Anthropic with { GatewayVersion = version, Input = input, ProviderInput = provider };

        Assert.Equal(60, Samples.Complete(usage).UncachedInput);
    }

    [Fact]
    public static void From_1_5_on_including_providers_read_as_before()
    {
        Assert.Equal(176, Samples.Complete(OpenAi with { GatewayVersion = "1.5.0" }).UncachedInput);
        Assert.Equal(176, Samples.Complete(OpenAi with { GatewayVersion = "1.5.0", ProviderInput = 1200 }).UncachedInput);
        Assert.Equal(176, Samples.Complete(OpenAi with
        {
            GatewayVersion = "1.5.0", Path = "/v1/messages", Input = 176,
        }).UncachedInput);
    }

    [Theory]
    [InlineData("2.0.0", 4856L)]
    [InlineData("1.6.0-rc1", 4856L)]
    [InlineData(null, 60L)]
    [InlineData("banana", 60L)]
    public static void Versions_nobody_has_seen_are_read_and_flagged(string? version, long input)
    {
        var read = UsageReading.Read(Anthropic with { GatewayVersion = version, Input = input });

        var complete = Assert.IsType<UsageResult.Complete>(read);
        Assert.Equal(60, complete.Usage.UncachedInput);
        Assert.NotNull(complete.Assumption);
    }

    [Fact]
    public static void A_missing_version_with_the_providers_count_is_1_5()
    {
        var read = UsageReading.Read(Anthropic with { GatewayVersion = null, Input = 4856, ProviderInput = 60 });

        Assert.Equal(60, Assert.IsType<UsageResult.Complete>(read).Usage.UncachedInput);
    }

    [Fact]
    public static void A_stream_without_its_total_is_incomplete_with_what_Claude_said_first()
    {
        var cut = UsageReading.Read(Anthropic with { Output = 1, Total = null, CacheCreation = 0 });

        var incomplete = Assert.IsType<UsageResult.Incomplete>(cut);
        Assert.Equal(4156, incomplete.ProvidersInputCount);
        Assert.Equal(1, incomplete.Partial?.Output);
    }

    [Fact]
    public static void A_local_estimate_is_not_the_providers_count()
    {
        var tokenized = UsageReading.Read(new LoggedUsage
        {
            Provider = "openai", Model = "gpt-4o-mini", Path = "/v1/chat/completions", Streaming = true, Input = 55,
        });

        var incomplete = Assert.IsType<UsageResult.Incomplete>(tokenized);
        Assert.Null(incomplete.ProvidersInputCount);
        Assert.Null(incomplete.Partial);
    }

    [Fact]
    public static void No_usage_at_all_is_incomplete() =>
        Assert.IsType<UsageResult.Incomplete>(UsageReading.Read(new LoggedUsage { Provider = "openai", Streaming = false }));

    [Theory]
    [InlineData(14L, "/v1/messages/count_tokens")]
    [InlineData(0L, null)]
    [InlineData(null, "/v1/messages/count_tokens?beta=true")]
    public static void Counting_tokens_is_free(long? count, string? path) =>
        Assert.IsType<UsageResult.NotBilled>(UsageReading.Read(Anthropic with { CountTokens = count, Path = path }));

    [Theory]
    [InlineData("embeddings", null)]
    [InlineData(null, "/openai/v1/embeddings")]
    [InlineData(null, "/v1/rerank")]
    public static void Embeddings_and_rerank_need_no_output(string? operation, string? path)
    {
        var usage = new LoggedUsage { Provider = "openai", Operation = operation, Path = path, Input = 8, Total = 8 };

        Assert.Equal(new BillableUsage { UncachedInput = 8 }, Samples.Complete(usage));
    }

    [Fact]
    public static void Hostile_counts_are_refused_with_a_reason()
    {
        Assert.All(
            new[]
            {
                OpenAi with { Input = -1 },
                OpenAi with { CacheRead = 1201 },
                OpenAi with { CacheRead = 1000, CacheCreation = 201 },
                OpenAi with { Output = long.MaxValue },
                OpenAi with { CacheRead = long.MaxValue, CacheCreation = long.MaxValue },
                OpenAi with { Reasoning = 32 },
                OpenAi with { OutputAudio = 20, OutputImage = 20 },
                Anthropic with { GatewayVersion = "1.5.0", Input = 60 },
                Anthropic with { Total = -5 },
            },
            usage => Assert.NotEmpty(Assert.IsType<UsageResult.Refused>(UsageReading.Read(usage)).Reason));
    }

    [Fact]
    public static void Audio_is_taken_out_of_the_text_counts() =>
        Assert.Equal(
            new BillableUsage { UncachedInput = 900, InputAudio = 300, Output = 20, OutputAudio = 11 },
            Samples.Complete(OpenAi with { CacheRead = 0, InputAudio = 300, OutputAudio = 11 }));
}
