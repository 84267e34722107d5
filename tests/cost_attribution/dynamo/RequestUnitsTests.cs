using AiGateway.Tests;
using AiGateway.Tests.Support;
using CostAttribution.Tests.Harness;

namespace CostAttribution.Tests.Dynamo;

/// <summary>What settling costs in DynamoDB's own units and round trips: docs/cost.md multiplies these by prices.</summary>
public static class RequestUnitsTests
{
    /// <summary>
    /// One read of the entries, one transaction of them, and for each account that they are booked on (org, teams and clients: 17 in the day) a posting
    /// that is applied: the larger the batch, the less a line costs.
    /// </summary>
    [Theory]
    [InlineData(25, 53, 178, 44)]
    [InlineData(100, 66, 464, 119)]
    [InlineData(600, 215, 3_015, 619)]
    public static async Task A_batch_of_admitted_requests_costs_at_most(int lines, int roundTrips, int writeUnits, int readUnits)
    {
        using var world = await DynamoWorld.CreateAsync();
        await DayAdmissions.AdmitAsync(world.Accounts, world.Ledger, World.Pacing, World.Now);
        using var meter = new CapacityMeter();
        using var client = meter.Client(await LocalDatabase.EndpointAsync());

        var reply = await world.SendAsync(
            Recorded.DayLog.Where(line => line.Contains("\"request_id\"", StringComparison.Ordinal)).Take(lines), client);

        Assert.Equal(lines, reply.Booked);
        Assert.InRange(meter.RoundTrips, 1, roundTrips);
        Assert.InRange(meter.WriteUnits, 1m, writeUnits);
        Assert.InRange(meter.ReadUnits, 1m, readUnits);
    }
}
