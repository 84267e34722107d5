namespace BudgetEnforcement.Tests.Dynamo;

/// <summary>The machine's clock, moved to another date: timers keep running.</summary>
internal sealed class ShiftedClock : TimeProvider
{
    private TimeSpan shift;

    public void MoveTo(DateTimeOffset now) => shift = now - System.GetUtcNow();

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + shift;
}
