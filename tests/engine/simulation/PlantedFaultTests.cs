using AiGateway.Tests;

namespace AiGateway.Engine.Tests.Simulation;

/// <summary>
/// The simulation is only worth what it finds: each of these faults breaks an invariant within 10,000 schedules.
/// </summary>
[Trait("Takes", "long")]
public sealed class PlantedFaultTests
{
    private const int SchedulesMax = 10_000;

    private static readonly Plant[] Plants =
    [
        new ReleasesBeforePostings(),
        new VoidsEarlierAttempts(),
        new MovesOpenWithAttempts(),
        new AppendsBeforeHolds(),
        new IndexLagsBeyondLife(),
        new RepeatsGiveBacks(),
        new GivesBackWhatTimedOut(),
        new AppliesPostingsTwice(),
        new IgnoresVersions(),
        new PassesBeforeThePut(),
        new ReleasesWhatWasNotSent(),
        new RebuildsWithoutPostings(),
        new LeavesBucketsBehind(),
        new AllowsHalfOutages(),
    ];

    public static TheoryData<string> Names => [.. Plants.Select(plant => plant.GetType().Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_planted_fault_is_found(string name)
    {
        Assert.SkipWhen(Laws.AreMutants, "It tests the simulation, at length: not the engine that is mutated.");
        var plant = Plants.Single(plant => plant.GetType().Name == name);
        var seed = Enumerable.Range(1, SchedulesMax).FirstOrDefault(seed => Schedule.Run(seed, plant) is not null);

        Assert.True(seed > 0, $"{name} broke nothing in {SchedulesMax} schedules.");
        TestContext.Current.TestOutputHelper?.WriteLine($"{name}: seed {seed}: {Schedule.Run(seed, plant)}");
    }
}
