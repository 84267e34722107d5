using AiGateway.Domain.Budgets;
using AiGateway.Domain.Decisions;
using AiGateway.Domain.Ledger;

namespace AiGateway.Domain.Tests.Decisions;

/// <summary>What a refusal says about tokens, requests, rates and requests in flight.</summary>
public static class LimitWordsTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 14, 0, 45, TimeSpan.Zero);

    private static readonly Hold Hold = new(
        new Usd(2m), new HoldBounds(HoldMode.WorstCase, 1_000, 1_000, 2), 1m, 0.001m, IsFree: false, "");

    [Fact]
    public static void Requests_a_minute_say_when_to_try_again()
    {
        var refusal = LimitRefusal.Of(Limit(Window.Minute, Dimension.Requests, 20m), Hold, Total(settled: 15m, held: 5m));

        Assert.Equal((RefusalKind.RateLimited, 15L), (refusal.Kind, refusal.RetryAfterSeconds));
        Assert.Equal(
            "Team payments has used 20 of its minute's limit of 20 requests, which resets on 2026-11-21T14:01:00Z. Try again in 15 s.",
            refusal.Message);
    }

    [Fact]
    public static void Tokens_a_minute_say_how_many_are_needed_and_left()
    {
        var refusal = LimitRefusal.Of(Limit(Window.Minute, Dimension.Tokens, 9_000m), Hold, Total(settled: 7_000m));

        Assert.Equal(RefusalKind.RateLimited, refusal.Kind);
        Assert.Equal(
            "Team payments has used 7000 of its minute's limit of 9000 tokens, which resets on 2026-11-21T14:01:00Z. This request may "
            + "need up to 3000 tokens, and 2000 tokens are left. Now, a max_tokens of at most 500 would fit. Try again in 15 s.",
            refusal.Message);
    }

    [Theory]
    [InlineData(Window.Minute, Dimension.Usd, RefusalKind.BudgetExceeded)]
    [InlineData(Window.Hour, Dimension.Usd, RefusalKind.BudgetExceeded)]
    [InlineData(Window.Month, Dimension.Usd, RefusalKind.BudgetExceeded)]
    [InlineData(Window.Minute, Dimension.Tokens, RefusalKind.RateLimited)]
    [InlineData(Window.Hour, Dimension.Requests, RefusalKind.RateLimited)]
    [InlineData(Window.Day, Dimension.Tokens, RefusalKind.BudgetExceeded)]
    [InlineData(Window.Year, Dimension.Requests, RefusalKind.BudgetExceeded)]
    public static void Only_requests_and_tokens_of_an_hour_at_most_are_a_rate(
        Window window, Dimension dimension, RefusalKind expected)
    {
        var limit = Limit(window, dimension, 5m);

        Assert.Equal(expected, LimitRefusal.Of(limit, Hold, Total(settled: 5m)).Kind);
        Assert.Equal(expected, LimitRefusal.KnownExhausted(limit, 5m).Kind);
        Assert.Equal(expected == RefusalKind.RateLimited, LimitRefusal.KnownExhausted(limit, 5m).RetryAfterSeconds > 0);
    }

    [Fact]
    public static void Tokens_that_are_only_held_come_back_and_requests_do_not()
    {
        var tokens = Limit(Window.Day, Dimension.Tokens, 9_000m);
        var requests = Limit(Window.Day, Dimension.Requests, 5m);

        Assert.Equal(RefusalKind.HoldsInTheWay, LimitRefusal.Of(tokens, Hold, Total(held: 8_000m)).Kind);
        Assert.Equal(RefusalKind.BudgetExceeded, LimitRefusal.Of(requests, Hold, Total(held: 5m)).Kind);
    }

    [Fact]
    public static void One_request_above_a_whole_limit_of_tokens_says_so()
    {
        var refusal = LimitRefusal.Of(Limit(Window.Hour, Dimension.Tokens, 2_000m), Hold, null);

        Assert.Equal(RefusalKind.BudgetExceeded, refusal.Kind);
        Assert.Equal(
            "Team payments has a limit of 2000 tokens an hour, and this request alone may need up to 3000 tokens. Of an unused "
            + "budget, a max_tokens of at most 500 would fit.",
            refusal.Message);
    }

    [Fact]
    public static void Requests_in_flight_are_tried_again()
    {
        var budget = Budget.Of(Scope.Org, Window.Month, BudgetMode.Hard) with { InFlight = 3m };
        var limit = Assert.Single(PlannedLimit.Of(budget, Now));

        var refusal = LimitRefusal.Of(limit, Hold, Total(held: 3m));

        Assert.Equal(RefusalKind.HoldsInTheWay, refusal.Kind);
        Assert.Equal("Org has 3 requests in flight, of at most 3 requests. Trying again helps.", refusal.Message);
        Assert.Equal(RefusalKind.BudgetExceeded, LimitRefusal.Of(limit with { Amount = 0m }, Hold, null).Kind);
    }

    [Theory]
    [InlineData(Window.Minute, "minute's")]
    [InlineData(Window.Hour, "hourly")]
    [InlineData(Window.Day, "daily")]
    [InlineData(Window.Week, "weekly")]
    [InlineData(Window.Month, "monthly")]
    [InlineData(Window.Quarter, "quarterly")]
    [InlineData(Window.Year, "yearly")]
    public static void Every_window_has_its_word_and_counts_have_no_decimals(Window window, string word)
    {
        var refusal = LimitRefusal.KnownExhausted(Limit(window, Dimension.Requests, 20.0m), 20.00m);

        Assert.StartsWith($"Team payments has used 20 of its {word} limit of 20 requests, which", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public static void A_limit_of_no_request_at_all_in_flight_says_so()
    {
        var budget = Budget.Of(Scope.Org, Window.Month, BudgetMode.Hard) with { InFlight = 0m };

        Assert.Equal(
            "Org has a limit of 0 requests in flight.",
            LimitRefusal.Of(Assert.Single(PlannedLimit.Of(budget, Now)), Hold, null).Message);
    }

    [Fact]
    public static void Nothing_smaller_is_suggested_where_all_that_was_asked_for_fits() => Assert.DoesNotContain(
        "max_tokens",
        LimitRefusal.Of(Limit(Window.Day, Dimension.Tokens, 9_000m), Hold, Total(settled: 1_000m)).Message,
        StringComparison.Ordinal);

    private static RunningTotal Total(decimal settled = 0m, decimal held = 0m) =>
        new(settled + held, settled, 0m, new Dictionary<long, decimal>());

    private static PlannedLimit Limit(Window window, Dimension dimension, decimal amount)
    {
        var team = Assert.IsType<Outcome<ScopePart>.Ok>(ScopePart.Parse("payments")).Value;
        var budget = Budget.Of(Scope.Team(team), window, BudgetMode.Hard, new LimitAmount(dimension, amount));
        return Assert.Single(PlannedLimit.Of(budget, Now));
    }
}
