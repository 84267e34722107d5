using AiGateway.Domain.Budgets;
using AiGateway.Domain.Decisions;
using AiGateway.Domain.Identity;

namespace AiGateway.Domain.Tests.Decisions;

/// <summary>Which budgets count where a scope's rows are silent: its tier, its mode's defaults, none.</summary>
public static class EffectiveBudgetsTests
{
    private static readonly PolicyRules Rules = new(TierTable.Default, ExpiryPolicy.Charge, ExpectedExternalTokens: 50);

    private static readonly Caller Team = CallerResolution.Resolve(
        CallerClaims.None with { Team = "payments", Tier = "standard" }, CallerDirectory.Empty);

    [Fact]
    public static void The_tier_follows_the_calendar_and_the_shards_of_its_teams_own_rows()
    {
        var zone = new FixedZone(TimeSpan.FromHours(-8));
        var daily = Budget.Of(Team.TeamScope, Window.Day, BudgetMode.Hard, new LimitAmount(Dimension.Usd, 3m)) with
        {
            Zone = zone, Shards = 8,
        };

        var effective = BudgetPolicy.EffectiveBudgets(Team, [daily], Rules);

        Assert.Equal(3, effective.Count);
        Assert.All(effective, budget => Assert.Equal((zone, 8), ((FixedZone)budget.Zone, budget.Shards)));
        Assert.All(BudgetPolicy.EffectiveBudgets(Team, [], Rules), budget => Assert.Equal(1, budget.Shards));
    }

    [Fact]
    public static void Where_nothing_is_limited_the_worst_case_is_held()
    {
        var none = Rules with { Tiers = new TierTable(new Dictionary<string, IReadOnlyList<TierLimit>> { ["sandbox"] = [] }, "sandbox") };
        var input = new PolicyInput(
            "attempt-1",
            new DateTimeOffset(2026, 11, 21, 14, 23, 45, TimeSpan.Zero),
            Team with { Tier = null },
            new GuardedCall("openai", "gpt", 10, false, 7, 1, null, true),
            CallLabel.Of("openai", "gpt", null, null, false),
            new CallPrice("row", 1m, 2m, 3m, 5m, 0m, 1_000, 100, HasOutput: true, IsFree: false),
            []);

        var plan = Assert.IsType<PolicyDecision.Reserve>(BudgetPolicy.Decide(input, none));

        Assert.Empty(plan.Limits);
        Assert.Equal(HoldMode.WorstCase, plan.Hold.Bounds.Mode);
    }

    [Theory]
    [InlineData(BudgetMode.Hard, HoldMode.WorstCase, ExpiryPolicy.Charge)]
    [InlineData(BudgetMode.Soft, HoldMode.Expected, ExpiryPolicy.Release)]
    [InlineData(BudgetMode.Shadow, HoldMode.Expected, ExpiryPolicy.Release)]
    public static void A_budgets_mode_decides_its_defaults(BudgetMode mode, HoldMode hold, ExpiryPolicy onExpiry)
    {
        var budget = Budget.Of(Scope.Org, Window.Month, mode);

        Assert.Equal((hold, onExpiry, RetryPolicy.Release), (budget.Hold, budget.OnExpiry, budget.OnRetry));
    }

    [Fact]
    public static void A_tier_that_nobody_defined_falls_back_and_says_so()
    {
        Assert.Equal(("high", false), TierTable.Default.Choose("high"));
        Assert.Equal(("sandbox", true), TierTable.Default.Choose("platinum"));
        Assert.Equal(("sandbox", true), TierTable.Default.Choose(null));
    }
}
