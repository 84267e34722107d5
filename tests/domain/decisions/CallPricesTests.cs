using AiGateway.Domain.Decisions;
using AiGateway.Domain.Pricing;

namespace AiGateway.Domain.Tests.Decisions;

public static class CallPricesTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public static void An_unknown_model_is_refused_unless_assuming_is_asked_for()
    {
        var call = Call("openai", "no-such-model-anywhere");

        Assert.IsType<Outcome<CallPrice>.Failed>(CallPrices.Find(PriceBook.Default, call, Now, UnknownPricePolicy.Reject));
        var assumed = Assert.IsType<Outcome<CallPrice>.Ok>(
            CallPrices.Find(PriceBook.Default, call, Now, UnknownPricePolicy.Assume)).Value;
        Assert.Contains("Assumed", assumed.Source, StringComparison.Ordinal);
        Assert.True(assumed.DearestOutputUsdPerToken > 0m);
    }

    [Theory]
    [InlineData("openai", "gpt-4o-mini")]
    [InlineData("aws.bedrock", "us.anthropic.claude-haiku-4-5-20251001-v1:0")]
    [InlineData("anthropic", "claude-haiku-4-5")]
    public static void A_known_model_bounds_a_call_and_the_dearest_price_is_no_less_than_the_plain_one(
        string provider, string model)
    {
        var price = Known(Call(provider, model));

        Assert.True(price.PlainInputUsdPerToken > 0m);
        Assert.True(price.DearestInputUsdPerToken >= price.PlainInputUsdPerToken);
        Assert.True(price.DearestOutputUsdPerToken >= price.PlainOutputUsdPerToken);
        Assert.NotNull(price.ContextWindow);
        Assert.NotNull(price.MaxOutputTokens);
    }

    [Fact]
    public static void A_cache_write_is_dearer_than_plain_input_where_the_provider_charges_for_it()
    {
        var price = Known(Call("anthropic", "claude-haiku-4-5"));

        Assert.True(price.DearestInputUsdPerToken > price.PlainInputUsdPerToken, "T93");
    }

    [Fact]
    public static void Without_a_provider_the_dearest_that_knows_the_model_counts()
    {
        var all = Known(Call(null, "claude-haiku-4-5"));

        Assert.True(all.DearestInputUsdPerToken >= Known(Call("anthropic", "claude-haiku-4-5")).DearestInputUsdPerToken);
    }

    [Fact]
    public static void An_embedding_model_has_no_output()
    {
        Assert.False(Known(Call("openai", "text-embedding-3-small")).HasOutput);
    }

    private static GuardedCall Call(string? provider, string model) => new(provider, model, 10, false, 7, 1, null, true);

    private static CallPrice Known(GuardedCall call) => Assert.IsType<Outcome<CallPrice>.Ok>(
        CallPrices.Find(PriceBook.Default, call, Now, UnknownPricePolicy.Reject)).Value;
}
