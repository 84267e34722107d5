using AiGateway.Domain.Pricing;

namespace AiGateway.Domain.Tests.Pricing;

public static class PriceOverrideTests
{
    private static readonly DateOnly November = new(2026, 11, 1);

    private static readonly ModelPrice Negotiated = Samples.Price("standard in=1 out=2", "openai", "gpt-4o");

    [Fact]
    public static void A_negotiated_rate_wins_over_the_book_from_its_day_on()
    {
        var book = PriceBook.Default.With([new("openai", "gpt-4o", November, new OverrideTerms.Rates(Negotiated))]);

        Assert.Equal((FoundBy.Override, 0.000001m), Input(book, "openai", "gpt-4o", "2026-11-01"));
        Assert.Equal((FoundBy.Exact, 0.0000025m), Input(book, "openai", "gpt-4o", "2026-10-31"));
        Assert.Equal((FoundBy.Exact, 0.0000025m), Input(PriceBook.Default, "openai", "gpt-4o", "2026-11-01"));
    }

    [Fact]
    public static void An_override_of_the_request_model_prices_a_private_name()
    {
        var book = PriceBook.Default.With([new("azure", "prod-gpt-4o", November, new OverrideTerms.Rates(Negotiated))]);
        var query = new PriceQuery("azure", "gpt-4o-2024-11-20", "prod-gpt-4o", Samples.Now, null);

        Assert.Equal(FoundBy.Override, Assert.IsType<PriceLookup.Found>(book.Find(query)).How);
    }

    [Fact]
    public static void An_application_inference_profile_is_mapped_to_its_model()
    {
        const string Arn = "arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/abc123def456";
        var terms = new OverrideTerms.SameAs("aws.bedrock", "us.anthropic.claude-haiku-4-5-20251001-v1:0");
        var book = PriceBook.Default.With([new("aws.bedrock", Arn, November, terms)]);

        Assert.Equal((FoundBy.Override, 0.0000011m), Input(book, "aws.bedrock", Arn, "2026-11-21"));
    }

    [Fact]
    public static void A_discount_applies_to_every_rate_of_the_provider_and_ends()
    {
        var book = PriceBook.Default.With(
        [
            new("openai", "*", November, new OverrideTerms.Discount(12.5m)),
            new("openai", "*", November.AddDays(14), new OverrideTerms.Ended()),
            new("openai", "gpt-4o-mini", November, new OverrideTerms.Discount(50m)),
        ]);

        Assert.Equal((FoundBy.Override, 0.0000021875m), Input(book, "openai", "gpt-4o", "2026-11-14"));
        Assert.Equal((FoundBy.Exact, 0.0000025m), Input(book, "openai", "gpt-4o", "2026-11-15"));
        Assert.Equal((FoundBy.Override, 0.000000075m), Input(book, "openai", "gpt-4o-mini", "2026-11-21"));
        Assert.Equal((FoundBy.Exact, 0.000003m), Input(book, "anthropic", "claude-sonnet-4-5", "2026-11-14"));
    }

    [Fact]
    public static void A_discounted_cost_is_still_an_exact_sum()
    {
        var book = PriceBook.Default.With([new("openai", "*", November, new OverrideTerms.Discount(33.333333m))]);
        var found = (PriceLookup.Found)book.Find(new PriceQuery("openai", "gpt-4o-mini", null, Samples.Now, null));
        var one = new BillableUsage { UncachedInput = 7, CacheRead = 11, Output = 13 };

        Assert.Equal(
            Samples.Cost(found.Price, one + one).Total,
            Samples.Cost(found.Price, one).Total + Samples.Cost(found.Price, one).Total);
    }

    [Fact]
    public static void An_unknown_model_stays_unknown_under_a_discount()
    {
        var book = PriceBook.Default.With([new("openai", "*", November, new OverrideTerms.Discount(10m))]);

        Assert.IsType<PriceLookup.Unknown>(book.Find(new PriceQuery("openai", "gpt-99", null, Samples.Now, null)));
    }

    [Fact]
    public static void Without_a_provider_overrides_of_private_providers_count_too()
    {
        var dear = Samples.Price("standard in=900 out=900", "house", "gpt-4o");
        var book = PriceBook.Default.With([new("house", "gpt-4o", November, new OverrideTerms.Rates(dear))]);

        var found = (PriceLookup.Found)book.Find(new PriceQuery(null, "gpt-4o", null, Samples.Now, null));
        Assert.Equal("house", found.Price.Provider);
    }

    private static (FoundBy How, decimal? Input) Input(PriceBook book, string provider, string model, string day)
    {
        var query = new PriceQuery(provider, model, null, DateTimeOffset.Parse(day + "T00:00:00Z"), null);
        var found = Assert.IsType<PriceLookup.Found>(book.Find(query));
        return (found.How, found.Price.Standard?.Input);
    }
}
