using AiGateway.Local.Prices;

namespace AiGateway.Local.Tests.Prices;

public static class UnitsTests
{
    [Fact]
    public static void One_price_in_four_units_is_one_price_per_token()
    {
        var expected = new UsdPerToken(0.000003m);

        Assert.Equal(expected, new UsdPerThousandTokens(0.003m).PerToken());
        Assert.Equal(expected, new UsdPerMillionTokens(3m).PerToken());
        Assert.Equal(expected, new CentsPerToken(0.0003m).PerToken());
        Assert.Equal(new UsdPerRequest(0.005m), new UsdPerThousandRequests(5m).PerRequest());
    }

    [Fact]
    public static void Float_noise_is_rounded_away() =>
        Assert.Equal(new UsdPerToken(0.000003m), new UsdPerToken(0.0000029999999999999m).Rounded());

    [Fact]
    public static void A_price_never_becomes_free_by_rounding()
    {
        Assert.Throws<InvalidDataException>(() => new UsdPerToken(0.0000000000001m).Rounded());
        Assert.Equal(new UsdPerToken(0m), new UsdPerToken(0m).Rounded());
    }

    [Theory]
    [InlineData("input_cost_per_token", "Standard", 0, "Input")]
    [InlineData("input_cost_per_token_above_272k_tokens_priority", "Priority", 272_000, "Input")]
    [InlineData("cache_creation_input_token_cost_above_1hr_above_200k_tokens", "Standard", 200_000, "CacheWriteOneHour")]
    [InlineData("output_cost_per_token_batches", "Batch", 0, "Output")]
    [InlineData("cache_read_input_token_cost_flex", "Flex", 0, "CacheRead")]
    public static void LiteLlms_keys_say_tier_context_and_kind(string key, string tier, long over, string rate)
    {
        var field = LiteLlmField.Read(key);

        Assert.Equal((tier, over, rate), (field?.Tier.ToString(), field?.ContextOver, field?.Rate.ToString()));
    }

    [Theory]
    [InlineData("input_cost_per_image")]
    [InlineData("output_cost_per_second")]
    [InlineData("cache_read_input_audio_token_cost")]
    public static void Other_units_are_no_prices_per_token(string key) => Assert.Null(LiteLlmField.Read(key));
}
