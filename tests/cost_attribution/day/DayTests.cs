using AiGateway.Domain.Ledger;
using AiGateway.Tests;
using CostAttribution.Tests.Harness;

namespace CostAttribution.Tests.Day;

/// <summary>The recorded day, held against sums worked out from the raw lines with published prices.</summary>
public static class DayTests
{
    [Fact]
    public static async Task Booked_alone_each_teams_total_is_the_sum_of_its_lines()
    {
        var world = new World();

        var reply = await world.SendAsync(Recorded.DayLog);

        Assert.Equal((617, 600, 600, 0), (reply.Lines, reply.Access, reply.Booked, reply.Bad));
        Assert.Equal(5, DayPrices.CutLines);
        foreach (var (team, usd) in DayPrices.Measured())
        {
            Assert.Equal(usd, world.Usd(team).Settled);
            Assert.Equal(usd, LedgerSum(world, team, EntryState.Measured));
            Assert.Equal(world.Usd(team).Estimated, LedgerSum(world, team, EntryState.Estimated));
        }
    }

    [Fact]
    public static async Task Admitted_first_each_teams_measured_and_estimated_totals_are_the_sums_of_its_lines()
    {
        var world = new World();
        var admitted = await DayAdmissions.AdmitAsync(world.Store, world.Store, World.Pacing, World.Now);

        var reply = await world.SendAsync(Recorded.DayLog);

        Assert.Equal(Recorded.DayWebhook.Count, admitted);
        Assert.Equal(600, reply.Booked);
        var estimated = DayPrices.EstimatedWithin(DayAdmissions.Asked);
        foreach (var (team, usd) in DayPrices.Measured())
        {
            Assert.Equal(usd, world.Usd(team).Settled);
            Assert.Equal(estimated.GetValueOrDefault(team), world.Usd(team).Estimated);
        }
    }

    [Fact]
    public static async Task After_the_day_nothing_is_held_and_committed_is_what_was_used()
    {
        var world = new World();
        await DayAdmissions.AdmitAsync(world.Store, world.Store, World.Pacing, World.Now);
        Assert.True(world.Usd("research").Buckets.Values.Sum() > 0m);

        await world.SendAsync(Recorded.DayLog);

        foreach (var team in DayPrices.Measured().Keys)
        {
            var usd = world.Usd(team);
            Assert.Equal(usd.Settled + usd.Estimated, usd.Committed);
            Assert.Equal(0m, usd.Buckets.Values.Sum());
        }
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(7, 2)]
    [InlineData(100, 3)]
    [InlineData(617, 4)]
    public static async Task Split_reordered_and_delivered_again_it_is_the_same_ledger(int size, int seed)
    {
        var whole = new World();
        await DayAdmissions.AdmitAsync(whole.Store, whole.Store, World.Pacing, World.Now);
        await whole.SendAsync(Recorded.DayLog);

        var world = new World();
        await DayAdmissions.AdmitAsync(world.Store, world.Store, World.Pacing, World.Now);
        var random = new Random(seed);
        var batches = Recorded.DayLog.OrderBy(_ => random.Next()).Chunk(size).ToList();
        foreach (var batch in batches.Concat(batches.Where((_, index) => index % 3 == seed % 3)))
        {
            await world.SendAsync(batch);
        }

        Assert.Equal(whole.Books(), world.Books());
        var again = await world.SendAsync(Recorded.DayLog);
        Assert.Equal((0, 600), (again.Booked, again.Duplicate));
        Assert.Equal(whole.Books(), world.Books());
    }

    private static decimal LedgerSum(World world, string team, EntryState state) => world.Tables.Ledger.All
        .Where(entry => entry.Team == team && entry.State == state)
        .Sum(entry => entry.Result!.Cost!.Value.Amount);
}
