using AiGateway.Domain.Pricing;

namespace AiGateway.Domain.Tests.Pricing;

/// <summary>Exact ids first, then documented normalisation, then unknown (T07, T47); each result says how.</summary>
public static class PriceLookupTests
{
    [Theory]
    [InlineData("aws.bedrock", "arn:aws:bedrock:us-east-1:1:inference-profile/us.anthropic.claude-sonnet-4-5-20250929-v1:0",
        "us.anthropic.claude-sonnet-4-5-20250929-v1:0")]
    [InlineData("aws.bedrock", "arn:aws:bedrock:us-east-1::foundation-model/anthropic.claude-sonnet-4-5-20250929-v1:0",
        "anthropic.claude-sonnet-4-5-20250929-v1:0")]
    [InlineData("aws.bedrock", "arn:aws:bedrock:eu-west-2::foundation-model/meta.llama3-70b-instruct-v1:0",
        "eu-west-2/meta.llama3-70b-instruct-v1:0")]
    [InlineData("aws.bedrock", "ca.anthropic.claude-sonnet-4-5-20250929-v1:0", "anthropic.claude-sonnet-4-5-20250929-v1:0")]
    [InlineData("aws.bedrock", "us-gov.anthropic.claude-haiku-4-5-20251001-v1:0",
        "us-gov-west-1/anthropic.claude-haiku-4-5-20251001-v1:0")]
    [InlineData("aws.bedrock", "anthropic.claude-3-5-sonnet-20240620-v1:0:200k", "anthropic.claude-3-5-sonnet-20240620-v1:0")]
    [InlineData("aws.bedrock", "us.anthropic.claude-opus-4-8-v1:0", "us.anthropic.claude-opus-4-8")]
    [InlineData("anthropic", "claude-sonnet-5-20260801", "claude-sonnet-5")]
    [InlineData("anthropic", "Claude-Haiku-4-5-LATEST-20990101", null)]
    [InlineData("gcp.gemini", "models/gemini-2.5-flash", "gemini-2.5-flash")]
    [InlineData("gcp.gemini", "google/gemini-2.5-flash", "gemini-2.5-flash")]
    [InlineData("gcp.gemini", "gemini-2.5-pro-2026-01-31", "gemini-2.5-pro")]
    [InlineData("gcp.gemini", "gemini-2.5-flash-001", "gemini-2.5-flash")]
    [InlineData("gcp.vertex_ai", "publishers/google/models/gemini-2.5-pro", "gemini-2.5-pro")]
    [InlineData("gcp.vertex_ai", "anthropic/claude-sonnet-4-5@20250929", "claude-sonnet-4-5@20250929")]
    [InlineData("openai", "ft:gpt-4o-mini-2024-07-18:acme::abc123", "ft:gpt-4o-mini-2024-07-18")]
    [InlineData("openai", "openai/gpt-5-mini", "gpt-5-mini")]
    [InlineData("openai", " gpt-5-mini ", "gpt-5-mini")]
    public static void Normalises_as_documented_and_says_so(string provider, string model, string? expected)
    {
        var lookup = Samples.Find(provider, model);

        if (expected is null)
        {
            Assert.IsType<PriceLookup.Unknown>(lookup);
            return;
        }

        var found = Assert.IsType<PriceLookup.Found>(lookup);
        Assert.Equal((FoundBy.Normalised, expected), (found.How, found.Price.Model));
    }

    [Theory]
    [InlineData("aws.bedrock", "arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/abc123def456")]
    [InlineData("aws.bedrock", "arn:aws:bedrock:us-east-1:123456789012:provisioned-model/abc123")]
    [InlineData("aws.bedrock", "arn:aws:bedrock:us-east-1:123456789012:imported-model/abc123")]
    [InlineData("aws.bedrock", "arn:aws:sagemaker:us-east-1:1:foundation-model/anthropic.claude-v2:1")]
    [InlineData("aws.bedrock", "us-gov.meta.llama3-3-70b-instruct-v1:0")]
    [InlineData("azure", "prod-gpt-4o")]
    [InlineData("openai", "gpt-99")]
    [InlineData("openai", "somebody/gpt-4o")]
    [InlineData("openai", "")]
    [InlineData("openai", "gpt-4o\u0000")]
    [InlineData("openai", "gpt-4ö")]
    [InlineData("nobody", "gpt-4o")]
    [InlineData("bedrock", "us.anthropic.claude-haiku-4-5-20251001-v1:0")]
    [InlineData("google", "gemini-2.5-pro")]
    public static void Is_unknown_with_a_reason_rather_than_guessed(string provider, string model) =>
        Assert.NotEmpty(Assert.IsType<PriceLookup.Unknown>(Samples.Find(provider, model)).Reason);

    [Fact]
    public static void A_name_of_any_length_is_unknown_and_not_echoed_whole()
    {
        var unknown = Assert.IsType<PriceLookup.Unknown>(Samples.Find("openai", new string('x', 100_000)));

        Assert.True(unknown.Reason.Length < 300);
    }

    [Fact]
    public static void Takes_the_request_model_where_the_response_names_none_that_is_known()
    {
        var stream = Assert.IsType<PriceLookup.Found>(
            Samples.Find("aws.bedrock", null, "us.anthropic.claude-haiku-4-5-20251001-v1:0"));
        var deployment = Assert.IsType<PriceLookup.Found>(Samples.Find("azure", "gpt-4o-2024-11-20", "prod-gpt-4o"));
        var unknownAnswer = Assert.IsType<PriceLookup.Found>(Samples.Find("openai", "gpt-99", "gpt-4o"));

        Assert.Equal(FoundBy.RequestModel, stream.How);
        Assert.Equal(FoundBy.Exact, deployment.How);
        Assert.Equal(FoundBy.RequestModel, unknownAnswer.How);
    }

    [Fact]
    public static void Without_a_provider_the_dearest_that_knows_the_model_counts()
    {
        var book = PriceBook.Of(
            Samples.Price("standard in=1 out=2"),
            Samples.Price("standard in=3 out=9", "azure"),
            Samples.Price("standard in=50 out=90", "azure", "other"));
        var query = new PriceQuery(null, "m", null, Samples.Now, null);

        Assert.Equal("azure", Assert.IsType<PriceLookup.Found>(book.Find(query)).Price.Provider);
        Assert.IsType<PriceLookup.Unknown>(book.Find(query with { ResponseModel = "none" }));
    }

    [Fact]
    public static void Assumes_the_providers_dearest_model_and_says_so()
    {
        var found = Assert.IsType<PriceLookup.Found>(
            PriceBook.Default.FindOrAssume(new PriceQuery("anthropic", "claude-next", null, Samples.Now, null)));
        var dearest = PriceBook.Default.Rows
            .Where(row => row.Provider == "anthropic" && row.EffectiveFrom <= DateOnly.FromDateTime(Samples.Now.UtcDateTime))
            .Max(row => row.Standard?.Output);

        Assert.Equal(FoundBy.Assumed, found.How);
        Assert.Equal(dearest, found.Price.Standard?.Output);
    }

    [Fact]
    public static void Assumes_nothing_for_a_provider_without_prices() =>
        Assert.IsType<PriceLookup.Unknown>(
            PriceBook.Default.FindOrAssume(new PriceQuery("nobody", "m", null, Samples.Now, null)));

    [Theory]
    [InlineData("2025-12-31T23:59:59Z", null)]
    [InlineData("2026-01-01T00:00:00Z", "1")]
    [InlineData("2026-06-30T23:59:59Z", "1")]
    [InlineData("2026-07-01T01:59:59+02:00", "1")]
    [InlineData("2026-07-01T00:00:00Z", "2")]
    public static void Prices_change_at_midnight_in_UTC_and_never_before(string at, string? expected)
    {
        var book = PriceBook.Of(
            Samples.Price("standard in=2 out=2", from: "2026-07-01"), Samples.Price("standard in=1 out=1"));
        var lookup = book.Find(new PriceQuery("openai", "m", null, DateTimeOffset.Parse(at), null));

        Assert.Equal(expected, ((lookup as PriceLookup.Found)?.Price.Standard?.Input * 1_000_000m)?.ToString("0"));
    }

    [Fact]
    public static void An_exact_spelling_wins_over_one_that_differs_in_case()
    {
        var book = PriceBook.Of(
            Samples.Price("standard in=1 out=1", model: "MiniMax-M2"), Samples.Price("standard in=2 out=2", model: "minimax-m2"));

        foreach (var (name, price) in new[] { ("MiniMax-M2", 1m), ("minimax-m2", 2m) })
        {
            var found = Assert.IsType<PriceLookup.Found>(book.Find(new PriceQuery("openai", name, null, Samples.Now, null)));
            Assert.Equal(price / 1_000_000m, found.Price.Standard?.Input);
        }
    }

    [Fact]
    public static void A_region_of_its_own_price_counts_where_the_region_is_known()
    {
        var query = new PriceQuery("aws.bedrock", "meta.llama3-70b-instruct-v1:0", null, Samples.Now, null);

        var plain = Assert.IsType<PriceLookup.Found>(PriceBook.Default.Find(query));
        var london = Assert.IsType<PriceLookup.Found>(PriceBook.Default.Find(query with { Region = "eu-west-2" }));

        Assert.Equal(2.65m, plain.Price.Standard?.Input * 1_000_000m);
        Assert.Equal(3.45m, london.Price.Standard?.Input * 1_000_000m);
    }

    [Fact]
    public static void Looking_up_and_pricing_a_line_allocates_no_more_than_the_result()
    {
        var query = new PriceQuery("aws.bedrock", null, "us.anthropic.claude-haiku-4-5-20251001-v1:0", Samples.Now, null);
        var usage = new BillableUsage { UncachedInput = 60, CacheRead = 2048, Output = 31 };
        Price(query, usage);
        GC.Collect();

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var round = 0; round < 1_000; round++)
        {
            Price(query, usage);
        }

        // Found, the breakdown with its nine amounts, and the outcome around it.
        Assert.InRange((GC.GetAllocatedBytesForCurrentThread() - before) / 1_000, 1, 320);
    }

    private static void Price(PriceQuery query, BillableUsage usage)
    {
        var found = (PriceLookup.Found)PriceBook.Default.Find(query);
        Assert.IsType<Outcome<CostBreakdown>.Ok>(found.Price.CostOf(usage, null));
    }
}
