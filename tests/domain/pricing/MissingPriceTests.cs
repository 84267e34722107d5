using AiGateway.Domain.Pricing;

namespace AiGateway.Domain.Tests.Pricing;

/// <summary>A price that is missing is named: the operator reads which one to add.</summary>
public static class MissingPriceTests
{
    private static readonly BillableUsage Every = new()
    {
        UncachedInput = 1, CacheRead = 1, CacheWrite = 1, Output = 1, Reasoning = 1, InputAudio = 1, OutputAudio = 1, OutputImage = 1,
    };

    public static TheoryData<string, BillableUsage, string> Missing => new()
    {
        { "standard image_in=1", new() { UncachedInput = 1 }, "input tokens" },
        { "standard image_in=1", new() { CacheRead = 1 }, "input tokens" },
        { "standard image_in=1", new() { CacheWrite = 1 }, "input tokens" },
        { "standard image_in=1", new() { Output = 1 }, "output tokens" },
        { "standard image_in=1", new() { InputAudio = 1 }, "audio input tokens" },
        { "standard image_in=1", new() { OutputAudio = 1 }, "audio output tokens" },
        { "standard image_in=1", new() { OutputImage = 1 }, "image output tokens" },
        { "standard image_in=1", new() { Reasoning = 1 }, "reasoning tokens" },
        { "standard image_in=1", Every, "input tokens" },
        { "standard in=1", Every, "output tokens" },
        { "standard in=1 out=1", Every, "audio input tokens" },
        { "standard in=1 out=1 audio_in=1", Every, "audio output tokens" },
        { "standard in=1 out=1 audio_in=1 audio_out=1", Every, "image output tokens" },
        { "standard in=1 audio_in=1 audio_out=1 image_out=1", Every with { Output = 0 }, "reasoning tokens" },
        { "other output_cost_per_image=0.04", Every, "tokens" },
        { "priority in=1 out=1", Every, "the service tier 'standard'" },
    };

    [Theory]
    [MemberData(nameof(Missing))]
    public static void The_kind_that_has_no_price_is_named(string cards, BillableUsage usage, string what) =>
        Assert.Equal($"openai m has no known price for {what}.", Refused(Samples.Price(cards), usage, null));

    [Theory]
    [InlineData("scale", "scale")]
    [InlineData("4444444444444444444444444444444444444444", "4444444444444444444444444444444444444444")]
    [InlineData("44444444444444444444444444444444444444445", "4444444444444444444444444444444444444444…")]
    [InlineData("flex", "flex")]
    public static void A_tier_without_a_price_is_named_at_bounded_length(string tier, string shown) => Assert.Equal(
        $"openai m has no known price for the service tier '{shown}'.",
        Refused(Samples.Price("standard in=1 out=1"), Every, tier));

    [Fact]
    public static void What_was_not_used_needs_no_price()
    {
        Assert.Equal("2", Cost("standard out=2", new() { Output = 1_000_000 }));
        Assert.Equal("3", Cost("standard reasoning=3", new() { Reasoning = 1_000_000 }));
        Assert.Equal("0", Cost("standard image_in=1", new()));
        Assert.Equal("9", Cost("standard in=1 audio_in=9", new() { InputAudio = 1_000_000 }, "gcp.gemini"));
    }

    /// <summary>Only rerank is sold by the request alone: of any other model a fee is a part of its price.</summary>
    [Fact]
    public static void A_fee_alone_is_the_price_of_a_rerank_that_was_answered()
    {
        var rerank = Samples.Price("fee request=0.002") with { Kind = ModelKind.Rerank };

        Assert.Equal("0.002", Samples.Cost(rerank, new() { UncachedInput = 5 }).Total.ToString());
        Assert.EndsWith("for tokens.", Refused(rerank, new(), null), StringComparison.Ordinal);
        Assert.EndsWith("for tokens.", Refused(rerank with { Kind = ModelKind.Chat }, Every, null), StringComparison.Ordinal);
        Assert.EndsWith("for tokens.", Refused(rerank with { RequestFeeUsd = null }, Every, null), StringComparison.Ordinal);
    }

    private static string Cost(string cards, BillableUsage usage, string provider = "openai") =>
        Samples.Cost(Samples.Price(cards, provider), usage).Total.ToString();

    private static string Refused(ModelPrice price, BillableUsage usage, string? tier) =>
        Assert.IsType<Outcome<CostBreakdown>.Failed>(price.CostOf(usage, tier)).Problem.Message;
}
