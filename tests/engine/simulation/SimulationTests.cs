using System.Globalization;

namespace AiGateway.Engine.Tests.Simulation;

/// <summary>
/// Random schedules of the whole engine; AIGATEWAY_SCHEDULES says how many, AIGATEWAY_SEED replays one.
/// </summary>
public sealed class SimulationTests
{
    private const int SchedulesByDefault = 2000;

    [Fact]
    public void No_schedule_breaks_an_invariant()
    {
        var replayed = FromEnvironment("AIGATEWAY_SEED");
        var first = replayed ?? 1;
        var count = replayed is null ? FromEnvironment("AIGATEWAY_SCHEDULES") ?? SchedulesByDefault : 1;
        for (var seed = first; seed < first + count; seed++)
        {
            var violation = Schedule.Run(seed, Plant.None);
            Assert.True(violation is null, $"AIGATEWAY_SEED={seed} replays this: {violation}");
        }
    }

    private static int? FromEnvironment(string name) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } text
            ? int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture)
            : null;
}
