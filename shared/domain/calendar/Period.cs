using AiGateway.Domain.Budgets;

namespace AiGateway.Domain.Calendar;

/// <summary>One window instance: which account item carries its totals, under which name, and when it begins and ends.</summary>
/// <param name="Window">Its kind.</param>
/// <param name="Item">The account item's period: <c>2026-11</c>, <c>2026-W47</c>, <c>2026-Q4</c>, <c>2026</c>; a fiscal one names its first month (<c>2026.04-Q1</c>, <c>2026.04</c>).</param>
/// <param name="Name">The total's window inside the item: <c>M</c>, <c>d21</c>, <c>h</c> and <c>n</c> with the instant they start at; <c>W</c>, <c>Q</c>, <c>Y</c>.</param>
/// <param name="Start">The first instant.</param>
/// <param name="End">The first instant after it.</param>
public sealed record Period(Window Window, string Item, string Name, DateTimeOffset Start, DateTimeOffset End)
{
    /// <summary>True for the windows that stand in their month's item: a request then costs one write.</summary>
    public bool IsInMonthItem => Window is Window.Minute or Window.Hour or Window.Day or Window.Month;
}
