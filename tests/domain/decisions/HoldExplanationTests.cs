using AiGateway.Domain.Budgets;
using AiGateway.Domain.Decisions;

namespace AiGateway.Domain.Tests.Decisions;

/// <summary>What the log says about a hold: each bound with its reason, as design.md asks.</summary>
public static class HoldExplanationTests
{
    private static readonly CallPrice Price = new(
        "row", 1m, 2m, 3m, 5m, RequestFeeUsd: 0m, ContextWindow: 1_000, MaxOutputTokens: 100, HasOutput: true, IsFree: false);

    private static readonly GuardedCall Call = new(
        "openai", "gpt", SizeBytes: 10, ReadsMore: false, MaxTokens: 7, Choices: 1, ServiceTier: null, HasOutput: true);

    private static readonly CallPrice Unknown = Price with { IsFree = true, ContextWindow = null, MaxOutputTokens = null };

    public static TheoryData<HoldMode, GuardedCall, string> Explanations => new()
    {
        { HoldMode.WorstCase, Call with { SizeBytes = 1_000 }, "worst_case: 1000 in (bytes) x 2 + 1 x 7 out (max_tokens) x 5" },
        { HoldMode.WorstCase, Call with { SizeBytes = 1_001 }, "worst_case: 1000 in (bytes, capped by the model) x 2 +" },
        { HoldMode.WorstCase, Call with { ReadsMore = true }, "worst_case: 1000 in (context window: external input) x 2 +" },
        { HoldMode.WorstCase, Call with { MaxTokens = 0 }, " + 1 x 100 out (model limit) x 5 + fee 0; tokens 10 + 1 x 100" },
        { HoldMode.WorstCase, Call with { MaxTokens = 101 }, " + 1 x 100 out (max_tokens, capped by the model) x 5 +" },
        { HoldMode.WorstCase, Call with { HasOutput = false }, " + 1 x 0 out (none) x 5 + fee 0; tokens 10 + 1 x 0 = 10;" },
        { HoldMode.Expected, Call with { SizeBytes = 4 }, "expected: 1 in (bytes/4) x 1 + 1 x 7 out (max_tokens) x 3" },
        { HoldMode.Expected, Call with { SizeBytes = 5, ReadsMore = true }, "expected: 52 in (bytes/4 + external) x 1 +" },
    };

    [Theory]
    [MemberData(nameof(Explanations))]
    public static void Each_bound_is_explained(HoldMode mode, GuardedCall call, string explanation) =>
        Assert.Contains(explanation, Of(call, Price, mode).Explanation, StringComparison.Ordinal);

    [Fact]
    public static void A_free_model_is_bounded_in_tokens_like_any_other()
    {
        var hold = Of(Call with { SizeBytes = 5_000, MaxTokens = 5_000 }, Price with { IsFree = true });

        Assert.Equal((1_000L, 100L), (hold.Bounds.InputTokens, hold.Bounds.OutputTokens));
        Assert.Null(hold.TokensNotBounded);
        Assert.Equal(
            "free: 1000 in (bytes, capped by the model), 100 out (max_tokens, capped by the model); tokens 1000 + 1 x 100 = 1100; "
            + "requests 1; row",
            hold.Explanation);
    }

    [Fact]
    public static void Which_tokens_of_a_free_model_are_not_bounded_is_told_the_input_first()
    {
        Assert.Contains("provider read more", Of(Call with { ReadsMore = true, MaxTokens = 0 }, Unknown).TokensNotBounded, StringComparison.Ordinal);
        Assert.Contains("say max_tokens", Of(Call with { MaxTokens = 0 }, Unknown).TokensNotBounded, StringComparison.Ordinal);
        Assert.Null(Of(Call, Unknown).TokensNotBounded);
    }

    [Fact]
    public static void What_can_not_be_bounded_says_why()
    {
        var refused = HoldCalculation.Of(Call with { ReadsMore = true }, Price with { ContextWindow = null }, HoldMode.WorstCase, 50);

        Assert.Equal(
            "The request makes the provider read more than it contains (images, files, tools, a stored conversation), and the context "
            + "window of this model is not known.",
            Assert.IsType<Outcome<Hold>.Failed>(refused).Problem.Message);
    }

    // Without a mode: the worst case.
    private static Hold Of(GuardedCall call, CallPrice price, HoldMode mode = HoldMode.WorstCase) =>
        Assert.IsType<Outcome<Hold>.Ok>(HoldCalculation.Of(call, price, mode, expectedExternalTokens: 50)).Value;
}
