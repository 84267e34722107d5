using AiGateway.Domain.Budgets;
using AiGateway.Domain.Calendar;
using AiGateway.Domain.Ledger;

namespace AiGateway.Domain.Decisions;

/// <summary>A limit of a budget in the window instance that the decision is made in.</summary>
/// <param name="Budget">Whose limit it is.</param>
/// <param name="Account">The account item it is on.</param>
/// <param name="Total">Which running total of the item.</param>
/// <param name="Amount">How much, in the total's dimension.</param>
/// <param name="ResetsAt">When the window ends; of a limit on requests in flight, the decision's own instant.</param>
public sealed record PlannedLimit(
    Budget Budget, AccountKey Account, Total Total, decimal Amount, DateTimeOffset ResetsAt)
{
    /// <summary>The item that counts a scope's requests in flight, whatever the month.</summary>
    public const string InFlightItem = "in_flight";

    public BudgetMode Mode => Budget.Mode;

    /// <summary>Counts what runs now instead of what was used in a window.</summary>
    public bool IsInFlight => Total.Window == Total.InFlight;

    /// <summary>The instant of the decision.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>
    /// Another try within the hour helps: a limit on requests or tokens a minute or an hour. Money that is spent does
    /// not come
    /// back so soon, whatever its window (T38).
    /// </summary>
    public bool IsRate =>
        !IsInFlight && Total.Dimension != Dimension.Usd && Budget.Window is Window.Minute or Window.Hour;

    /// <summary>Of the decision's instant, rounded up; at least one.</summary>
    public long SecondsUntilReset =>
        Math.Max(1, ((ResetsAt - At).Ticks + TimeSpan.TicksPerSecond - 1) / TimeSpan.TicksPerSecond);

    /// <summary>The limits of a budget at an instant, in its scope's own calendar.</summary>
    public static IReadOnlyList<PlannedLimit> Of(Budget budget, DateTimeOffset now)
    {
        var limits = new List<PlannedLimit>(budget.Limits.Count + 1);
        AddTo(limits, budget, now);
        return limits;
    }

    /// <inheritdoc cref="Of"/>
    public static void AddTo(List<PlannedLimit> limits, Budget budget, DateTimeOffset now)
    {
        var period = Periods.Containing(now, budget.Window, budget.Zone, budget.FiscalYear);
        var account = new AccountKey(budget.Scope, period.Item);
        foreach (var limit in budget.Limits)
        {
            var total = new Total(period.Name, limit.Dimension);
            limits.Add(new PlannedLimit(budget, account, total, limit.Amount, period.End) { At = now });
        }

        if (budget.InFlight is { } most)
        {
            var running = new Total(Total.InFlight, Dimension.Requests);
            limits.Add(new PlannedLimit(budget, new AccountKey(budget.Scope, InFlightItem), running, most, now)
            {
                At = now,
            });
        }
    }
}
