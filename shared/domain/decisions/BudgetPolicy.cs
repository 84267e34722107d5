using AiGateway.Domain.Budgets;
using AiGateway.Domain.Calendar;
using AiGateway.Domain.Identity;
using AiGateway.Domain.Ledger;

namespace AiGateway.Domain.Decisions;

/// <summary>Everything that one decision is made from.</summary>
/// <param name="AttemptId">Random, of this invocation.</param>
/// <param name="Now">The one reading of the clock.</param>
/// <param name="Caller">Whose request it is.</param>
/// <param name="Call">What is asked for.</param>
/// <param name="Label">The same for the ledger, bounded.</param>
/// <param name="Price">What it may be billed at, or why that is not known.</param>
/// <param name="Budgets">The budgets of the caller's scopes, as known now.</param>
public sealed record PolicyInput(
    string AttemptId,
    DateTimeOffset Now,
    Caller Caller,
    GuardedCall Call,
    AttemptCall Label,
    Outcome<CallPrice> Price,
    IReadOnlyList<Budget> Budgets);

/// <summary>The policy: which limits apply, how much is reserved, and what is refused without asking. Checks stand in
/// their order.</summary>
public static class BudgetPolicy
{
    public static PolicyDecision Decide(PolicyInput input, PolicyRules rules)
    {
        if (input.Caller.IsDenied)
        {
            return Refuse(RefusalKind.ClientDenied, "This client has been revoked.");
        }

        if (input.Price is not Outcome<CallPrice>.Ok(var price))
        {
            return Refuse(
                RefusalKind.UnknownPrice,
                $"No price is known for the model {input.Label.Model} of {input.Label.Provider ?? "any provider"}, so its cost can't be "
                + "bounded. Use another model, or ask the operator to add its price.");
        }

        var scopes = input.Caller.Scopes;
        var budgets = EffectiveBudgets(scopes, input.Caller, input.Budgets, rules);
        var mode = budgets.Count > 0 && budgets.TrueForAll(budget => budget.Hold == HoldMode.Expected)
            ? HoldMode.Expected
            : HoldMode.WorstCase;
        var bounded = HoldCalculation.Of(input.Call, price, mode, rules.ExpectedExternalTokens);
        return bounded is Outcome<Hold>.Ok(var hold)
            ? Plan(input, scopes, hold, budgets)
            : Refuse(RefusalKind.NotBounded, ((Outcome<Hold>.Failed)bounded).Problem.Message);
    }

    /// <summary>
    /// A scope's own budgets, and a team's tier for the windows that these leave out, unless they stand in place of
    /// it.
    /// </summary>
    public static IReadOnlyList<Budget> EffectiveBudgets(
        Caller caller, IReadOnlyList<Budget> known, PolicyRules rules) =>
        EffectiveBudgets(caller.Scopes, caller, known, rules);

    private static List<Budget> EffectiveBudgets(
        IReadOnlyList<Scope> scopes, Caller caller, IReadOnlyList<Budget> known, PolicyRules rules)
    {
        var effective = new List<Budget>();
        foreach (var scope in scopes)
        {
            var first = effective.Count;
            foreach (var budget in known)
            {
                if (budget.Scope == scope)
                {
                    effective.Add(budget);
                }
            }

            if (scope == caller.TeamScope)
            {
                AddTier(effective, first, scope, caller.Tier, rules);
            }
        }

        return effective;
    }

    // The scope's own budgets stand in the list from first on.
    private static void AddTier(List<Budget> effective, int first, Scope scope, string? tier, PolicyRules rules)
    {
        var budgets = rules.Tiers.BudgetsFor(scope, rules.Tiers.Choose(tier).Name, rules.TierExpiry);
        if (effective.Count == first)
        {
            effective.AddRange(budgets);
            return;
        }

        var own = effective[first..];
        if (own.Exists(budget => budget.ReplacesTier))
        {
            return;
        }

        foreach (var budget in budgets)
        {
            if (!own.Exists(known => known.StandsInPlaceOf(budget.Window)))
            {
                effective.Add(budget with { Zone = own[0].Zone, Shards = own[0].Shards });
            }
        }
    }

    private static PolicyDecision Plan(
        PolicyInput input, IReadOnlyList<Scope> scopes, Hold hold, List<Budget> budgets)
    {
        // What costs nothing can't exceed an amount of money, not even of zero; limits of other dimensions stay.
        var limits = new List<PlannedLimit>(budgets.Count + 1);
        foreach (var budget in budgets)
        {
            PlannedLimit.AddTo(limits, budget, input.Now);
        }

        if (hold.IsFree)
        {
            limits.RemoveAll(limit => limit.Total.Dimension == Dimension.Usd);
        }

        if (hold.TokensNotBounded is { } why && limits.Exists(limit =>
            limit is { Mode: BudgetMode.Hard, Total.Dimension: Dimension.Tokens }))
        {
            return Refuse(RefusalKind.NotBounded, why);
        }

        return new PolicyDecision.Reserve(
            new Attempt(
                input.AttemptId,
                HoldBucket.Containing(input.Now),
                input.Now,
                input.Label,
                hold.Amount,
                hold.Bounds,
                budgets.Exists(budget => budget.OnRetry == RetryPolicy.Charge) ? RetryPolicy.Charge : RetryPolicy.Release,
                budgets.Exists(budget => budget.OnExpiry == ExpiryPolicy.Charge) ? ExpiryPolicy.Charge : ExpiryPolicy.Release,
                BookedAccounts.Of(scopes, budgets, limits, input.Now, hold.AmountOf)),
            hold,
            limits);
    }

    private static PolicyDecision.Refuse Refuse(RefusalKind kind, string message) => new(new Refusal(kind, message));
}
