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
        var first = FromEnvironment("AIGATEWAY_SEED") ?? 1;
        var count = FromEnvironment("AIGATEWAY_SEED") is null ? FromEnvironment("AIGATEWAY_SCHEDULES") ?? SchedulesByDefault : 1;
        for (var seed = first; seed < first + count; seed++)
        {
            var violation = Schedule.Run(seed, Plant.None);
            Assert.True(violation is null, $"AIGATEWAY_SEED={seed} replays this: {violation}");
        }
    }

    private static int? FromEnvironment(string name) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.None, CultureInfo.InvariantCulture, out var value)
            ? value
            : null;
}
