using AiGateway.Domain.Decisions;
using AiGateway.Domain.Identity;

namespace AiGateway.Domain.Settlement;

/// <summary>What all lines of a batch are booked by.</summary>
/// <param name="Prices">Every price that may apply.</param>
/// <param name="SettledAt">The one reading of the clock.</param>
/// <param name="BudgetsOf">The budgets of a caller's scopes at an instant: asked for only where a request has no entry,
/// because most have one.</param>
public sealed record BookingTerms(
    LinePrices Prices, DateTimeOffset SettledAt, Func<Caller, DateTimeOffset, IReadOnlyList<Budget>> BudgetsOf);
