using AiGateway.Domain.Ledger;
using static AiGateway.Engine.Tests.Shards.ShardPlans;

namespace AiGateway.Engine.Tests.Shards;

/// <summary>A limit on requests in flight, spread over shards: its places come back as requests end.</summary>
[Trait("Takes", "long")]
public sealed class InFlightShardTests
{
    [Fact]
    public void Never_more_than_the_limit_are_in_flight_and_all_its_places_are_used_again_and_again()
    {
        const int Places = 400;
        const int Seconds = 8;
        const int PerSecond = 1_000;
        var load = HotScopeLoad.Run(new LoadPlan(4, PerSecond, Seconds, Places, SettledPercent: 50)
        {
            Limit = Limit(Places, InFlight, Running),
        });

        var admitted = load.Decisions.Count(decision => decision.Outcome is ReserveOutcome.Admitted);
        var refused = load.Decisions.Where(decision => decision.Outcome is ReserveOutcome.OverLimit).ToList();
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{admitted} admitted, {refused.Count} refused, at least {load.Decisions.Min(decision => decision.Left)} places free, "
            + $"{refused.Max(decision => decision.Left)} at a refusal, {refused.Count(decision => decision.Left > Places / 10)} of them with more than a tenth, "
            + $"{load.Decisions.Count(decision => decision.SentAgain > 0)} sent something again");
        Assert.Equal(PerSecond * Seconds, admitted + refused.Count);
        Assert.Equal(0m, load.Decisions.Min(decision => decision.Left));
        Assert.InRange(refused.Count(decision => decision.Left > Places / 10), 0, refused.Count / 20);
        Assert.True(admitted > 3 * Places, $"Only {admitted} were admitted.");
        Assert.All(load.Decisions, decision => Assert.InRange(decision.RoundTrips - decision.SentAgain, 1, 2));
        Assert.All(load.Items, item => Assert.Equal(
            (0m, 0m, 0m), (item[InFlight].Buckets.Values.Sum(), item[InFlight].Settled, item[InFlight].Estimated)));
        Assert.Equal(0m, load.Items.Sum(item => item[InFlight].Committed));
    }

    [Theory]
    [InlineData(2, 1)]
    [InlineData(4, 7)]
    [InlineData(8, 50)]
    [InlineData(64, 30)]
    public async Task Every_place_can_be_taken_and_every_place_that_is_given_back_again(int shards, int places)
    {
        var world = new ShardWorld(shards);
        var limit = Limit(places, InFlight, Running);
        var ids = await FillAsync(world, limit);
        Assert.Equal(places, ids.Count);

        // On whatever shard they are, a few or all; what was seen a moment ago is looked at again.
        foreach (var ended in (int[])[1, (places + 1) / 2, places])
        {
            foreach (var id in ids[..ended])
            {
                await world.SettleAsync(id, 0.5m);
            }

            ids.RemoveRange(0, ended);
            world.Time.Now += TimeSpan.FromSeconds(2);
            var again = await FillAsync(world, limit);
            Assert.Equal(ended, again.Count);
            ids.AddRange(again);
        }

        Assert.Equal(places, world.Tables.Accounts.All.Sum(item => item[InFlight].Buckets.Values.Sum()));
    }

    // Until a request is refused.
    private static async Task<List<string>> FillAsync(ShardWorld world, AccountLimit limit)
    {
        var ids = new List<string>();
        while (await world.AskAsync(1m, limit) is ReserveOutcome.Admitted && ids.Count <= limit.Amount)
        {
            Assert.InRange(world.RoundTrips, 1, 2);
            ids.Add(world.LastId);
        }

        return ids;
    }
}
