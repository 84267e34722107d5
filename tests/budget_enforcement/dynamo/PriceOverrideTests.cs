using AiGateway.Aws;
using AiGateway.Domain.Pricing;

namespace BudgetEnforcement.Tests.Dynamo;

/// <summary>What an operator agreed on with a provider counts for holds as well as for costs.</summary>
public static class PriceOverrideTests
{
    [Fact]
    public static async Task A_discount_in_the_table_makes_holds_smaller()
    {
        using var enforced = await Enforced.StartAsync(monthlyUsd: 25m);
        using var discounted = await Enforced.StartAsync(monthlyUsd: 25m);
        await new PriceOverridesTable(discounted.Tables.Client, discounted.Tables.Names.Prices).WriteAsync(
            new PriceOverride("openai", PriceOverride.EveryModel, new DateOnly(2025, 1, 1), new OverrideTerms.Discount(50m)),
            default);

        Assert.True(await enforced.AskAsync(Questions.Headers()));
        Assert.True(await discounted.AskAsync(Questions.Headers()));

        Assert.Equal((await enforced.MonthAsync()).Committed / 2, (await discounted.MonthAsync()).Committed);
    }

    [Fact]
    public static async Task Prices_that_cannot_be_read_refuse()
    {
        using var enforced = await Enforced.StartAsync(
            monthlyUsd: 25m, only: [.. TableDefinitions.All.Where(table => table != TableDefinitions.Prices)]);

        Assert.False(await enforced.AskAsync(Questions.Headers()));
        Assert.Equal("store_malformed", enforced.LogOf(Questions.RequestId, "reason"));
    }
}
