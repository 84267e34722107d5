using AiGateway.Aws;
using AiGateway.Domain.Pricing;
using AiGateway.Engine;

namespace BudgetEnforcement.Decide;

/// <summary>
/// What operators configured, from memory where it is fresh. Failed: nothing fresh is known and the store does not
/// answer.
/// </summary>
internal delegate Task<StoreResult<Configuration>> ReadConfiguration(CancellationToken stop);

/// <summary>The price book under the operator's overrides, from memory where it is fresh.</summary>
internal delegate Task<StoreResult<PriceBook>> ReadPrices(CancellationToken stop);

/// <summary>Carries out a plan. Tells how many round trips it took, one after the other.</summary>
internal delegate Task<(ReserveOutcome Outcome, int RoundTrips)> Reserve(
    ReservePlan plan, DateTimeOffset deadline, CancellationToken stop);

/// <summary>What the function needs of the outside.</summary>
internal sealed record Ports(ReadConfiguration ReadConfiguration, ReadPrices ReadPrices, Reserve Reserve);
