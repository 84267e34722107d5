using AiGateway.Domain.Pricing;

namespace AiGateway.Domain.Tests.Pricing;

/// <summary>Rates, their cards, and what bounds a hold by each of them.</summary>
public static class RateTests
{
    private static readonly TokenRates One = new()
    {
        Input = 1m, Output = 2m, CacheRead = 3m, CacheWrite = 4m, CacheWriteOneHour = 5m, Reasoning = 6m, InputAudio = 7m,
        OutputAudio = 8m, InputImage = 9m, OutputImage = 10m,
    };

    public static TheoryData<TokenRates> Single => new()
    {
        new TokenRates { Input = 7m }, new TokenRates { Output = 7m }, new TokenRates { CacheRead = 7m }, new TokenRates { CacheWrite = 7m },
        new TokenRates { CacheWriteOneHour = 7m }, new TokenRates { Reasoning = 7m }, new TokenRates { InputAudio = 7m },
        new TokenRates { OutputAudio = 7m }, new TokenRates { InputImage = 7m }, new TokenRates { OutputImage = 7m },
    };

    [Fact]
    public static void A_rate_that_is_named_counts_and_of_one_that_is_not_the_other()
    {
        var other = One.Map(rate => rate * 100m);

        Assert.Equal(One, One.Or(other));
        Assert.Equal(other, new TokenRates().Or(other));
    }

    [Theory]
    [MemberData(nameof(Single))]
    public static void Any_rate_can_be_the_highest_and_none_is_unknown(TokenRates rates)
    {
        Assert.Equal(7m, rates.Highest);
        Assert.Null(new TokenRates().Highest);
        Assert.False(new TokenRates().AllZero);
        Assert.True(rates.Map(_ => 0m).AllZero);
    }

    [Theory]
    [InlineData("cache_write=9", 9, 2)]
    [InlineData("cache_write_1h=9", 9, 2)]
    [InlineData("audio_in=9", 9, 2)]
    [InlineData("image_in=9", 9, 2)]
    [InlineData("reasoning=9", 1, 9)]
    [InlineData("audio_out=9", 1, 9)]
    [InlineData("image_out=9", 1, 9)]
    [InlineData("cache_read=9", 1, 2)]
    public static void Each_kind_that_may_be_billed_bounds_a_hold(string rate, int input, int output)
    {
        var hold = Samples.Price($"standard in=1 out=2 {rate}; fee request=0.5").ForHold("default")!;

        Assert.Equal((input / 1_000_000m, output / 1_000_000m), (hold.DearestInputUsdPerToken, hold.DearestOutputUsdPerToken));
        Assert.Equal("0.5", hold.RequestFee.ToString());
    }

    [Fact]
    public static void A_tier_that_the_row_does_not_sell_is_bounded_as_standard() =>
        Assert.Equal(0.000001m, Samples.Price("standard in=1 out=2").ForHold("flex")!.PlainInputUsdPerToken);

    [Fact]
    public static void A_fee_alone_bounds_what_answers_without_tokens_and_no_other()
    {
        var fee = Samples.Price("fee request=0.002");

        Assert.Equal("0.002", (fee with { Kind = ModelKind.Rerank }).ForHold(null)!.RequestFee.ToString());
        Assert.Null(fee.ForHold(null));
    }

    [Fact]
    public static void Cards_are_sorted_and_a_context_tier_is_completed_from_its_own_tier_only()
    {
        var cards = Samples.Price("priority in=5; standard>200 in=3; standard in=1 cache_read=0.1; standard>100 in=2").Cards;

        Assert.Equal(
            [(ServiceTier.Standard, 0L), (ServiceTier.Standard, 100L), (ServiceTier.Standard, 200L), (ServiceTier.Priority, 0L)],
            cards.Select(card => (card.Tier, card.ContextOver)));
        Assert.Equal([0.0000001m, 0.0000001m, 0.0000001m, null], cards.Select(card => card.Rates.CacheRead));
        Assert.Null(Samples.Price("standard>100 in=2").Standard);
    }

    /// <summary>Where standard moves at a context, a tier that says nothing of it is unknown; where another tier does, it is not.</summary>
    [Fact]
    public static void Only_what_standard_does_at_a_context_leaves_another_tier_unknown()
    {
        Assert.Null(Samples.Price("standard in=1; standard>100 in=2; priority in=5").CardFor(ServiceTier.Priority, 101));
        Assert.NotNull(Samples.Price("standard in=1; flex>100 in=2; priority in=5").CardFor(ServiceTier.Priority, 101));
    }

    [Fact]
    public static void Usage_adds_up_kind_by_kind()
    {
        var usage = new BillableUsage
        {
            UncachedInput = 1, CacheRead = 2, CacheWrite = 4, InputAudio = 8, Output = 16, Reasoning = 32, OutputAudio = 64, OutputImage = 128,
        };

        Assert.Equal((15L, 240L, 255L), (usage.TotalInput, usage.TotalOutput, usage.TotalTokens));
        Assert.Equal(
            new BillableUsage
            {
                UncachedInput = 2, CacheRead = 4, CacheWrite = 8, InputAudio = 16, Output = 32, Reasoning = 64, OutputAudio = 128,
                OutputImage = 256,
            },
            usage + usage);
    }
}
