using AiGateway.Domain.Pricing;

namespace AiGateway.Domain.Tests.Pricing;

/// <summary>
/// Worked out by hand from the providers' own price pages, as they stood on the days named; each row's arithmetic is in
/// its comment, in USD per million tokens.
/// </summary>
public static class GoldenCasesTests
{
    // platform.claude.com/docs/en/about-claude/pricing (2026-08): model table, prompt caching, long context, batch.
    public static TheoryData<string, string, Tokens, string?, string> Anthropic() => new()
    {
        // Sonnet 4.5: 1,000,000 × 3 + 1,000,000 × 15, below the long-context bound in two halves.
        { "anthropic", "claude-sonnet-4-5", new(200_000, 0, 0, 100_000), null, "2.1" },
        // 200,001 input tokens: the whole request at 6 and 22.50.
        { "anthropic", "claude-sonnet-4-5", new(200_001, 0, 0, 100_000), null, "3.450006" },
        // Cached tokens count for the bound: 100,000 × 6 + 100,000 × 0.60 + 1 × 7.50 + 1,000 × 22.50.
        { "anthropic", "claude-sonnet-4-5", new(100_000, 100_000, 1, 1_000), null, "0.6825075" },
        // 60 × 3 + 4,096 × 0.30 + 700 × 3.75 + 31 × 15.
        { "anthropic", "claude-sonnet-4-5", new(60, 4_096, 700, 31), null, "0.0044988" },
        // Batch: half of 1,000 × 3 + 1,000 × 15.
        { "anthropic", "claude-sonnet-4-5", new(1_000, 0, 0, 1_000), "batch", "0.009" },
        // Priority capacity is committed in advance; per token the page has standard prices only.
        { "anthropic", "claude-sonnet-4-5", new(1_000, 0, 0, 1_000), "priority", "0.018" },
        // Haiku 4.5: 1,000 × 1 + 2,000 × 0.10 + 300 × 1.25 + 400 × 5.
        { "anthropic", "claude-haiku-4-5-20251001", new(1_000, 2_000, 300, 400), "standard", "0.003575" },
        // Opus 4.8: 1,000 × 5 + 1,000 × 25, flat over 1M tokens of context.
        { "anthropic", "claude-opus-4-8", new(900_000, 0, 0, 1_000), null, "4.525" },
        // Sonnet 5: 1,000 × 2 + 1,000 × 10; the increase announced for 2026-09-01 was withdrawn.
        { "anthropic", "claude-sonnet-5", new(1_000, 0, 0, 1_000), null, "0.012" },
        // Sonnet 5.5 since 2026-10-07: 1,000 × 2 + 10,000 × 0.10 + 1,000 × 2.50 + 1,000 × 10.
        { "anthropic", "claude-sonnet-5-5", new(1_000, 10_000, 1_000, 1_000), null, "0.0155" },
        // Opus 5.5: 1,000 × 4 + 10,000 × 0.20 + 1,000 × 5 + 1,000 × 20.
        // Haiku 5.5: up to 100,000 tokens 0.10 and 0.50, above 0.50 and 2.50.
        { "anthropic", "claude-haiku-5-5", new(100_000, 0, 0, 1_000), null, "0.0105" },
        { "anthropic", "claude-haiku-5-5", new(100_001, 0, 0, 1_000), null, "0.0525005" },
        { "anthropic", "claude-opus-5", new(1_000, 1_000, 1_000, 1_000), null, "0.03675" },
    };

    // developers.openai.com/api/docs/pricing (2026-07): standard, cached input, priority, flex, batch, long context.
    public static TheoryData<string, string, Tokens, string?, string> OpenAi() => new()
    {
        // gpt-4o-mini: 176 × 0.15 + 1,024 × 0.075 + 31 × 0.60.
        { "openai", "gpt-4o-mini-2024-07-18", new(176, 1_024, 0, 31), null, "0.0001218" },
        // Priority: 60 × 0.25 + 31 × 1.00.
        { "openai", "gpt-4o-mini-2024-07-18", new(60, 0, 0, 31), "priority", "0.000046" },
        // gpt-5-mini: 1,000 × 0.25 + 9,000 × 0.025 + 500 × 2.
        { "openai", "gpt-5-mini-2025-08-07", new(1_000, 9_000, 0, 500), "default", "0.001475" },
        // Flex: half.
        { "openai", "gpt-5-mini", new(1_000, 9_000, 0, 500), "flex", "0.0007375" },
        // gpt-5.4, 272,000 tokens: × 2.50 and 1,000 × 15; one more: × 5 and × 22.50.
        { "openai", "gpt-5.4", new(272_000, 0, 0, 1_000), null, "0.695" },
        { "openai", "gpt-5.4", new(272_001, 0, 0, 1_000), null, "1.382505" },
        // o4-mini, reasoning is output: 60 × 1.10 + 900 × 4.40.
        { "openai", "o4-mini-2025-04-16", new(60, 0, 0, 900), null, "0.004026" },
        // text-embedding-3-small: 8 × 0.02.
        { "openai", "text-embedding-3-small", new(8, 0, 0, 0), null, "0.00000016" },
        // gpt-5.6-luna since 2026-07-30: 1,000 × 0.20 + 1,000 × 0.02 + 1,000 × 0.25 + 1,000 × 1.20.
        { "openai", "gpt-5.6-luna", new(1_000, 1_000, 1_000, 1_000), null, "0.00167" },
    };

    // ai.google.dev/gemini-api/docs/pricing (2026-08): output includes thinking; prompts over 200k tokens.
    public static TheoryData<string, string, Tokens, string?, string> Gemini() => new()
    {
        // 2.5 Flash: 60 × 0.30 + 531 × 2.50.
        { "gcp.gemini", "gemini-2.5-flash", new(60, 0, 0, 531), null, "0.0013455" },
        // 2.5 Flash cached: 88 × 0.30 + 512 × 0.03 + 31 × 2.50.
        { "gcp.gemini", "gemini-2.5-flash", new(88, 512, 0, 31), null, "0.00011926" },
        // 2.5 Pro: 200,000 × 1.25 + 1,000 × 10; one more: × 2.50 and × 15.
        { "gcp.gemini", "gemini-2.5-pro", new(200_000, 0, 0, 1_000), null, "0.26" },
        { "gcp.gemini", "gemini-2.5-pro", new(200_001, 0, 0, 1_000), null, "0.5150025" },
        { "gcp.vertex_ai", "gemini-2.5-pro", new(88, 512, 0, 531), null, "0.005484" },
        // 3.6 Flash, introductory price until 2026-12-31: 1,000 × 0.75 + 1,000 × 3.75.
        { "gcp.gemini", "gemini-3.6-flash", new(1_000, 0, 0, 1_000), null, "0.0045" },
        { "gcp.gemini", "gemini-embedding-001", new(1_000, 0, 0, 0), null, "0.00015" },
    };

    // aws.amazon.com/bedrock/pricing and the page above, "third-party platforms" (2026-08): from Claude 4.5 on, in-region
    // and geographic endpoints cost 10 % more than the global one.
    public static TheoryData<string, string, Tokens, string?, string> Bedrock() => new()
    {
        // Sonnet 4.5: global 3 and 15; us. and in-region 3.30 and 16.50.
        { "aws.bedrock", "global.anthropic.claude-sonnet-4-5-20250929-v1:0", new(1_000, 0, 0, 1_000), null, "0.018" },
        { "aws.bedrock", "us.anthropic.claude-sonnet-4-5-20250929-v1:0", new(1_000, 0, 0, 1_000), null, "0.0198" },
        { "aws.bedrock", "anthropic.claude-sonnet-4-5-20250929-v1:0", new(1_000, 0, 0, 1_000), null, "0.0198" },
        { "aws.bedrock", "eu.anthropic.claude-sonnet-4-5-20250929-v1:0", new(1_000, 0, 0, 1_000), null, "0.0198" },
        { "aws.bedrock", "jp.anthropic.claude-sonnet-4-5-20250929-v1:0", new(1_000, 0, 0, 1_000), null, "0.0198" },
        // Haiku 4.5, us.: 60 × 1.10 + 2,048 × 0.11 + 128 × 1.375 + 31 × 5.50.
        { "aws.bedrock", "us.anthropic.claude-haiku-4-5-20251001-v1:0", new(60, 2_048, 128, 31), null, "0.00063778" },
        { "aws.bedrock", "global.anthropic.claude-haiku-4-5-20251001-v1:0", new(60, 0, 0, 31), null, "0.000215" },
        { "aws.bedrock", "anthropic.claude-haiku-4-5-20251001-v1:0", new(60, 0, 0, 31), null, "0.0002365" },
        // Opus 4.8, in-region: 1,000 × 5.50 + 1,000 × 27.50. Sonnet 5: 2.20 and 11, global 2 and 10.
        { "aws.bedrock", "anthropic.claude-opus-4-8", new(1_000, 0, 0, 1_000), null, "0.033" },
        { "aws.bedrock", "us.anthropic.claude-sonnet-5", new(1_000, 0, 0, 1_000), null, "0.0132" },
        { "aws.bedrock", "global.anthropic.claude-sonnet-5", new(1_000, 0, 0, 1_000), null, "0.012" },
        // Nova Pro: 1,000 × 0.80 + 1,000 × 0.20 + 1,000 × 3.20; writing to the cache costs nothing extra.
        { "aws.bedrock", "amazon.nova-pro-v1:0", new(1_000, 1_000, 1_000, 1_000), null, "0.005" },
        // Rerank: 0.002 per query.
        { "aws.bedrock", "cohere.rerank-v3-5:0", new(100, 0, 0, 0), null, "0.002" },
        // The OpenAI-compatible endpoint: 60 × 2.75 + 31 × 16.50.
        { "bedrock-mantle", "openai.gpt-5.4", new(60, 0, 0, 31), null, "0.0006765" },
    };

    // Prices that change by date, as the providers announced them: the last moment before, and the first after.
    public static TheoryData<string, string, string, string> Dated() => new()
    {
        { "openai", "gpt-5.6-luna", "2026-07-29T23:59:59Z", "0.007" },
        { "openai", "gpt-5.6-luna", "2026-07-30T00:00:00Z", "0.0014" },
        { "openai", "o3", "2025-06-09T23:59:59Z", "0.05" },
        { "openai", "o3-2025-04-16", "2025-06-10T00:00:00Z", "0.01" },
        { "anthropic", "claude-sonnet-5", "2026-08-31T23:59:59Z", "0.012" },
        { "anthropic", "claude-sonnet-5", "2026-09-01T00:00:00Z", "0.012" },
        { "gcp.gemini", "gemini-3.6-flash", "2026-12-31T23:59:59Z", "0.0045" },
        { "gcp.gemini", "gemini-3.6-flash", "2027-01-01T00:00:00Z", "0.009" },
        { "bedrock-mantle", "openai.gpt-5.6-terra", "2026-07-29T23:59:59Z", "0.01925" },
        { "bedrock-mantle", "openai.gpt-5.6-terra", "2026-07-30T00:00:00Z", "0.0154" },
    };

    [Theory]
    [MemberData(nameof(Dated))]
    public static void A_thousand_tokens_each_way_cost_what_was_in_force(
        string provider, string model, string at, string expected)
    {
        var found = Assert.IsType<PriceLookup.Found>(Samples.Find(provider, model, at: DateTimeOffset.Parse(at)));

        Assert.Equal(expected, Samples.Cost(found.Price, new Tokens(1_000, 0, 0, 1_000).Usage).Total.ToString());
    }

    [Theory]
    [MemberData(nameof(Anthropic))]
    [MemberData(nameof(OpenAi))]
    [MemberData(nameof(Gemini))]
    [MemberData(nameof(Bedrock))]
    public static void Costs_what_the_providers_page_says(
        string provider, string model, Tokens tokens, string? tier, string expected)
    {
        var query = new PriceQuery(provider, model, null, Samples.Now, tier);

        var found = Assert.IsType<PriceLookup.Found>(PriceBook.Default.Find(query));
        var cost = Assert.IsType<Outcome<CostBreakdown>.Ok>(found.Price.CostOf(tokens.Usage, tier)).Value;

        Assert.Equal(FoundBy.Exact, found.How);
        Assert.Equal(expected, cost.Total.ToString());
    }

    /// <summary>Uncached input, cache read, cache write and output.</summary>
    public sealed record Tokens(long Input, long CacheRead, long CacheWrite, long Output)
    {
        internal BillableUsage Usage => new()
        {
            UncachedInput = Input, CacheRead = CacheRead, CacheWrite = CacheWrite, Output = Output,
        };
    }
}
