using AiGateway.Domain.Budgets;
using AiGateway.Domain.Calendar;

namespace AiGateway.Domain.Decisions;

/// <summary>The limits of one scope in one window, with how they are kept. A limit of zero is a limit; a missing one
/// is none (T33).</summary>
/// <param name="Scope">Who or what it is on.</param>
/// <param name="Window">The calendar window, in <see cref="Zone"/>.</param>
/// <param name="Mode">Hard, soft or shadow.</param>
/// <param name="Hold">How much is reserved.</param>
/// <param name="OnExpiry">What a hold becomes that no line has cleared.</param>
/// <param name="OnRetry">What a dropped attempt costs.</param>
/// <param name="Limits">At most one for each dimension.</param>
public sealed record Budget(
    Scope Scope,
    Window Window,
    BudgetMode Mode,
    HoldMode Hold,
    ExpiryPolicy OnExpiry,
    RetryPolicy OnRetry,
    IReadOnlyList<LimitAmount> Limits)
{
    /// <summary>The scope's budgets stand in place of every window of its tier, not only of their own.</summary>
    public bool ReplacesTier { get; init; }

    /// <summary>Whose calendar the window follows. One for each scope: all its rows name the same.</summary>
    public ZoneRules Zone { get; init; } = ZoneRules.Utc;

    /// <summary>What quarters and years begin with.</summary>
    public FiscalYear FiscalYear { get; init; } = FiscalYear.CalendarYear;

    /// <summary>How many requests may run at once; null: any number.</summary>
    public decimal? InFlight { get; init; }

    /// <summary>Over how many items the scope's account is spread. One for each scope: all its rows name the same.</summary>
    public int Shards { get; init; } = 1;

    /// <summary>True where a tier's limits of a window don't count beside this: one on requests in flight replaces
    /// none.</summary>
    public bool StandsInPlaceOf(Window window) => Window == window && Limits.Count > 0;

    /// <summary>A budget with the defaults of its mode: hard ones reserve the worst case and charge what
    /// expires.</summary>
    public static Budget Of(Scope scope, Window window, BudgetMode mode, params IReadOnlyList<LimitAmount> limits) => new(
        scope,
        window,
        mode,
        mode == BudgetMode.Hard ? HoldMode.WorstCase : HoldMode.Expected,
        mode == BudgetMode.Hard ? ExpiryPolicy.Charge : ExpiryPolicy.Release,
        RetryPolicy.Release,
        limits);
}

/// <summary>How much of one dimension: dollars, tokens or requests.</summary>
public sealed record LimitAmount(Dimension Dimension, decimal Amount);
