using AiGateway.Domain.Decisions;
using AiGateway.Domain.Identity;
using AiGateway.Domain.Pricing;
using AiGateway.Engine;

namespace BudgetEnforcement.Decide;

/// <summary>What operators configured, as known now: read from tables, at most a minute old (design.md, section
/// 5).</summary>
/// <param name="Directory">Clients and teams.</param>
/// <param name="Budgets">By scope, in stored form.</param>
/// <param name="Prices">The price book under the operator's overrides.</param>
internal sealed record Configuration(
    CallerDirectory Directory, IReadOnlyDictionary<string, IReadOnlyList<Budget>> Budgets, PriceBook Prices)
{
    public static Configuration Empty { get; } =
        new(CallerDirectory.Empty, new Dictionary<string, IReadOnlyList<Budget>>(), PriceBook.Default);

    /// <summary>The budgets of these scopes, in the scopes' order.</summary>
    public IReadOnlyList<Budget> BudgetsOf(Caller caller) =>
        [.. caller.Scopes.SelectMany(scope => Budgets.GetValueOrDefault(scope.Value) ?? [])];
}

/// <summary>The configuration, from memory where it is fresh. Failed: nothing was ever read and the store does not
/// answer.</summary>
internal delegate Task<StoreResult<Configuration>> ReadConfiguration(CancellationToken stop);

/// <summary>Carries out a plan. Tells how many round trips it took, one after the other.</summary>
internal delegate Task<(ReserveOutcome Outcome, int RoundTrips)> Reserve(
    ReservePlan plan, DateTimeOffset deadline, CancellationToken stop);
