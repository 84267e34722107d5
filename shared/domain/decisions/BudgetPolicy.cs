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

        var budgets = EffectiveBudgets(input.Caller, input.Budgets, rules);
        var mode = budgets.Any(budget => budget.Hold == HoldMode.Expected)
            && budgets.All(budget => budget.Hold == HoldMode.Expected)
                ? HoldMode.Expected
                : HoldMode.WorstCase;
        var bounded = HoldCalculation.Of(input.Call, price, mode, rules.ExpectedExternalTokens);
        return bounded is Outcome<Hold>.Ok(var hold)
            ? Plan(input, hold, budgets)
            : Refuse(RefusalKind.NotBounded, ((Outcome<Hold>.Failed)bounded).Problem.Message);
    }

    /// <summary>
    /// A scope's own budgets, and a team's tier for the windows that these leave out, unless they stand in place of
    /// it.
    /// </summary>
    public static IReadOnlyList<Budget> EffectiveBudgets(
        Caller caller, IReadOnlyList<Budget> known, PolicyRules rules)
    {
        var effective = new List<Budget>();
        foreach (var scope in caller.Scopes)
        {
            var own = known.Where(budget => budget.Scope == scope).ToList();
            effective.AddRange(own);
            if (scope == caller.TeamScope && !own.Any(budget => budget.ReplacesTier))
            {
                var zone = own.FirstOrDefault()?.Zone ?? ZoneRules.Utc;
                var shards = own.FirstOrDefault()?.Shards ?? 1;
                effective.AddRange(rules.Tiers
                    .BudgetsFor(scope, rules.Tiers.Choose(caller.Tier).Name, rules.TierExpiry)
                    .Where(tier => !own.Any(budget => budget.StandsInPlaceOf(tier.Window)))
                    .Select(tier => tier with { Zone = zone, Shards = shards }));
            }
        }

        return effective;
    }

    private static PolicyDecision Plan(PolicyInput input, Hold hold, IReadOnlyList<Budget> budgets)
    {
        // What costs nothing can't exceed an amount of money, not even of zero; limits of other dimensions stay.
        var limits = budgets
            .SelectMany(budget => PlannedLimit.Of(budget, input.Now))
            .Where(limit => !(hold.IsFree && limit.Total.Dimension == Dimension.Usd))
            .ToList();
        if (hold.TokensNotBounded is { } why && limits.Any(limit =>
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
                budgets.Any(budget => budget.OnRetry == RetryPolicy.Charge) ? RetryPolicy.Charge : RetryPolicy.Release,
                budgets.Any(budget => budget.OnExpiry == ExpiryPolicy.Charge) ? ExpiryPolicy.Charge : ExpiryPolicy.Release,
                BookedAccounts.Of(input.Caller.Scopes, budgets, limits, input.Now, hold.AmountOf)),
            hold,
            limits);
    }

    private static PolicyDecision.Refuse Refuse(RefusalKind kind, string message) => new(new Refusal(kind, message));
}
