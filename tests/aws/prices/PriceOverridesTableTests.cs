using AiGateway.Domain.Pricing;
using AiGateway.Tests.Support;

namespace AiGateway.Aws.Tests.Prices;

public static class PriceOverridesTableTests
{
    private static readonly DateOnly From = new(2026, 11, 1);

    private static readonly PriceOverride[] Samples =
    [
        new("openai", "private-model", From, new OverrideTerms.Rates(PriceRowText.Read(
            "openai\tprivate-model\t2026-11-01\toverride\tchat\t100000\t4096\tstandard in=1 out=2 cache_read=0.1"))),
        new("openai", "*", From, new OverrideTerms.Discount(12.5m)),
        new("aws.bedrock", "arn:aws:bedrock:us-east-1:1:application-inference-profile/x#y", From,
            new OverrideTerms.SameAs("aws.bedrock", "us.anthropic.claude-haiku-4-5-20251001-v1:0")),
        new("openai", "*", From.AddDays(14), new OverrideTerms.Ended()),
    ];

    [Fact]
    public static async Task Reads_what_it_wrote()
    {
        using var tables = await LocalDatabase.CreateTablesAsync(TableDefinitions.Prices);
        var table = new PriceOverridesTable(tables.Client, tables.Names.Prices);
        foreach (var change in Samples)
        {
            await table.WriteAsync(change, default);
        }

        var read = await table.ReadAllAsync(default);

        Assert.Equal(Samples.Select(Text).Order(), read.Select(Text).Order());
    }

    [Fact]
    public static async Task Writing_twice_is_writing_once()
    {
        using var tables = await LocalDatabase.CreateTablesAsync(TableDefinitions.Prices);
        var table = new PriceOverridesTable(tables.Client, tables.Names.Prices);
        await table.WriteAsync(Samples[1], default);
        await table.WriteAsync(Samples[1], default);

        Assert.Single(await table.ReadAllAsync(default));
    }

    [Theory]
    [InlineData("openai")]
    [InlineData("#model")]
    [InlineData("openai#")]
    [InlineData("openai#model")]
    public static void Names_an_item_that_no_writer_of_ours_makes(string key)
    {
        var item = new Dictionary<string, AttributeValue>
        {
            ["provider_model"] = new() { S = key }, ["effective_from"] = new() { S = "2026-11-01" },
        };

        Assert.Contains(key, Assert.Throws<InvalidDataException>(() => PriceOverridesTable.Read(item)).Message);
    }

    private static string Text(PriceOverride change) => change.Terms is OverrideTerms.Rates rates
        ? $"{change.Provider} {change.Model} {change.EffectiveFrom} {PriceRowText.Write(rates.Price)}"
        : change.ToString();
}
