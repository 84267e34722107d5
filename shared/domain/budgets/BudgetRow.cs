using AiGateway.Domain.Calendar;
using AiGateway.Domain.Decisions;

namespace AiGateway.Domain.Budgets;

/// <summary>One valid row of the budgets table: the limits of a scope in one window, and how they are kept.</summary>
public sealed record BudgetRow
{
    internal BudgetRow(Scope scope, Window window) => (Scope, Window) = (scope, window);

    public Scope Scope { get; }

    public Window Window { get; }

    /// <summary>Never empty.</summary>
    public required BudgetAmounts Limits { get; init; }

    public required BudgetAmounts Override { get; init; }

    /// <summary>The first instant at which the override no longer counts; null where there is none.</summary>
    public required DateTimeOffset? OverrideUntil { get; init; }

    public required BudgetMode Mode { get; init; }

    public required HoldMode HoldMode { get; init; }

    public required ExpiryPolicy OnExpiry { get; init; }

    public required RetryPolicy OnRetry { get; init; }

    /// <summary>Rising, each once.</summary>
    public required IReadOnlyList<int> WarnPercent { get; init; }

    /// <summary>An IANA name that the zone data knows.</summary>
    public required string TimeZone { get; init; }

    public required FiscalYear FiscalYear { get; init; }

    public required bool ReplacesTier { get; init; }

    public required int Shards { get; init; }

    /// <summary>
    /// The limits in force at an instant: those of the override, while it lasts, in place of the row's own.
    /// </summary>
    public BudgetAmounts LimitsAt(DateTimeOffset now) =>
        OverrideUntil is { } until && now < until ? Override.Or(Limits) : Limits;

    /// <summary>What the policy decides with: the limits in force at an instant.</summary>
    /// <param name="now">The instant.</param>
    /// <param name="zone">The rules of <see cref="TimeZone"/>.</param>
    public Budget BudgetAt(DateTimeOffset now, ZoneRules zone)
    {
        var limits = LimitsAt(now);
        return new Budget(
            Scope,
            Window,
            Mode,
            HoldMode,
            OnExpiry,
            OnRetry,
            [
                .. Enum.GetValues<Dimension>()
                    .Where(dimension => limits[dimension] is not null)
                    .Select(dimension => new LimitAmount(dimension, limits[dimension]!.Value)),
            ])
        {
            ReplacesTier = ReplacesTier,
            Zone = zone,
            FiscalYear = FiscalYear,
            InFlight = limits.InFlight,
            Shards = Shards,
        };
    }
}
