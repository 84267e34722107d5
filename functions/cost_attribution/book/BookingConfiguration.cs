using AiGateway.Domain;
using AiGateway.Domain.Budgets;
using AiGateway.Domain.Decisions;
using AiGateway.Domain.Identity;
using AiGateway.Domain.Pricing;
using AiGateway.Engine;
using AiGateway.TimeZones;

namespace CostAttribution.Book;

/// <summary>What operators configured, as known now: at most a minute old.</summary>
/// <param name="Directory">Clients and teams.</param>
/// <param name="Budgets">Every scope's rows.</param>
/// <param name="Prices">The price book under the operator's overrides.</param>
internal sealed record BookingConfiguration(CallerDirectory Directory, BudgetBook Budgets, PriceBook Prices)
{
    private static readonly int[] WarnPercentDefault = [50, 80, 100];

    /// <summary>
    /// The caller's own budgets at an instant. A scope whose rows are not understood has none here: nothing can be
    /// warned of,
    /// and its requests are refused by name where they are decided.
    /// </summary>
    public IReadOnlyList<Budget> BudgetsOf(Caller caller, DateTimeOffset at) =>
        [.. caller.Scopes.SelectMany(RowsOf).Select(row => row.BudgetAt(at, IanaZones.Known(row.TimeZone)))];

    /// <summary>At which percentages of a budget somebody is warned.</summary>
    public IReadOnlyList<int> WarnPercentOf(Budget budget) =>
        RowsOf(budget.Scope).FirstOrDefault(row => row.Window == budget.Window)?.WarnPercent ?? WarnPercentDefault;

    private IReadOnlyList<BudgetRow> RowsOf(Scope scope) =>
        Budgets[scope] is Outcome<ScopeBudgets>.Ok(var own) ? own.Rows : [];
}

/// <summary>The configuration, from memory where it is fresh.</summary>
internal delegate Task<StoreResult<BookingConfiguration>> ReadConfiguration(CancellationToken stop);

/// <summary>Books requests, each once.</summary>
internal delegate Task<SettlementReport> Settle(IReadOnlyList<SettlementRequest> requests, CancellationToken stop);
