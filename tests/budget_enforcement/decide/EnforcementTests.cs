using AiGateway.Domain;
using AiGateway.Domain.Budgets;
using AiGateway.Domain.Decisions;
using AiGateway.Domain.Identity;
using AiGateway.Domain.Ledger;
using AiGateway.Domain.Pricing;
using AiGateway.Engine;
using BudgetEnforcement.Decide;
using BudgetEnforcement.Decode;

namespace BudgetEnforcement.Tests.Decide;

public sealed class EnforcementTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 14, 23, 45, TimeSpan.Zero);

    private readonly FakePorts outside = new();

    [Fact]
    public async Task Admits_when_the_reservation_is_confirmed()
    {
        var verdict = await DecideAsync();

        Assert.True(verdict.IsAdmitted);
        Assert.Equal("within_budget", verdict.Reason);
        Assert.Equal(("payments", "standard", 1, 1), (verdict.Caller!.Team, verdict.Tier, verdict.Attempts, verdict.RoundTrips));
        var plan = Assert.Single(outside.Plans);
        Assert.Equal((Questions.RequestId, "payments"), (plan.RequestId, plan.Team));
        Assert.Equal([100m, 100m, 500_000m], plan.Limits.Select(limit => limit.Amount));
        Assert.True(plan.Attempt.Hold > Usd.Zero);
    }

    [Fact]
    public async Task Every_decision_is_an_attempt_of_its_own()
    {
        await DecideAsync();
        await DecideAsync();

        Assert.Equal(2, outside.Plans.Select(plan => plan.Attempt.Id).Distinct().Count());
    }

    [Theory]
    [InlineData(100, 0, 0, RefusalKind.BudgetExceeded)]
    [InlineData(99, 0, 1, RefusalKind.HoldsInTheWay)]
    public async Task A_limit_that_does_not_allow_it_refuses(int settled, int estimated, int held, RefusalKind kind)
    {
        outside.Answer = plan => OverLimit(plan, settled, estimated, held);

        var verdict = await DecideAsync();

        Assert.Equal(kind, verdict.Refusal?.Kind);
        Assert.Contains("$100.00 monthly budget", verdict.Refusal!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_scope_whose_settled_amount_is_at_its_limit_is_refused_from_memory_for_a_minute()
    {
        outside.Answer = plan => OverLimit(plan, settled: 100);
        var enforcement = Enforcement();

        await enforcement.DecideAsync(Question(), Now, Now, default);
        var second = await enforcement.DecideAsync(Question(), Now.AddSeconds(59), Now, default);
        Assert.Single(outside.Plans);
        var third = await enforcement.DecideAsync(Question(), Now.AddSeconds(60), Now, default);

        Assert.Equal(RefusalKind.BudgetExceeded, second.Refusal?.Kind);
        Assert.Equal((0, "deny_cache"), (second.RoundTrips, second.Detail));
        Assert.Equal(1, third.RoundTrips);
        Assert.Equal(2, outside.Plans.Count);
    }

    [Fact]
    public async Task Memory_ends_when_the_budget_changes_the_month_turns_or_the_model_is_free()
    {
        outside.Answer = plan => OverLimit(plan, settled: 100);
        var enforcement = Enforcement();
        await enforcement.DecideAsync(Question(), Now, Now, default);

        outside.Configuration = FakePorts.Configured([FakePorts.Monthly("team#payments", 250m)]);
        await enforcement.DecideAsync(Question(), Now, Now, default);
        Assert.Equal(2, outside.Plans.Count);

        outside.Configuration = FakePorts.Configured();
        var monthEnd = new DateTimeOffset(2026, 11, 30, 23, 59, 50, TimeSpan.Zero);
        await enforcement.DecideAsync(Question(), monthEnd, monthEnd, default);
        await enforcement.DecideAsync(Question(), monthEnd.AddSeconds(20), monthEnd, default);
        Assert.Equal(4, outside.Plans.Count);
        Assert.Equal("2026-12", outside.Plans[^1].Limits[0].Account.Period);
    }

    [Theory]
    [InlineData(99, 0, 1)]
    [InlineData(0, 100, 0)]
    public async Task What_may_still_come_back_is_not_remembered(int settled, int estimated, int held)
    {
        outside.Answer = plan => OverLimit(plan, settled, estimated, held);
        var enforcement = Enforcement();

        await enforcement.DecideAsync(Question(), Now, Now, default);
        await enforcement.DecideAsync(Question(), Now, Now, default);

        Assert.Equal(2, outside.Plans.Count);
    }

    [Fact]
    public async Task A_denied_client_is_refused_without_asking()
    {
        var client = Question().Claims.ClientId!;
        outside.Configuration = FakePorts.Configured(directory: CallerDirectory.Empty with
        {
            Clients = new Dictionary<string, ClientRegistration> { [client] = new(client, "payments", null, Denied: true) },
        });

        var verdict = await DecideAsync();

        Assert.Equal(RefusalKind.ClientDenied, verdict.Refusal?.Kind);
        Assert.Empty(outside.Plans);
    }

    [Fact]
    public async Task An_unknown_model_is_refused_without_asking()
    {
        var verdict = await DecideAsync(Question() with { Call = Question().Call with { Model = "no-such-model" } });

        Assert.Equal(RefusalKind.UnknownPrice, verdict.Refusal?.Kind);
        Assert.Contains("no-such-model of openai", verdict.Refusal!.Message, StringComparison.Ordinal);
        Assert.Empty(outside.Plans);
    }

    [Fact]
    public async Task An_unknown_model_is_assumed_to_be_the_dearest_where_that_is_configured()
    {
        var question = Question() with { Call = Question().Call with { Model = "no-such-model" } };

        var verdict = await Enforcement(Rules() with { UnknownPrice = UnknownPricePolicy.Assume })
            .DecideAsync(question, Now, Now, default);

        Assert.True(verdict.IsAdmitted);
        Assert.Contains("Assumed", verdict.Plan!.Hold.Explanation, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_team_has_the_default_tiers_budget()
    {
        var question = Question() with { Claims = Question().Claims with { Team = "never-seen", Tier = null } };

        var verdict = await DecideAsync(question);

        Assert.Equal("sandbox", verdict.Tier);
        Assert.Equal(("team#never-seen@2026-11", 25m), Limit(Assert.Single(outside.Plans)));
    }

    [Fact]
    public async Task A_caller_without_a_team_is_booked_and_limited_as_unattributed()
    {
        var question = Question() with { Claims = Question().Claims with { Team = null } };

        var verdict = await DecideAsync(question);

        Assert.Contains(CallerFlags.Unattributed, verdict.Caller!.Flags);
        Assert.Equal(("team#unattributed@2026-11", 25m), Limit(Assert.Single(outside.Plans)));
    }

    [Fact]
    public async Task A_budget_row_that_is_not_understood_refuses_its_own_scope_and_no_other()
    {
        outside.Configuration = FakePorts.Configured([FakePorts.Monthly("team#payments", 25m, mode: "hardish")]);

        var own = await DecideAsync();
        var other = await DecideAsync(Question() with { Claims = Question().Claims with { Team = "search" } });

        Assert.Equal(RefusalKind.StoreMalformed, own.Refusal?.Kind);
        Assert.Contains("mode", own.Detail, StringComparison.Ordinal);
        Assert.True(other.IsAdmitted);
    }

    [Fact]
    public async Task A_request_that_is_over_already_is_refused_and_not_sent_again()
    {
        outside.Answer = _ => new ReserveOutcome.NotHeld(EntryState.Measured);

        Assert.Equal(RefusalKind.RequestClosed, (await DecideAsync()).Refusal?.Kind);
    }

    [Fact]
    public async Task What_is_confirmed_too_late_is_refused()
    {
        outside.Answer = _ => new ReserveOutcome.TooLate();

        Assert.Equal(RefusalKind.TooLate, (await DecideAsync()).Refusal?.Kind);
    }

    [Fact]
    public async Task A_soft_limit_that_is_passed_warns()
    {
        outside.Configuration = FakePorts.Configured([FakePorts.Monthly("team#payments", 1m, mode: "soft")]);
        outside.Answer = plan => new ReserveOutcome.Admitted(
            1, [new AccountTotals(plan.Limits[0].Account, Totals(plan.Limits[0].Total, settled: 2))]);

        var verdict = await DecideAsync();

        Assert.True(verdict.IsAdmitted);
        Assert.Equal(["soft:team#payments@2026-11"], verdict.Warnings);
    }

    internal static EnforcementRules Rules() => new(
        new PolicyRules(TierTable.Default, ExpiryPolicy.Charge, 2_000),
        UnknownPricePolicy.Reject,
        new OutageRules(OutageAction.Deny, OutageAction.Allow),
        Usd.Zero,
        TimeSpan.FromSeconds(60));

    internal static GatewayQuestion Question() => Assert.IsType<Outcome<GatewayQuestion>.Ok>(
        Questions.Read(Questions.Event(Questions.Headers()), QuestionForm.Decision)).Value;

    private Task<Verdict> DecideAsync(GatewayQuestion? question = null) =>
        Enforcement().DecideAsync(question ?? Question(), Now, Now.AddSeconds(2), default);

    private Enforcement Enforcement(EnforcementRules? rules = null) => new(
        rules ?? Rules(),
        outside.Ports,
        () => Guid.NewGuid().ToString("N"));

    private static (string Account, decimal Amount) Limit(ReservePlan plan) =>
        (plan.Limits[0].Account.ToString(), plan.Limits[0].Amount);

    private static ReserveOutcome OverLimit(ReservePlan plan, decimal settled, decimal estimated = 0m, decimal held = 0m)
    {
        var limit = plan.Limits[0];
        return new ReserveOutcome.OverLimit(
            limit,
            plan.Attempt.Hold.Amount,
            new AccountTotals(limit.Account, Totals(limit.Total, settled, estimated, held)));
    }

    private static Dictionary<Total, RunningTotal> Totals(
        Total total, decimal settled, decimal estimated = 0m, decimal held = 0m) => new()
    {
        [total] = new RunningTotal(settled + estimated + held, settled, estimated, new Dictionary<long, decimal>()),
    };
}
