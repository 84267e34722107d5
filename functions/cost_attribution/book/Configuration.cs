using AiGateway.Domain.Budgets;
using AiGateway.Domain.Decisions;
using AiGateway.Domain.Identity;
using AiGateway.Domain.Pricing;
using AiGateway.Engine;

namespace CostAttribution.Book;

/// <summary>What operators configured, as known now: at most a minute old.</summary>
/// <param name="Directory">Clients and teams.</param>
/// <param name="Budgets">By scope, in stored form.</param>
/// <param name="Prices">The price book under the operator's overrides.</param>
internal sealed record Configuration(
    CallerDirectory Directory, IReadOnlyDictionary<string, IReadOnlyList<Budget>> Budgets, PriceBook Prices)
{
    /// <summary>The budgets of these scopes, in the scopes' order.</summary>
    public IReadOnlyList<Budget> BudgetsOf(Caller caller) =>
        [.. caller.Scopes.SelectMany(scope => Budgets.GetValueOrDefault(scope.Value) ?? [])];
}

/// <summary>The configuration, from memory where it is fresh.</summary>
internal delegate Task<StoreResult<Configuration>> ReadConfiguration(CancellationToken stop);

/// <summary>Books requests, each once.</summary>
internal delegate Task<SettlementReport> Settle(IReadOnlyList<SettlementRequest> requests, CancellationToken stop);
