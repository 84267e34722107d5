using AiGateway.Domain.Budgets;
using AiGateway.Domain.Ledger;

namespace AiGateway.Domain.Decisions;

/// <summary>What the operator decided for all requests alike.</summary>
/// <param name="Tiers">The limits of teams without a budget.</param>
/// <param name="TierExpiry">What a tier budget's hold becomes that no line has cleared.</param>
/// <param name="ExpectedExternalTokens">In the <c>expected</c> mode, for what the provider reads beyond the
/// request.</param>
public sealed record PolicyRules(TierTable Tiers, ExpiryPolicy TierExpiry, long ExpectedExternalTokens);

/// <summary>What to do about a request, before anything is asked of the store.</summary>
public abstract record PolicyDecision
{
    private PolicyDecision()
    {
    }

    /// <summary>Reserve; admit when it is confirmed.</summary>
    /// <param name="Attempt">With its holds.</param>
    /// <param name="Hold">How much, and why.</param>
    /// <param name="Limits">Every limit that applies, in the order of the scopes.</param>
    public sealed record Reserve(Attempt Attempt, Hold Hold, IReadOnlyList<PlannedLimit> Limits) : PolicyDecision;

    /// <summary>Refuse without asking.</summary>
    public sealed record Refuse(Refusal Refusal) : PolicyDecision;
}
