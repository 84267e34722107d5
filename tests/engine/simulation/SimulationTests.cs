using System.Collections.Concurrent;
using System.Globalization;
using AiGateway.Engine.Tests.Fakes;
using AiGateway.Tests;

namespace AiGateway.Engine.Tests.Simulation;

/// <summary>
/// Random schedules of the whole engine; AIGATEWAY_SCHEDULES says how many, AIGATEWAY_SEED replays one.
/// </summary>
[Trait("Takes", "long")]
public sealed class SimulationTests
{
    private const int SchedulesByDefault = 2000;
    private const int SchedulesForCoverage = 300;
    private const int SchedulesForMutants = 30;
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

    [Fact]
    public void The_schedules_meet_everything_that_they_are_for()
    {
        Assert.SkipWhen(Laws.AreMutants, "It tests the simulation, at length: not the engine that is mutated.");
        var seen = new HashSet<string>();
        for (var seed = 1; seed <= SchedulesForCoverage; seed++)
        {
            Schedule.Run(seed, Plant.None, seen);
        }

        string[] needed =
        [
            "admitted 1", "admitted 2", "admitted 3", "OverLimit", "StoreFailed", "TooLate", "no answer",
            "nothing to Held", "Held to Held", "Held to Void", "nothing to Void", "Held to NotSent",
            "nothing to NotSent", "Held to Expired", "Held to Estimated", "Held to Measured", "Expired to Measured", "Expired to Estimated",
            "let through in an outage", "removes what is over", "corrected",
            $"{Fate.RequestLost} at {Role.Operator}", $"{Fate.CrashBefore} at {Role.Operator}",
            .. Enum.GetNames<Role>().Where(role => role != nameof(Role.Operator)).SelectMany(role => new[]
            {
                $"{Fate.AnswerLost} at {role}", $"{Fate.LandsLate} at {role}", $"{Fate.CrashBefore} at {role}",
                $"{Fate.CrashAfter} at {role}", $"{Fate.RequestLost} at {role}", $"{Fate.Conflict} at {role}",
            }),
        ];
        Assert.Empty(needed.Except(seen));
    }

    /// <summary>Nothing is released by an index that shows too little, so that nothing can be overspent.</summary>
    [Fact]
    public void An_index_that_lags_beyond_the_time_to_live_stops_every_sweep_and_breaks_nothing()
    {
        var schedules = Laws.AreMutants ? SchedulesForMutants : SchedulesForCoverage;
        var ended = Enumerable.Range(1, schedules).Select(seed => Schedule.Run(seed, new WholeIndexLags())).ToList();

        Assert.All(ended, trouble => Assert.Contains(nameof(IndexLagException), trouble, StringComparison.Ordinal));
    }

    [Fact]
    public void A_seed_replays_its_schedule()
    {
        Assert.SkipWhen(Laws.AreMutants, "It tests the simulation, at length: not the engine that is mutated.");
        for (var seed = 1; seed <= 40; seed++)
        {
            var first = new HashSet<string>();
            var second = new HashSet<string>();

            Assert.Equal(
                Schedule.Run(seed, new AppliesPostingsTwice(), first),
                Schedule.Run(seed, new AppliesPostingsTwice(), second));
            Assert.Equal(first.Order(), second.Order());
        }
    }

    private static int? FromEnvironment(string name) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } text
            ? int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture)
            : null;
}
