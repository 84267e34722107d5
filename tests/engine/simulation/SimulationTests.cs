using System.Collections.Concurrent;
using System.Globalization;

namespace AiGateway.Engine.Tests.Simulation;

/// <summary>
/// Random schedules of the whole engine; AIGATEWAY_SCHEDULES says how many, AIGATEWAY_SEED replays one.
/// </summary>
public sealed class SimulationTests
{
    private const int SchedulesByDefault = 2000;
    private const int SchedulesByNight = 100_000;

    [Fact]
    public void No_schedule_breaks_an_invariant()
    {
        var replayed = FromEnvironment("AIGATEWAY_SEED");
        var byDefault = Environment.GetEnvironmentVariable("NIGHTLY") == "1" ? SchedulesByNight : SchedulesByDefault;
        var count = replayed is null ? FromEnvironment("AIGATEWAY_SCHEDULES") ?? byDefault : 1;
        var violations = new ConcurrentDictionary<int, string>();

        // Each schedule is alone on its thread: two beside each other cannot meet.
        Parallel.ForEach(Enumerable.Range(replayed ?? 1, count), (seed, loop) =>
        {
            if (Schedule.Run(seed, Plant.None) is { } violation)
            {
                violations[seed] = violation;
                loop.Break();
            }
        });

        var first = violations.OrderBy(violation => violation.Key).FirstOrDefault();
        Assert.True(violations.IsEmpty, $"AIGATEWAY_SEED={first.Key} replays this: {first.Value}");
    }

    private static int? FromEnvironment(string name) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } text
            ? int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture)
            : null;
}
