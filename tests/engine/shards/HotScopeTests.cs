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

    /// <summary>So many round trips a decision takes: what was sent again, because it was certainly not applied, apart.
    /// </summary>
    private const int RoundTripsMax = 2;

    private const decimal StrandedPart = 0.01m;

    /// <summary>Nobody is refused while more of the cap is left, which others race for.</summary>
    private const decimal RacePart = 0.02m;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(20261121)]
    public void Eight_shards_sustain_five_thousand_decisions_a_second_to_the_last_of_the_cap(int seed)
    {
        Assert.SkipWhen(Laws.AreMutants, "It measures, at length: the other tests of shards hold what it does.");
        const decimal Cap = 400m;
        const int SentAgainPercentMax = 2;
        var load = HotScopeLoad.Run(new LoadPlan(8, PerSecond, Seconds: 10, Cap, Seed: seed));
        Tell(load);

        var refused = load.Decisions.Where(decision => decision.Outcome is ReserveOutcome.OverLimit).ToList();
        var admitted = load.Decisions.Count(decision => decision.Outcome is ReserveOutcome.Admitted);
        Assert.Equal(PerSecond * 10, admitted + refused.Count);
        Assert.InRange(Spent(load), (1 - StrandedPart) * Cap, Cap);
        Assert.All(load.Decisions, decision => Assert.InRange(decision.RoundTrips - decision.SentAgain, 1, RoundTripsMax));
        Assert.All(refused, decision => Assert.InRange(decision.Left, 0m, RacePart * Cap));
        Assert.InRange(load.Decisions.Count(decision => decision.SentAgain > 0), 0, load.Decisions.Count * SentAgainPercentMax / 100);
        Assert.All(load.Tables.Ledger.All, entry => Assert.True(entry.State is EntryState.Held or EntryState.Void));
        Assert.Equal(admitted, load.Tables.Ledger.All.Count(entry => entry.State == EntryState.Held));
    }

    /// <summary>
    /// After a second, with some processes that know the old limit and some the new one for two seconds more: 200 are spent
    /// by the end, so that 150 is passed on the way.
    /// </summary>
    [Theory]
    [InlineData(400, 500)]
    [InlineData(500, 400)]
    [InlineData(150, 400)]
    public void A_limit_that_changes_under_full_load_costs_a_few_moves_and_no_answer(int cap, int changed)
    {
        Assert.SkipWhen(Laws.AreMutants, "It measures, at length: the other tests of shards hold what it does.");
        var load = HotScopeLoad.Run(new LoadPlan(8, PerSecond, Seconds: 4, cap) { ChangedTo = changed });
        Tell(load);
        Assert.All(load.Decisions, decision => Assert.True(decision.Outcome is ReserveOutcome.Admitted or ReserveOutcome.OverLimit));
        Assert.All(load.Decisions, decision => Assert.InRange(decision.RoundTrips - decision.SentAgain, 1, RoundTripsMax));
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
        // A settlement holds a shard for a moment, too.
        const int SentAgainPercentMax = 10;
        var load = HotScopeLoad.Run(new LoadPlan(8, PerSecond, Seconds: 4, Cap: 1000m, SettledPercent: 50));
        Tell(load);

        Assert.All(load.Decisions, decision => Assert.IsType<ReserveOutcome.Admitted>(decision.Outcome));
        Assert.All(load.Decisions, decision => Assert.InRange(decision.RoundTrips - decision.SentAgain, 1, RoundTripsMax));
        Assert.InRange(load.Decisions.Count(decision => decision.SentAgain > 0), 0, load.Decisions.Count * SentAgainPercentMax / 100);
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
            Write($"{kind.Key} {kind.Count()}; round trips: {Counts(kind, decision => decision.RoundTrips - decision.SentAgain)}; "
                + $"sent again: {Counts(kind, decision => decision.SentAgain)}; "
                + $"at most {kind.Max(decision => decision.Left)} left; "
                + $"99 % within {kind.Select(decision => decision.Took).Order().ElementAt(kind.Count() * 99 / 100)}");
        }
    }

    private static string Counts(IEnumerable<LoadDecision> decisions, Func<LoadDecision, int> number) => string.Join(
        ", ",
        decisions.GroupBy(number).OrderBy(group => group.Key).Select(group => $"{group.Key}: {group.Count()}"));

    private static void Write(string text) => TestContext.Current.TestOutputHelper?.WriteLine(text);
}
