using System.Collections.Concurrent;
using System.Globalization;
using AiGateway.Tests;

namespace AiGateway.Engine.Tests.Simulation.Shards;

/// <summary>
/// Random schedules on a sharded scope; AIGATEWAY_SCHEDULES says how many, AIGATEWAY_SEED replays one.
/// </summary>
[Trait("Takes", "long")]
public sealed class ShardSimulationTests
{
    private const int SchedulesByDefault = 2_000;
    private const int SchedulesForCoverage = 300;
    /// <summary>Each costs two of the main simulation: more requests, and every write is held against all shards.</summary>
    private const int SchedulesByNight = 25_000;
    private const int SchedulesForPlants = 10_000;

    private static readonly Plant[] Plants =
    [
        new MovesWithoutTheDonorsCondition(),
        new IgnoresWhatWasGranted(),
        new ForgetsTheLowestGrant(),
        new GrantsAnewWhereItMovesAlone(),
        new ForgetsWhatWasHeldBefore(),
        new MovesInPieces(),
        new RecallsTwice(),
    ];

    public static TheoryData<string> Names => [.. Plants.Select(plant => plant.GetType().Name)];

    [Fact]
    public void No_schedule_breaks_an_invariant()
    {
        var replayed = FromEnvironment("AIGATEWAY_SEED");
        var byDefault = Environment.GetEnvironmentVariable("NIGHTLY") == "1" ? SchedulesByNight : SchedulesByDefault;
        var count = replayed is null ? FromEnvironment("AIGATEWAY_SCHEDULES") ?? byDefault : 1;
        var violations = new ConcurrentDictionary<int, string>();

        Parallel.ForEach(Enumerable.Range(replayed ?? 1, count), (seed, loop) =>
        {
            if (ShardSchedule.Run(seed, Plant.None) is { } violation)
            {
                violations[seed] = violation;
                loop.Break();
            }
        });

        var first = violations.OrderBy(violation => violation.Key).FirstOrDefault();
        Assert.True(violations.IsEmpty, $"AIGATEWAY_SEED={first.Key} replays this: {first.Value}");
    }

    [Fact]
    public void The_schedules_meet_what_they_are_for()
    {
        Assert.SkipWhen(Laws.AreMutants, "It tests the simulation, at length: not the engine that is mutated.");
        var seen = new HashSet<string>();
        for (var seed = 1; seed <= SchedulesForCoverage; seed++)
        {
            ShardSchedule.Run(seed, Plant.None, seen);
        }

        string[] needed =
        [
            "admitted in 1", "admitted in 2", "OverLimit", "StoreFailed", "no answer", "lowered", "raised or spread",
            "moved ahead of need", "first shares for all", "granted anew", "put back", "made hard", "moved for a hold", "undone behind the answer", "Held to Expired", "Held to Measured", "Expired to Measured",
        ];
        Assert.Empty(needed.Except(seen));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_planted_fault_is_found(string name)
    {
        Assert.SkipWhen(Laws.AreMutants, "It tests the simulation, at length: not the engine that is mutated.");
        var plant = Plants.Single(plant => plant.GetType().Name == name);
        var seed = Enumerable.Range(1, SchedulesForPlants).FirstOrDefault(seed => ShardSchedule.Run(seed, plant) is not null);

        Assert.True(seed > 0, $"{name} broke nothing in {SchedulesForPlants} schedules.");
        TestContext.Current.TestOutputHelper?.WriteLine($"{name}: seed {seed}: {ShardSchedule.Run(seed, plant)}");
    }

    private static int? FromEnvironment(string name) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } text
            ? int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture)
            : null;
}
