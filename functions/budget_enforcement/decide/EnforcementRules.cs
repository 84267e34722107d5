using AiGateway.Domain;
using AiGateway.Domain.Decisions;

namespace BudgetEnforcement.Decide;

/// <summary>What the operator decided for all requests alike, from the settings.</summary>
/// <param name="Policy">Tiers and bounds.</param>
/// <param name="UnknownPrice">What a model without a price means.</param>
/// <param name="Outage">What a store that can't be reached means.</param>
/// <param name="AllowancePerMinute">For each execution environment.</param>
/// <param name="DenyCacheKept">How long a scope that is known to be exhausted is refused from memory; at most a
/// minute.</param>
internal sealed record EnforcementRules(
    PolicyRules Policy,
    UnknownPricePolicy UnknownPrice,
    OutageRules Outage,
    Usd AllowancePerMinute,
    TimeSpan DenyCacheKept);
