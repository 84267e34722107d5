using AiGateway.Domain.Budgets;
using AiGateway.Domain.Decisions;
using AiGateway.Tests;
using FsCheck;
using FsCheck.Fluent;

namespace AiGateway.Domain.Tests.Decisions;

/// <summary>How much is held: design.md, "How much is held", row by row. Prices in micro-dollars to keep the sums
/// readable.</summary>
public static class HoldCalculationTests
{
    private static readonly CallPrice Price = new(
        "row", 1m, 2m, 3m, 5m, RequestFeeUsd: 0m, ContextWindow: 1_000, MaxOutputTokens: 100, HasOutput: true, IsFree: false);

    private static readonly GuardedCall Call = new(
        "openai", "gpt", SizeBytes: 10, ReadsMore: false, MaxTokens: 7, Choices: 1, ServiceTier: null, HasOutput: true);

    public static TheoryData<string, HoldMode, GuardedCall, CallPrice, long, long, string> Rows => new()
    {
        { "a token a byte, at the dearest prices", HoldMode.WorstCase, Call, Price, 10, 7, "55" },
        { "no more than the context window", HoldMode.WorstCase, Call with { SizeBytes = 5_000 }, Price, 1_000, 7, "2035" },
        { "the bytes where the window is unknown", HoldMode.WorstCase, Call with { SizeBytes = 5_000 }, Price with { ContextWindow = null }, 5_000, 7, "10035" },
        { "the context window for external input", HoldMode.WorstCase, Call with { ReadsMore = true }, Price, 1_000, 7, "2035" },
        { "no limit: the model's", HoldMode.WorstCase, Call with { MaxTokens = 0 }, Price, 10, 100, "520" },
        { "a larger limit than the model's", HoldMode.WorstCase, Call with { MaxTokens = 5_000 }, Price, 10, 100, "520" },
        { "the client's limit where the model's is unknown", HoldMode.WorstCase, Call, Price with { MaxOutputTokens = null }, 10, 7, "55" },
        { "every choice", HoldMode.WorstCase, Call with { Choices = 3 }, Price, 10, 7, "125" },
        { "a request's fee", HoldMode.WorstCase, Call, Price with { RequestFeeUsd = 0.5m }, 10, 7, "55.5" },
        { "an embedding has no output", HoldMode.WorstCase, Call with { HasOutput = false, MaxTokens = 0 }, Price, 10, 0, "20" },
        { "nor has an embedding model", HoldMode.WorstCase, Call, Price with { HasOutput = false, MaxOutputTokens = null }, 10, 0, "20" },
        { "an empty request", HoldMode.WorstCase, Call with { SizeBytes = 0 }, Price, 0, 7, "35" },
        { "four bytes a token, at the plain prices", HoldMode.Expected, Call, Price, 3, 7, "24" },
        { "some tokens for external input", HoldMode.Expected, Call with { ReadsMore = true }, Price, 53, 7, "74" },
        { "never above the window", HoldMode.Expected, Call with { SizeBytes = 90_000, ReadsMore = true }, Price, 1_000, 7, "1021" },
        { "external input of an unknown window", HoldMode.Expected, Call with { ReadsMore = true }, Price with { ContextWindow = null }, 53, 7, "74" },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public static void Holds_exactly_what_the_design_says(
        string what, HoldMode mode, GuardedCall call, CallPrice price, long input, long output, string usd)
    {
        var hold = Held(call, price, mode);

        Assert.Equal((what, usd), (what, hold.Amount.ToString()));
        Assert.Equal((input, output, call.Choices, mode), (hold.Bounds.InputTokens, hold.Bounds.OutputTokens, hold.Bounds.Choices, hold.Bounds.Mode));
        Assert.False(hold.IsFree);
        Assert.Contains("row", hold.Explanation, StringComparison.Ordinal);
    }

    [Fact]
    public static void External_input_of_an_unknown_context_window_can_not_be_bounded()
    {
        var problem = Refused(Call with { ReadsMore = true }, Price with { ContextWindow = null });

        Assert.Equal("request_not_bounded", problem.Code);
        Assert.Contains("context window", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public static void An_output_without_any_limit_can_not_be_bounded()
    {
        var problem = Refused(Call with { MaxTokens = 0 }, Price with { MaxOutputTokens = null });

        Assert.Equal("request_not_bounded", problem.Code);
        Assert.Contains("say max_tokens", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public static void A_free_model_holds_nothing_and_says_so_even_where_its_limits_are_unknown()
    {
        var free = Price with { IsFree = true, ContextWindow = null, MaxOutputTokens = null };

        var hold = Held(Call with { ReadsMore = true, MaxTokens = 0 }, free, HoldMode.WorstCase);

        Assert.True(hold.IsFree);
        Assert.Equal(Usd.Zero, hold.Amount);
        Assert.StartsWith("free", hold.Explanation, StringComparison.Ordinal);
    }

    [Fact]
    public static void A_hold_is_rounded_up_at_the_twelfth_decimal()
    {
        var price = Price with { DearestInputUsdPerToken = 0.0000000000001m, DearestOutputUsdPerToken = 0m };

        Assert.Equal("0.000000000001", Held(Call with { SizeBytes = 1 }, price, HoldMode.WorstCase).Amount.ToString());
    }

    [Fact]
    public static void The_largest_call_that_is_read_does_not_overflow()
    {
        var most = Call with { SizeBytes = 1_000_000_000_000, MaxTokens = 1_000_000_000_000, Choices = 10_000 };
        var price = Price with { ContextWindow = null, MaxOutputTokens = null };

        Assert.True(Held(most, price, HoldMode.WorstCase).Amount > Usd.Zero);
    }

    [Fact]
    public static void The_explanation_tells_each_bound()
    {
        Assert.Equal(
            "worst_case: 10 in (bytes) x 2 + 1 x 7 out (max_tokens) x 5 + fee 0; tokens 10 + 1 x 7 = 17; requests 1; row",
            Held(Call, Price, HoldMode.WorstCase).Explanation);
    }

    [Fact]
    public static void The_suggested_max_tokens_fits_and_one_more_does_not()
    {
        var generator =
            from left in Gen.Choose(0, 10_000_000)
            from price in Gen.Choose(1, 999_999)
            from choices in Gen.Choose(1, 5)
            select (Left: left / 1_000m, Price: price / 10_000_000m, Choices: choices);

        Prop.ForAll(generator.ToArbitrary(), sample =>
        {
            var price = Price with { DearestOutputUsdPerToken = sample.Price, MaxOutputTokens = null };
            var hold = Held(Call with { Choices = sample.Choices, MaxTokens = 1_000_000 }, price, HoldMode.WorstCase);
            var fits = hold.LargestMaxTokensWithin(new Usd(sample.Left));

            return (fits == 0 || Amount(fits) <= sample.Left)
                && (fits == 1_000_000 || sample.Left <= hold.FixedUsd || Amount(fits + 1) > sample.Left);

            decimal Amount(long tokens) =>
                Held(Call with { Choices = sample.Choices, MaxTokens = tokens }, price, HoldMode.WorstCase).Amount.Amount;
        }).Check(Laws.Cases(100));
    }

    private static Hold Held(GuardedCall call, CallPrice price, HoldMode mode) =>
        Assert.IsType<Outcome<Hold>.Ok>(HoldCalculation.Of(call, price, mode, expectedExternalTokens: 50)).Value;

    private static Problem Refused(GuardedCall call, CallPrice price) =>
        Assert.IsType<Outcome<Hold>.Failed>(HoldCalculation.Of(call, price, HoldMode.WorstCase, 50)).Problem;
}
