using AiGateway.Domain;
using AiGateway.Domain.Budgets;
using AiGateway.Domain.Decisions;
using AiGateway.Domain.Pricing;
using AiGateway.Engine;
using BudgetEnforcement.Decide;

namespace BudgetEnforcement.Tests.Decide;

/// <summary>An outage, being busy, being slow and a bug are four things (T34), each with an answer of its
/// own.</summary>
public static class OutagePolicyTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 14, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(StoreFault.Throttled, "deny", "store_throttled")]
    [InlineData(StoreFault.Throttled, "allow", "store_throttled")]
    [InlineData(StoreFault.Conflict, "allow", "store_conflict")]
    [InlineData(StoreFault.TimedOut, "deny", "store_timed_out")]
    [InlineData(StoreFault.TimedOut, "allow", "store_timed_out")]
    [InlineData(StoreFault.Unreachable, "deny", "store_unreachable")]
    [InlineData(StoreFault.Unreachable, "allow", "outage_allow")]
    [InlineData(StoreFault.Unreachable, "allowance", "outage_allowance")]
    [InlineData(StoreFault.Denied, "deny", "store_denied")]
    [InlineData(StoreFault.Denied, "allow", "store_denied")]
    [InlineData(StoreFault.Malformed, "allow", "store_malformed")]
    public static async Task A_fault_of_the_store_is_answered_by_its_kind_and_the_rules(
        StoreFault fault, string rule, string reason)
    {
        var verdict = await DecideAsync("hard", rule, outside => outside.Answer = _ => FakePorts.Failed(fault));

        Assert.Equal(reason, verdict.Reason);
        Assert.Equal(reason.StartsWith("outage", StringComparison.Ordinal), verdict.IsAdmitted);
        Assert.Equal(verdict.IsAdmitted, verdict.IsDegraded);
        Assert.Contains("secret detail", verdict.Detail, StringComparison.Ordinal);
        Assert.DoesNotContain("secret detail", verdict.Refusal?.Message ?? "", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("hard", "allow", "store_unreachable")]
    [InlineData("hard", "allowance", "store_unreachable")]
    [InlineData("soft", "deny", "outage_allow")]
    public static async Task Where_only_a_part_of_the_store_is_out_of_reach_a_hard_budget_refuses(
        string mode, string rule, string reason)
    {
        var half = (ReserveOutcome.StoreFailed)FakePorts.Failed(StoreFault.Unreachable) with { IsOutage = false };
        var verdict = await DecideAsync(mode, rule, outside => outside.Answer = _ => half);

        Assert.Equal(reason, verdict.Reason);
    }

    [Theory]
    [InlineData("soft", StoreFault.Throttled, true)]
    [InlineData("soft", StoreFault.Conflict, true)]
    [InlineData("soft", StoreFault.TimedOut, true)]
    [InlineData("soft", StoreFault.Unreachable, true)]
    [InlineData("shadow", StoreFault.Unreachable, true)]
    [InlineData("soft", StoreFault.Denied, false)]
    [InlineData("soft", StoreFault.Malformed, false)]
    public static async Task Soft_and_shadow_budgets_let_through_whatever_is_not_a_bug(
        string mode, StoreFault fault, bool admitted)
    {
        var verdict = await DecideAsync(mode, "deny", outside => outside.Answer = _ => FakePorts.Failed(fault));

        Assert.Equal(admitted, verdict.IsAdmitted);
    }

    [Theory]
    [InlineData(StoreFault.Unreachable, "deny", "store_unreachable")]
    [InlineData(StoreFault.Unreachable, "allow", "outage_allow")]
    [InlineData(StoreFault.Unreachable, "allowance", "outage_allowance_spent")]
    [InlineData(StoreFault.TimedOut, "allow", "store_timed_out")]
    [InlineData(StoreFault.Denied, "allow", "store_denied")]
    public static async Task Without_the_configuration_every_budget_counts_as_hard(
        StoreFault fault, string rule, string reason)
    {
        var verdict = await DecideAsync("soft", rule, outside =>
            outside.Configuration = new StoreResult<AiGateway.Aws.Configuration>.Failed(fault, "Scan budgets"));

        Assert.Equal(reason, verdict.Reason);
        Assert.Equal("configuration: Scan budgets", verdict.Detail);
    }

    [Fact]
    public static void An_allowance_is_an_amount_for_each_minute()
    {
        var allowance = new OutageAllowance(new Usd(1m));

        Assert.True(allowance.TryTake(new Usd(0.6m), Now));
        Assert.False(allowance.TryTake(new Usd(0.6m), Now.AddSeconds(59)));
        Assert.True(allowance.TryTake(new Usd(0.4m), Now.AddSeconds(59)));
        Assert.False(allowance.TryTake(new Usd(0.000001m), Now.AddSeconds(59)));
        Assert.True(allowance.TryTake(new Usd(1m), Now.AddSeconds(60)));
    }

    [Fact]
    public static void An_allowance_is_never_exceeded_by_requests_side_by_side()
    {
        var allowance = new OutageAllowance(new Usd(1m));
        var taken = 0;

        Parallel.For(0, 1_000, _ =>
        {
            if (allowance.TryTake(new Usd(0.01m), Now))
            {
                Interlocked.Increment(ref taken);
            }
        });

        Assert.Equal(100, taken);
    }

    private static async Task<Verdict> DecideAsync(string mode, string rule, Action<FakePorts> arrange)
    {
        var action = Enum.Parse<OutageAction>(rule, ignoreCase: true);
        var rules = EnforcementTests.Rules() with
        {
            Outage = new OutageRules(action, OutageAction.Allow),
            AllowancePerMinute = new Usd(10m),
        };
        var outside = new FakePorts
        {
            Configuration = FakePorts.Configured([FakePorts.Monthly("team#payments", 100m, mode) with { ReplacesTier = true }]),
        };
        arrange(outside);
        var enforcement = new Enforcement(rules, outside.Ports, () => "attempt");
        return await enforcement.DecideAsync(EnforcementTests.Question(), Now, Now.AddSeconds(2), default);
    }
}
