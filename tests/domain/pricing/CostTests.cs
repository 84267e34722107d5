using AiGateway.Domain.Pricing;

namespace AiGateway.Domain.Tests.Pricing;

/// <summary>Free is not unknown (T33): a price that is missing makes the cost unknown, never zero.</summary>
public static class CostTests
{
    private static readonly BillableUsage Usage = new() { UncachedInput = 1_000_000, Output = 1_000_000 };

    [Theory]
    [InlineData("standard in=1", "output tokens")]
    [InlineData("standard out=1", "input tokens")]
    [InlineData("priority in=1 out=1", "service tier")]
    [InlineData("other output_cost_per_image=0.04", "tokens")]
    public static void A_missing_price_is_unknown(string cards, string what)
    {
        var cost = Samples.Price(cards).CostOf(Usage, null);

        var failed = Assert.IsType<Outcome<CostBreakdown>.Failed>(cost);
        Assert.Equal("price_missing", failed.Problem.Code);
        Assert.Contains(what, failed.Problem.Message);
    }

    [Fact]
    public static void A_missing_price_of_a_kind_that_was_not_used_does_not_matter() =>
        Assert.Equal("1", Samples.Cost(Samples.Price("standard in=1"), new() { UncachedInput = 1_000_000 }).Total.ToString());

    [Fact]
    public static void Audio_and_images_without_a_price_are_unknown()
    {
        var price = Samples.Price("standard in=1 out=1");

        Assert.IsType<Outcome<CostBreakdown>.Failed>(price.CostOf(new() { InputAudio = 1 }, null));
        Assert.IsType<Outcome<CostBreakdown>.Failed>(price.CostOf(new() { OutputAudio = 1 }, null));
        Assert.IsType<Outcome<CostBreakdown>.Failed>(price.CostOf(new() { OutputImage = 1 }, null));
    }

    [Fact]
    public static void Audio_and_images_have_prices_of_their_own()
    {
        var price = Samples.Price("standard in=1 out=2 audio_in=3 audio_out=4 image_out=5");
        var usage = new BillableUsage
        {
            UncachedInput = 1_000_000, Output = 1_000_000, InputAudio = 1_000_000, OutputAudio = 1_000_000,
            OutputImage = 1_000_000,
        };

        Assert.Equal("15", Samples.Cost(price, usage).Total.ToString());
    }

    [Fact]
    public static void Google_bills_audio_as_input_where_its_page_names_no_other_price() =>
        Assert.Equal(
            "1", Samples.Cost(Samples.Price("standard in=1 out=2", "gcp.gemini"), new() { InputAudio = 1_000_000 }).Total.ToString());

    [Fact]
    public static void Reasoning_is_output_unless_it_has_its_own_price()
    {
        var usage = new BillableUsage { Output = 1_000_000, Reasoning = 1_000_000 };

        Assert.Equal("4", Samples.Cost(Samples.Price("standard in=1 out=2"), usage).Total.ToString());
        Assert.Equal("5", Samples.Cost(Samples.Price("standard in=1 out=2 reasoning=3"), usage).Total.ToString());
    }

    [Fact]
    public static void Caching_without_a_price_of_its_own_is_plain_input()
    {
        var cost = Samples.Cost(
            Samples.Price("standard in=3 out=2"), new() { CacheRead = 1_000_000, CacheWrite = 1_000_000 });

        Assert.Equal(("6", "0"), (cost.Total.ToString(), cost.CacheSavings.ToString()));
    }

    [Fact]
    public static void Savings_are_negative_when_writes_cost_more_than_reads_save()
    {
        var price = Samples.Price("standard in=4 out=20 cache_read=0.4 cache_write=5");

        Assert.Equal("3.6", Samples.Cost(price, new() { CacheRead = 1_000_000 }).CacheSavings.ToString());
        Assert.Equal("-1", Samples.Cost(price, new() { CacheWrite = 1_000_000 }).CacheSavings.ToString());
        Assert.Equal("2.6", Samples.Cost(price, new() { CacheRead = 1_000_000, CacheWrite = 1_000_000 }).CacheSavings.ToString());
    }

    [Fact]
    public static void The_whole_request_moves_to_a_context_tier()
    {
        var price = Samples.Price("standard in=1 out=10 cache_read=0.1; standard>200000 in=2 out=15");

        Assert.Equal("0.2", Samples.Cost(price, new() { UncachedInput = 200_000 }).Total.ToString());
        Assert.Equal("0.400002", Samples.Cost(price, new() { UncachedInput = 200_001 }).Total.ToString());
        // Cached tokens count for the bound, and keep their base price where the tier names none.
        var cached = new BillableUsage { UncachedInput = 1, CacheRead = 200_000, Output = 1_000_000 };
        Assert.Equal("15.020002", Samples.Cost(price, cached).Total.ToString());
    }

    [Fact]
    public static void A_service_tier_is_billed_at_its_own_card()
    {
        var price = Samples.Price("standard in=1 out=2; priority in=2 out=4; flex in=0.5 out=1; batch in=0.25 out=0.5");

        foreach (var (tier, total) in new[]
        {
            (null, "3"), ("", "3"), ("default", "3"), ("auto", "3"), ("standard", "3"), ("Priority", "6"), ("flex", "1.5"),
            ("batch", "0.75"),
        })
        {
            Assert.Equal(total, Samples.Cost(price, Usage, tier).Total.ToString());
        }
    }

    [Theory]
    [InlineData("scale")]
    [InlineData("reserved")]
    [InlineData("turbo")]
    public static void Prepaid_and_unheard_of_tiers_have_no_price_per_token(string tier) =>
        Assert.IsType<Outcome<CostBreakdown>.Failed>(Samples.Price("standard in=1 out=2").CostOf(Usage, tier));

    [Fact]
    public static void A_tier_that_says_nothing_about_long_contexts_is_unknown_there()
    {
        var price = Samples.Price("standard in=1 out=2; standard>200000 in=2 out=3; flex in=0.5 out=1");

        Assert.Equal("0.1", Samples.Cost(price, new() { UncachedInput = 200_000 }, "flex").Total.ToString());
        Assert.IsType<Outcome<CostBreakdown>.Failed>(price.CostOf(new() { UncachedInput = 200_001 }, "flex"));
    }

    [Fact]
    public static void A_request_fee_is_added_once()
    {
        var price = Samples.Price("standard in=1 out=2; fee request=0.005");

        Assert.Equal("3.005", Samples.Cost(price, Usage).Total.ToString());
        Assert.Equal("0.005", Samples.Cost(price, new()).Total.ToString());
    }

    [Fact]
    public static void Free_is_said_explicitly()
    {
        Assert.True(Samples.Price("standard in=0 out=0").IsFree);
        Assert.False(Samples.Price("standard in=0 out=0.1").IsFree);
        Assert.False(Samples.Price("standard in=0 out=0; fee request=0.002").IsFree);
        Assert.False(Samples.Price("other output_cost_per_image=0.04").IsFree);
        Assert.Equal("0", Samples.Cost(Samples.Price("standard in=0 out=0"), Usage).Total.ToString());
    }

    [Fact]
    public static void The_largest_counts_are_still_exact()
    {
        var usage = new BillableUsage { UncachedInput = BillableUsage.CountMax, Output = BillableUsage.CountMax };
        var price = Samples.Price("standard in=600000.000001 out=0.000001");

        Assert.Equal("600000000002", Samples.Cost(price, usage).Total.ToString());
    }
}
