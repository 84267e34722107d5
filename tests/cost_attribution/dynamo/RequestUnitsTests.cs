using AiGateway.Tests;
using AiGateway.Tests.Support;
using CostAttribution.Tests.Harness;

namespace CostAttribution.Tests.Dynamo;

/// <summary>What settling costs in DynamoDB's own units and round trips: docs/cost.md multiplies these by prices.</summary>
public static class RequestUnitsTests
{
    [Theory]
    [InlineData(25)]
    [InlineData(100)]
    [InlineData(600)]
    public static async Task A_batch_of_admitted_requests(int lines)
    {
        using var world = await DynamoWorld.CreateAsync();
        await DayAdmissions.AdmitAsync(world.Accounts, world.Ledger, World.Pacing, World.Now);
        using var meter = new CapacityMeter();
        using var client = meter.Client(await LocalDatabase.EndpointAsync());

        var reply = await world.SendAsync(Recorded.DayLog.Where(line => line.Contains("\"request_id\"", StringComparison.Ordinal)).Take(lines), client);

        Assert.Fail($"{lines}: {reply.Booked} booked, {meter.RoundTrips} round trips, {meter.WriteUnits} write units, {meter.ReadUnits} read units");
    }
}
