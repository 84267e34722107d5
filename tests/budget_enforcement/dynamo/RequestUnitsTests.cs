using AiGateway.Tests.Support;

namespace BudgetEnforcement.Tests.Dynamo;

/// <summary>What a decision costs in DynamoDB's own units: docs/cost.md multiplies these by prices.</summary>
public static class RequestUnitsTests
{
    /// <summary>One for the account item, one for the entry, one for the open index's copy of it.</summary>
    [Fact]
    public static async Task An_admission_costs_three_write_units_in_two_calls_and_reads_nothing()
    {
        using var meter = new CapacityMeter();
        using var enforced = await StartedAsync(meter, monthlyUsd: null);

        Assert.True(await enforced.AskAsync(Questions.Headers("counted")));

        Assert.Equal((3m, 0m, 2), (meter.WriteUnits, meter.ReadUnits, meter.RoundTrips));
    }

    /// <summary>The hold that failed its condition, the entry with its index, and its void with the index again.</summary>
    [Fact]
    public static async Task A_refusal_by_a_limit_costs_five_write_units_in_three_calls()
    {
        using var meter = new CapacityMeter();
        using var enforced = await StartedAsync(meter, monthlyUsd: 0.0005m);

        Assert.False(await enforced.AskAsync(Questions.Headers("counted")));

        Assert.Equal((5m, 0m, 3), (meter.WriteUnits, meter.ReadUnits, meter.RoundTrips));
    }

    [Fact]
    public static async Task A_refusal_before_writing_costs_nothing()
    {
        using var meter = new CapacityMeter();
        using var enforced = await StartedAsync(meter, monthlyUsd: 0.0005m);

        Assert.False(await enforced.AskAsync(Questions.With(AiGateway.Domain.Gateway.WebhookHeaders.MaxTokens, "1000000")));

        Assert.Equal((0m, 0m, 0), (meter.WriteUnits, meter.ReadUnits, meter.RoundTrips));
    }

    /// <summary>Four small tables, once in 30 to 60 seconds.</summary>
    [Fact]
    public static async Task Reading_the_configuration_takes_four_calls()
    {
        using var meter = new CapacityMeter();
        using var client = meter.Client(await LocalDatabase.EndpointAsync());
        using var enforced = await Enforced.StartAsync(monthlyUsd: 25m, client: client);
        meter.Clear();

        Assert.False(await enforced.AskAsync(Questions.With(AiGateway.Domain.Gateway.WebhookHeaders.Model, "nobody-knows-it")));

        Assert.Equal((0m, 4), (meter.WriteUnits, meter.RoundTrips));
        Assert.InRange(meter.ReadUnits, 0m, 2m);
    }

    // The configuration has been read, and the account item exists.
    private static async Task<Enforced> StartedAsync(CapacityMeter meter, decimal? monthlyUsd)
    {
        var client = meter.Client(await LocalDatabase.EndpointAsync());
        var enforced = await Enforced.StartAsync(monthlyUsd, client);
        Assert.True(await enforced.AskAsync(Questions.Headers("first")));
        meter.Clear();
        return enforced;
    }
}
