namespace Sweep.Tests.Harness;

/// <summary>What the schedule sends.</summary>
internal static class Events
{
    public static readonly ScheduleEvent Sweep = new("sweep");

    public static readonly ScheduleEvent Verify = new("verify");

    /// <summary>Noon in the middle of a month.</summary>
    public static readonly DateTimeOffset Now = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);
}
