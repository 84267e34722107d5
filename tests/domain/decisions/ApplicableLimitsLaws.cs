using AiGateway.Domain.Budgets;
using AiGateway.Domain.Calendar;
using AiGateway.Domain.Decisions;
using AiGateway.Domain.Identity;
using AiGateway.Domain.Ledger;
using AiGateway.Tests;
using FsCheck;
using FsCheck.Fluent;

namespace AiGateway.Domain.Tests.Decisions;

/// <summary>Laws of what a decision limits, holds and books, for any budgets; a failure prints its seed.</summary>
public static class ApplicableLimitsLaws
{
    private static readonly Caller Asking = CallerResolution.Resolve(
        CallerClaims.None with { Team = "t", Subject = "u", ClientId = "c" }, CallerDirectory.Empty).Asking("m");

    private static readonly PolicyRules Rules = new(TierTable.Default, ExpiryPolicy.Charge, 50);

    private static readonly CallPrice Price = new("row", 1m, 1m, 1m, 1m, 0m, 1_000, 100, HasOutput: true, IsFree: false);

    private static readonly Gen<Budget> Budgets =
        from scope in Gen.Elements(Asking.Scopes.ToArray())
        from window in Gen.Elements(Enum.GetValues<Window>())
        from mode in Gen.Elements(Enum.GetValues<BudgetMode>())
        from dimension in Gen.Elements(Enum.GetValues<Dimension>())
        from amount in Gen.Choose(0, 1_000_000)
        from running in Gen.Choose(-5, 5)
        from replaces in Gen.Elements(true, false)
        select Budget.Of(scope, window, mode, new LimitAmount(dimension, amount)) with
        {
            ReplacesTier = replaces,
            InFlight = running < 0 ? null : running,
            Zone = new FixedZone(TimeSpan.FromHours(scope.Value.Length % 5)),
        };

    private static readonly Gen<PolicyInput> Inputs =
        from budgets in Gen.ListOf(Budgets)
        from minutes in Gen.Choose(0, 5_000_000)
        from size in Gen.Choose(0, 1_000)
        select new PolicyInput(
            "attempt",
            new DateTimeOffset(2024, 1, 1, 0, 0, 30, TimeSpan.Zero).AddMinutes(minutes),
            Asking,
            new GuardedCall("openai", "m", size, false, 10, 2, null, true),
            CallLabel.Of("openai", "m", null, null, false),
            Price,
            [.. budgets.DistinctBy(budget => (budget.Scope, budget.Window))]);

    [Fact]
    public static void Every_limit_stands_in_the_period_it_is_asked_in_and_is_held_in_its_own_dimension() =>
        Check((input, plan) => plan.Limits.All(limit =>
            plan.Attempt.Holds.Single(hold => hold.Account == limit.Account).Amounts
                .Single(amount => amount.Total == limit.Total).Amount == plan.Hold.AmountOf(limit.Total.Dimension)
            && (limit.IsInFlight || limit.ResetsAt > input.Now)));

    [Fact]
    public static void Every_scopes_month_is_booked_once_in_every_dimension() =>
        Check((_, plan) => Asking.Scopes.All(scope => Enum.GetValues<Dimension>().All(dimension =>
            plan.Attempt.Holds.Where(hold => hold.Account.Scope == scope).SelectMany(hold => hold.Amounts)
                .Count(amount => amount.Total == new Total("M", dimension)) == 1)));

    [Fact]
    public static void What_is_not_limited_holds_nothing_and_so_costs_no_write() =>
        Check((_, plan) => plan.Attempt.Holds.All(hold => hold.Amounts.All(amount =>
            amount.Amount == 0m
            || plan.Limits.Any(limit => limit.Account == hold.Account && limit.Total == amount.Total))));

    [Fact]
    public static void No_account_is_listed_twice_and_there_are_at_most_five_for_each_scope() =>
        Check((_, plan) => plan.Attempt.Holds.Select(hold => hold.Account).Distinct().Count() == plan.Attempt.Holds.Count
            && plan.Attempt.Holds.Count <= 5 * Asking.Scopes.Count);

    [Fact]
    public static void Every_budget_that_is_known_counts() =>
        Check((input, plan) => input.Budgets.All(budget => budget.Limits.All(amount => plan.Limits.Any(limit =>
            limit.Budget.Scope == budget.Scope && limit.Budget.Window == budget.Window && limit.Amount == amount.Amount))));

    private static void Check(Func<PolicyInput, PolicyDecision.Reserve, bool> law) => Prop
        .ForAll(Inputs.ToArbitrary(), input => law(input, (PolicyDecision.Reserve)BudgetPolicy.Decide(input, Rules)))
        .Check(Laws.Cases(500));
}
