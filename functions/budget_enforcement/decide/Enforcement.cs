using System.Diagnostics;
using AiGateway.Aws;
using AiGateway.Domain;
using AiGateway.Domain.Budgets;
using AiGateway.Domain.Decisions;
using AiGateway.Domain.Identity;
using AiGateway.Domain.Ledger;
using AiGateway.Domain.Pricing;
using AiGateway.Engine;
using AiGateway.TimeZones;
using BudgetEnforcement.Decode;

namespace BudgetEnforcement.Decide;

/// <summary>Gathers what a decision needs, lets the policy decide, and reserves. Only a confirmed reservation admits,
/// or a rule that says so.</summary>
internal sealed class Enforcement(
    EnforcementRules rules, Ports ports, Func<string> newAttemptId)
{
    private readonly DenyCache denied = new(rules.DenyCacheKept);
    private readonly SeenAccounts seen = new();
    private readonly OutageAllowance allowance = new(rules.AllowancePerMinute);

    public async Task<Verdict> DecideAsync(
        GatewayQuestion question, DateTimeOffset now, DateTimeOffset deadline, CancellationToken stop)
    {
        var (readingConfiguration, readingPrices) = (ports.ReadConfiguration(stop), ports.ReadPrices(stop));
        var reading = await readingConfiguration;
        var pricing = await readingPrices;
        if (reading is not StoreResult<Configuration>.Done(var configuration))
        {
            return WithoutConfiguration(reading);
        }

        if (pricing is not StoreResult<PriceBook>.Done(var prices))
        {
            var failed = (StoreResult<PriceBook>.Failed)pricing;
            return WithoutConfiguration(new StoreResult<Configuration>.Failed(failed.Fault, failed.Detail));
        }

        var caller = CallerResolution.Resolve(question.Claims, configuration.Directory).Asking(question.Call.Model);
        var verdict = KnownBudgets.Of(caller, configuration.Budgets, now, IanaZones.Known) switch
        {
            Outcome<IReadOnlyList<Budget>>.Ok(var budgets) =>
                await DecideAsync(question, caller, budgets, prices, now, deadline, stop),
            Outcome<IReadOnlyList<Budget>>.Failed(var problem) =>
                Verdict.Refuse(new Refusal(RefusalKind.StoreMalformed, Refusal.Unavailable)) with { Detail = problem.Message },
            _ => throw new UnreachableException(),
        };
        return verdict with { Caller = caller, Tier = rules.Policy.Tiers.Choose(caller.Tier).Name };
    }

    private async Task<Verdict> DecideAsync(
        GatewayQuestion question,
        Caller caller,
        IReadOnlyList<Budget> budgets,
        PriceBook prices,
        DateTimeOffset now,
        DateTimeOffset deadline,
        CancellationToken stop)
    {
        var decision = BudgetPolicy.Decide(InputOf(question, caller, budgets, prices, now), rules.Policy);
        return decision switch
        {
            PolicyDecision.Refuse(var refusal) => Verdict.Refuse(refusal),
            PolicyDecision.Reserve plan => await ReserveAsync(question, caller, plan, now, deadline, stop),
            _ => throw new UnreachableException(),
        };
    }

    private PolicyInput InputOf(
        GatewayQuestion question, Caller caller, IReadOnlyList<Budget> budgets, PriceBook prices, DateTimeOffset now) => new(
        newAttemptId(),
        now,
        caller,
        question.Call,
        CallLabel.Of(
            question.Call.Provider, question.Call.Model, question.Path, question.Call.ServiceTier, question.Streaming),
        CallPrices.Find(prices, question.Call, now, rules.UnknownPrice),
        budgets);

    private async Task<Verdict> ReserveAsync(
        GatewayQuestion question,
        Caller caller,
        PolicyDecision.Reserve plan,
        DateTimeOffset now,
        DateTimeOffset deadline,
        CancellationToken stop)
    {
        if (denied.Find(plan.Limits, now) is { } exhausted)
        {
            return Verdict.Refuse(LimitRefusal.KnownExhausted(exhausted.Limit, exhausted.Settled)) with
            {
                Plan = plan,
                Detail = "deny_cache",
            };
        }

        var (outcome, roundTrips) = await ports.Reserve(
            new ReservePlan(question.RequestId, caller.Team, plan.Attempt, [.. plan.Limits.Select(ToEngine)])
            {
                Stale = seen.StaleOf(plan.Limits),
                Shards = ShardsOf(plan.Limits),
            },
            deadline,
            stop);
        seen.Note(outcome, now);
        return VerdictOf(outcome, plan, now) with
        {
            Plan = plan,
            RoundTrips = roundTrips,
            HoldsLeft = outcome.HoldsLeft,
        };
    }

    private Verdict VerdictOf(ReserveOutcome outcome, PolicyDecision.Reserve plan, DateTimeOffset now) => outcome switch
    {
        ReserveOutcome.Admitted admitted => new Verdict(null, plan.Hold.IsFree ? "free" : "within_budget")
        {
            Attempts = admitted.Attempts,
            Warnings = SoftWarnings.Of(plan.Limits, admitted.Sums),
        },
        ReserveOutcome.OverLimit(var limit, _, var current) => OverLimit(plan, limit, current, now),
        ReserveOutcome.NotHeld(var state) => Verdict.Refuse(new Refusal(
            RefusalKind.RequestClosed, "This request was answered already; send it again as a new one.")) with
        {
            Detail = $"the entry is {state}",
        },
        ReserveOutcome.StoreFailed failed => OnFault(failed, plan, now),
        ReserveOutcome.TooLate => Verdict.Refuse(new Refusal(RefusalKind.TooLate, Refusal.Unavailable)),
        _ => throw new UnreachableException(),
    };

    private Verdict OverLimit(
        PolicyDecision.Reserve plan, AccountLimit reached, AccountTotals? current, DateTimeOffset now)
    {
        var limit = plan.Limits.First(planned =>
            planned.Account == reached.Account && planned.Total == reached.Total && planned.Amount == reached.Amount);
        if (current is not null)
        {
            denied.Note(limit, current[limit.Total], now);
        }

        return Verdict.Refuse(LimitRefusal.Of(limit, plan.Hold, current?[limit.Total]));
    }

    private Verdict OnFault(ReserveOutcome.StoreFailed failed, PolicyDecision.Reserve plan, DateTimeOffset now)
    {
        var verdict = OutagePolicy.Answer(
            failed.Fault,
            failed.IsOutage,
            plan.Limits,
            rules.Outage,
            () => allowance.TryTake(plan.Hold.Amount, now)) switch
        {
            OutageAnswer.Admit(var reason) => new Verdict(null, reason) { IsDegraded = true },
            OutageAnswer.Refuse(var kind) => Verdict.Refuse(new Refusal(kind, Refusal.Unavailable)),
            _ => throw new UnreachableException(),
        };
        return verdict with { Detail = $"{failed.Where}: {failed.Detail}" };
    }

    private Verdict WithoutConfiguration(StoreResult<Configuration> reading)
    {
        var (fault, detail) = reading is StoreResult<Configuration>.Failed failed
            ? (failed.Fault, failed.Detail)
            : (StoreFault.Malformed, "the configuration was refused");
        var verdict = OutagePolicy.Answer(fault, true, null, rules.Outage, () => false) switch
        {
            OutageAnswer.Admit(var reason) => new Verdict(null, reason) { IsDegraded = true },
            OutageAnswer.Refuse(var kind) => Verdict.Refuse(new Refusal(kind, Refusal.Unavailable)),
            _ => throw new UnreachableException(),
        };
        return verdict with { Detail = $"configuration: {detail}" };
    }

    private static IReadOnlyDictionary<Scope, int> ShardsOf(IReadOnlyList<PlannedLimit> limits)
    {
        Dictionary<Scope, int>? shards = null;
        for (var i = 0; i < limits.Count; i++)
        {
            if (limits[i].Budget is { Shards: > 1 } budget)
            {
                (shards ??= new Dictionary<Scope, int>(2)).TryAdd(budget.Scope, budget.Shards);
            }
        }

        return shards ?? ReservePlan.OneItemEach;
    }

    private static AccountLimit ToEngine(PlannedLimit limit) =>
        new(limit.Account, limit.Total, limit.Amount, limit.Mode, limit.ResetsAt);
}
