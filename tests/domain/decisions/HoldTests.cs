using AiGateway.Domain.Budgets;
using AiGateway.Domain.Decisions;
using AiGateway.Domain.Ledger;

namespace AiGateway.Domain.Tests.Decisions;

/// <summary>The largest max_tokens that a refusal suggests: it must fit, and it must be found at once.</summary>
public static class HoldTests
{
    // One dollar of input, 0.001 an output token of both choices together.
    private static readonly Hold Hold = new(
        new Usd(2m), new HoldBounds(HoldMode.WorstCase, 1_000, 1_000, 2), 1m, 0.001m, IsFree: false, "");

    [Theory]
    [InlineData(0.5, 0)]
    [InlineData(1, 0)]
    [InlineData(1.0009, 0)]
    [InlineData(1.001, 1)]
    [InlineData(1.5, 500)]
    [InlineData(9, 1_000)]
    public static void Of_dollars_what_the_input_leaves_is_divided_by_the_price_of_a_token(double left, long tokens) =>
        Assert.Equal(tokens, Hold.LargestMaxTokensWithin(Dimension.Usd, (decimal)left));

    [Theory]
    [InlineData(999, 0)]
    [InlineData(1_000, 0)]
    [InlineData(1_003, 1)]
    [InlineData(9_000, 1_000)]
    public static void Of_tokens_what_the_input_leaves_is_shared_by_the_choices(long left, long tokens) =>
        Assert.Equal(tokens, Hold.LargestMaxTokensWithin(Dimension.Tokens, left));

    [Fact]
    public static void Where_the_output_costs_nothing_no_bound_of_it_helps()
    {
        Assert.Equal(0, (Hold with { UsdPerOutputToken = 0m }).LargestMaxTokensWithin(new Usd(5m)));
        Assert.Equal(0, Hold.LargestMaxTokensWithin(Dimension.Requests, 5m));
    }

    /// <summary>70 / 7.0000000000000000000000000001 is 10 in 28 digits, though ten such tokens cost more than 70.</summary>
    [Fact]
    public static void A_quotient_that_was_rounded_up_is_taken_back()
    {
        var hold = Hold with { FixedUsd = 0m, UsdPerOutputToken = 7.0000000000000000000000000001m };

        Assert.Equal(9, hold.LargestMaxTokensWithin(new Usd(70m)));
    }

    [Fact]
    public static void The_suggestion_of_a_very_cheap_model_is_found_without_a_search()
    {
        var hold = Hold with
        {
            Bounds = new HoldBounds(HoldMode.WorstCase, 1_000, long.MaxValue, 1), UsdPerOutputToken = 0.000000000001m,
        };

        Assert.Equal(500_000_000_000, hold.LargestMaxTokensWithin(new Usd(1.5m)));
    }

    [Fact]
    public static void A_hold_counts_dollars_tokens_of_every_choice_and_one_request() => Assert.Equal(
        [2m, 3_000m, 1m],
        new[] { Dimension.Usd, Dimension.Tokens, Dimension.Requests }.Select(Hold.AmountOf));
}
