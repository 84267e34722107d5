using AiGateway.Domain.Budgets;
using AiGateway.Domain.Decisions;
using AiGateway.Domain.Ledger;

namespace AiGateway.Domain.Tests.Decisions;

public static class LimitRefusalTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 14, 0, 0, TimeSpan.Zero);

    // One dollar of input, 0.001 an output token, 1,000 tokens: two dollars.
    private static readonly Hold Hold = new(
        new Usd(2m), new HoldBounds(HoldMode.WorstCase, 1_000, 1_000, 1), 1m, 0.001m, IsFree: false, "");

    [Fact]
    public static void A_spent_budget_says_which_how_much_and_until_when()
    {
        var refusal = LimitRefusal.Of(Limit(25m), Hold, Total(settled: 25m));

        Assert.Equal(RefusalKind.BudgetExceeded, refusal.Kind);
        Assert.Equal(
            "Team payments has used $25.00 of its $25.00 monthly budget, which resets on 2026-12-01T00:00:00Z. This request may need "
            + "up to $2.00, and $0.00 is left.",
            refusal.Message);
        Assert.Equal(new DateTimeOffset(2026, 12, 1, 0, 0, 0, TimeSpan.Zero), refusal.ResetsAt);
    }

    [Fact]
    public static void A_smaller_max_tokens_is_named_where_it_would_fit()
    {
        var refusal = LimitRefusal.Of(Limit(25m), Hold, Total(settled: 23.5m));

        Assert.Equal(RefusalKind.BudgetExceeded, refusal.Kind);
        Assert.EndsWith("$1.50 is left. Now, a max_tokens of at most 500 would fit.", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public static void No_max_tokens_is_named_where_the_input_alone_does_not_fit()
    {
        var refusal = LimitRefusal.Of(Limit(25m), Hold, Total(settled: 24.5m));

        Assert.DoesNotContain("max_tokens", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public static void Where_only_holds_stand_in_the_way_trying_again_helps()
    {
        var refusal = LimitRefusal.Of(Limit(25m), Hold, Total(settled: 20m, held: 4m));

        Assert.Equal(RefusalKind.HoldsInTheWay, refusal.Kind);
        Assert.Contains("$4.00 is reserved for requests in flight.", refusal.Message, StringComparison.Ordinal);
        Assert.EndsWith("Trying again helps.", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(23, 0, 0, RefusalKind.HoldsInTheWay)] // it would fit: others had been in the way
    [InlineData(22, 0, 2, RefusalKind.HoldsInTheWay)]
    [InlineData(23, 0, 1, RefusalKind.HoldsInTheWay)]
    [InlineData(23, 1, 1, RefusalKind.BudgetExceeded)]
    [InlineData(0, 24, 0, RefusalKind.BudgetExceeded)]
    [InlineData(24, 0, 1, RefusalKind.BudgetExceeded)]
    [InlineData(26, 0, 0, RefusalKind.BudgetExceeded)]
    public static void Used_money_is_settled_and_estimated_and_holds_are_not(
        int settled, int estimated, int held, RefusalKind expected)
    {
        Assert.Equal(expected, LimitRefusal.Of(Limit(25m), Hold, Total(settled, estimated, held)).Kind);
    }

    [Fact]
    public static void A_hold_above_the_whole_limit_says_so()
    {
        var refusal = LimitRefusal.Of(Limit(1.25m), Hold, null);

        Assert.Equal(
            "Team payments has a budget of $1.25 a month, and this request alone may need up to $2.00. Of an unused budget, a "
            + "max_tokens of at most 250 would fit.",
            refusal.Message);
    }

    [Fact]
    public static void A_budget_of_zero_reads_as_one()
    {
        Assert.Equal(
            "Team payments has a budget of $0.00 a month, and this request alone may need up to $2.00.",
            LimitRefusal.Of(Limit(0m), Hold, null).Message);
    }

    [Fact]
    public static void Those_without_a_team_are_named_as_such()
    {
        var refusal = LimitRefusal.Of(Limit(25m, Scope.Unattributed), Hold, Total(settled: 25m));

        Assert.StartsWith(
            "Requests without a team have used $25.00 of their $25.00 monthly budget", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public static void What_is_needed_is_rounded_up_and_what_is_left_down()
    {
        var hold = Hold with { Amount = new Usd(0.0000001m), FixedUsd = 0.0000001m, UsdPerOutputToken = 0m };

        var refusal = LimitRefusal.Of(Limit(1m), hold, Total(settled: 0.99999995m));

        Assert.Contains("may need up to $0.000001, and $0.00 is left", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public static void What_is_known_without_asking_is_said_without_a_balance()
    {
        var refusal = LimitRefusal.KnownExhausted(Limit(25m), 25.5m);

        Assert.Equal(RefusalKind.BudgetExceeded, refusal.Kind);
        Assert.Equal(
            "Team payments has used $25.50 of its $25.00 monthly budget, which resets on 2026-12-01T00:00:00Z.",
            refusal.Message);
    }

    private static RunningTotal Total(decimal settled = 0m, decimal estimated = 0m, decimal held = 0m) =>
        new(settled + estimated + held, settled, estimated, new Dictionary<long, decimal>());

    private static PlannedLimit Limit(decimal usd, Scope? scope = null)
    {
        var team = Assert.IsType<Outcome<ScopePart>.Ok>(ScopePart.Parse("payments")).Value;
        var budget = Budget.Of(
            scope ?? Scope.Team(team), Window.Month, BudgetMode.Hard, new LimitAmount(Dimension.Usd, usd));
        return Assert.Single(PlannedLimit.Of(budget, Now));
    }
}
