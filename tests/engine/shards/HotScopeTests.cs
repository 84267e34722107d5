using AiGateway.Domain.Ledger;
using AiGateway.Tests;

namespace AiGateway.Engine.Tests.Shards;

/// <summary>
/// One item takes 1,000 writes a second (so does one key of an index, and a transaction's writes count double): what a
/// scope with eight shards sustains, and that one without does not.
/// </summary>
[Trait("Takes", "long")]
public sealed class HotScopeTests
{
    private const int PerSecond = 5_000;

    /// <summary>Of all decisions: those that others were in the way of until the deadline, as the cap ended.</summary>
    private const decimal UnansweredPart = 0.0005m;

    [Fact]
    public void Eight_shards_sustain_five_thousand_decisions_a_second_to_the_last_of_the_cap()
    {
        Assert.SkipWhen(Laws.AreMutants, "It measures, at length: the other tests of shards hold what it does.");
        const decimal Cap = 400m;
        var load = HotScopeLoad.Run(new LoadPlan(8, PerSecond, Seconds: 10, Cap));
        Tell(load);

        var admitted = load.Decisions.Where(decision => decision.Outcome is ReserveOutcome.Admitted).ToList();
        var refused = load.Decisions.Where(decision => decision.Outcome is ReserveOutcome.OverLimit).ToList();
        Assert.InRange(Spent(load), 0.99m * Cap, Cap);
        Assert.True(admitted.Count > 39_000 && refused.Count > 9_000, $"{admitted.Count}, {refused.Count}");
        Assert.InRange(load.Decisions.Count - admitted.Count - refused.Count, 0, UnansweredPart * load.Decisions.Count);

        // Nothing but a write that was certainly not applied is sent again; without that an admission takes two.
        Assert.All(admitted.Where(decision => decision.SentAgain == 0), decision => Assert.InRange(decision.RoundTrips, 1, 2));
        Assert.InRange(admitted.Count(decision => decision.RoundTrips > 2), 0, admitted.Count / 100);
        Assert.All(refused.Where(decision => decision.SentAgain == 0), decision => Assert.InRange(decision.RoundTrips, 2, 3));
        Assert.InRange(refused.Count(decision => decision is { SentAgain: 0, RoundTrips: 3 }), 0, refused.Count / 50);
    }

    [Fact]
    public void One_item_does_not_sustain_it()
    {
        Assert.SkipWhen(Laws.AreMutants, "It measures, at length: the other tests of shards hold what it does.");
        var load = HotScopeLoad.Run(new LoadPlan(1, PerSecond, Seconds: 2, Cap: 400m));
        Tell(load);

        var unanswered = load.Decisions.Count(decision => decision.Outcome is ReserveOutcome.StoreFailed);
        Assert.True(unanswered > load.Decisions.Count / 2, $"Only {unanswered} of {load.Decisions.Count} were throttled.");
    }

    [Fact]
    public void Eight_shards_sustain_it_while_requests_end_and_are_booked()
    {
        Assert.SkipWhen(Laws.AreMutants, "It measures, at length: the other tests of shards hold what it does.");
        var load = HotScopeLoad.Run(new LoadPlan(8, PerSecond, Seconds: 4, Cap: 1000m, SettledPercent: 50));
        Tell(load);

        var admitted = load.Decisions.Where(decision => decision.Outcome is ReserveOutcome.Admitted).ToList();
        Assert.InRange(load.Decisions.Count - admitted.Count, 0, UnansweredPart * load.Decisions.Count);
        Assert.All(admitted.Where(decision => decision.SentAgain == 0), decision => Assert.InRange(decision.RoundTrips, 1, 2));
        Assert.InRange(admitted.Count(decision => decision.RoundTrips > 2), 0, admitted.Count / 20);
        Assert.All(load.Items, item => Assert.Equal(0m, item[ShardPlans.Usd].Buckets.Values.Sum()));
    }

    private static decimal Spent(HotScopeLoad load) => load.Items.Sum(item =>
        item[ShardPlans.Usd].Settled + item[ShardPlans.Usd].Estimated + item[ShardPlans.Usd].Buckets.Values.Sum());

    private static void Tell(HotScopeLoad load)
    {
        Write($"spent {Spent(load)}, {load.Environments.Count} environments, "
            + $"{load.Environments.Sum(environment => environment.Network.Moves)} moves, "
            + $"{load.Environments.Sum(environment => environment.Network.Throttled)} throttled, "
            + $"{load.Environments.Sum(environment => environment.Network.Conflicts)} in conflict");
        foreach (var kind in load.Decisions.GroupBy(decision => decision.Outcome.GetType().Name))
        {
            Write($"{kind.Key} {kind.Count()}; by round trips: {Counts(kind)}; nothing sent again: "
                + $"{Counts(kind.Where(decision => decision.SentAgain == 0))}; "
                + $"99 % within {kind.Select(decision => decision.Took).Order().ElementAt(kind.Count() * 99 / 100)}");
        }
    }

    private static string Counts(IEnumerable<LoadDecision> decisions) => string.Join(", ", decisions
        .GroupBy(decision => decision.RoundTrips)
        .OrderBy(group => group.Key)
        .Select(group => $"{group.Key}: {group.Count()}"));

    private static void Write(string text) => TestContext.Current.TestOutputHelper?.WriteLine(
        text);
}
