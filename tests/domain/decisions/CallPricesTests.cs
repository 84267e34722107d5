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

    [Fact]
    public static void What_the_request_does_not_contain_can_lift_it_into_a_dearer_context_tier()
    {
        var row = Row with
        {
            Cards =
            [
                new RateCard(ServiceTier.Standard, 0, new() { Input = 1m, Output = 2m }),
                new RateCard(ServiceTier.Standard, 100, new() { Input = 5m, Output = 7m }),
            ],
        };

        Assert.Equal((1m, 2m), Dearest(row, readsMore: false));
        Assert.Equal((5m, 7m), Dearest(row, readsMore: true));
    }

    [Fact]
    public static void A_row_that_says_it_costs_nothing_is_free_and_one_with_a_price_is_not()
    {
        var free = Of(Row with { Cards = [new RateCard(ServiceTier.Standard, 0, new() { Input = 0m, Output = 0m })] });
        var priced = Of(Row);

        Assert.Equal((true, true), (free.IsFree, free.HasOutput));
        Assert.Equal((false, true), (priced.IsFree, priced.HasOutput));
        Assert.Equal((1_000L, 100L), (free.ContextWindow, free.MaxOutputTokens));
    }

    [Fact]
    public static void A_row_without_a_price_for_a_token_counts_as_none()
    {
        var problem = Refused(PriceBook.Of(Row with { Cards = [], OtherUnits = "output_cost_per_image=0.04" }), Call("openai", "m"));

        Assert.Equal("price_unknown", problem.Code);
        Assert.Equal(
            "The row openai/m 2025-01-01 test RequestModel has no price per token that could bound a request.", problem.Message);
        Assert.Equal("price_unknown", Refused(PriceBook.Of(Row), Call("openai", "another")).Code);
    }

    private static readonly ModelPrice Row = new()
    {
        Provider = "openai",
        Model = "m",
        Source = "test",
        EffectiveFrom = new DateOnly(2025, 1, 1),
        Kind = ModelKind.Chat,
        ContextWindow = 1_000,
        MaxOutputTokens = 100,
        Cards = [new RateCard(ServiceTier.Standard, 0, new() { Input = 1m, Output = 2m })],
    };

    private static (decimal, decimal) Dearest(ModelPrice row, bool readsMore)
    {
        var price = Of(row, Call("openai", "m") with { ReadsMore = readsMore });
        return (price.DearestInputUsdPerToken, price.DearestOutputUsdPerToken);
    }

    private static CallPrice Of(ModelPrice row, GuardedCall? call = null) => Assert.IsType<Outcome<CallPrice>.Ok>(
        CallPrices.Find(PriceBook.Of(row), call ?? Call("openai", "m"), Now, UnknownPricePolicy.Reject)).Value;

    private static Problem Refused(PriceBook book, GuardedCall call) => Assert.IsType<Outcome<CallPrice>.Failed>(
        CallPrices.Find(book, call, Now, UnknownPricePolicy.Reject)).Problem;

    private static GuardedCall Call(string? provider, string model) => new(provider, model, 10, false, 7, 1, null, true);

    private static CallPrice Known(GuardedCall call) => Assert.IsType<Outcome<CallPrice>.Ok>(
        CallPrices.Find(PriceBook.Default, call, Now, UnknownPricePolicy.Reject)).Value;
}
