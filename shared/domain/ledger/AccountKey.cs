using AiGateway.Domain.Budgets;

namespace AiGateway.Domain.Ledger;

/// <summary>
/// An account item: one scope in one window instance, such as <c>team#payments</c> in <c>2026-11</c>.
/// </summary>
/// <param name="Scope">Whose totals these are.</param>
/// <param name="Period">The item's window instance: <c>2026-11</c> (a month, with its days, hours and minutes),
/// <c>2026-W47</c>, <c>2026-Q4</c>, <c>2026</c>.</param>
public sealed record AccountKey(Scope Scope, string Period)
{
    public override string ToString() => $"{Scope.Value}@{Period}";
}

/// <summary>Which running total of an account item: a dimension in a window instance that the item carries.</summary>
/// <param name="Window">The instance's short name inside the item: <c>M</c> is the item's own month, <c>d21</c> its
/// 21st day.</param>
/// <param name="Dimension">What it counts: USD, tokens or requests.</param>
public readonly record struct Total(string Window, Dimension Dimension)
{
    /// <summary>The window of in-flight counts: held while a request runs, never settled.</summary>
    public const string InFlight = "F";

    /// <summary>A minute's total.</summary>
    public bool IsMinute => Window is ['n', ..];
}

/// <summary>An amount on one running total. USD, tokens or requests, by the total's dimension.</summary>
public sealed record TotalAmount(Total Total, decimal Amount);
