using AiGateway.Domain.Pricing;

namespace AiGateway.Domain.Tests.Pricing;

/// <summary>The dearest that a request may be billed at bounds its hold (T93).</summary>
public static class HoldPricesTests
{
    private const string Cards =
        "standard in=3 out=15 cache_read=0.3 cache_write=3.75 cache_write_1h=6; "
        + "standard>200000 in=6 out=22.5 cache_read=0.6 cache_write=7.5 cache_write_1h=12; "
        + "priority in=10 out=40; flex in=1 out=5";

    [Theory]
    [InlineData(null, 3, 12, 15, 40)]
    [InlineData("auto", 3, 12, 15, 40)]
    [InlineData("whatever", 3, 12, 15, 40)]
    [InlineData("default", 3, 12, 15, 22.5)]
    [InlineData("priority", 10, 12, 40, 40)]
    [InlineData("flex", 1, 12, 5, 22.5)]
    public static void Takes_the_dearest_card_that_may_be_billed(
        string? tier, decimal input, decimal dearestInput, decimal output, decimal dearestOutput)
    {
        var hold = Samples.Price(Cards).ForHold(tier);

        Assert.Equal(
            new HoldPrices(
                input / 1_000_000m, dearestInput / 1_000_000m, output / 1_000_000m, dearestOutput / 1_000_000m, Usd.Zero),
            hold);
    }

    [Fact]
    public static void Audio_images_and_reasoning_count()
    {
        var hold = Samples.Price("standard in=1 out=2 audio_in=9 image_in=4 reasoning=3 audio_out=8 image_out=30").ForHold(null);

        Assert.Equal((0.000009m, 0.00003m), (hold?.DearestInputUsdPerToken, hold?.DearestOutputUsdPerToken));
    }

    [Theory]
    [InlineData("standard in=1")]
    [InlineData("standard out=1")]
    [InlineData("other output_cost_per_image=0.04")]
    public static void A_row_that_cannot_bound_a_request_has_none(string cards) =>
        Assert.Null(Samples.Price(cards).ForHold(null));

    [Fact]
    public static void Embeddings_answer_without_output()
    {
        var embedding = Samples.Price("standard in=0.02") with { Kind = ModelKind.Embedding };

        Assert.Equal(0m, embedding.ForHold(null)?.DearestOutputUsdPerToken);
    }

    [Fact]
    public static void Every_price_of_the_book_is_within_its_hold()
    {
        Assert.All(
            PriceBook.Default.Rows.Where(row => row.ForHold(null) is not null),
            row =>
            {
                var hold = row.ForHold(null)!;
                Assert.All(row.Cards, card =>
                {
                    Assert.True((card.Rates.Input ?? 0m) <= hold.DearestInputUsdPerToken);
                    Assert.True((card.Rates.CacheWrite ?? 0m) <= hold.DearestInputUsdPerToken);
                    Assert.True((card.Rates.CacheRead ?? 0m) <= hold.DearestInputUsdPerToken);
                    Assert.True((card.Rates.Output ?? 0m) <= hold.DearestOutputUsdPerToken);
                });
            });
    }

    [Theory]
    [InlineData(199_999L, 12, 20)]
    [InlineData(200_000L, 12, 20)]
    [InlineData(200_001L, 24, 30)]
    [InlineData(null, 24, 30)]
    public static void A_context_tier_that_the_input_cannot_reach_is_not_billed(long? inputMost, int dearestInput, int dearestOutput)
    {
        const string Tiered = "standard in=10 out=20 cache_write=12; standard>200000 in=20 out=30 cache_write=24";

        var hold = Samples.Price(Tiered).ForHold("standard", inputMost)!;

        Assert.Equal((dearestInput, dearestOutput), (Million(hold.DearestInputUsdPerToken), Million(hold.DearestOutputUsdPerToken)));
    }

    private static int Million(decimal usdPerToken) => (int)(usdPerToken * 1_000_000m);
}
