using AiGateway.Domain.Pricing;

namespace AiGateway.Domain.Tests.Pricing;

public static class PricingSmokeTests
{
    [Fact]
    public static void Prices_a_cached_bedrock_line_exactly()
    {
        var query = new PriceQuery(
            "aws.bedrock", null, "us.anthropic.claude-haiku-4-5-20251001-v1:0", DateTimeOffset.Parse("2026-11-21"), null);
        var found = Assert.IsType<PriceLookup.Found>(PriceBook.Default.Find(query));
        var read = Assert.IsType<UsageResult.Complete>(UsageReading.Read(new LoggedUsage
        {
            Provider = "aws.bedrock", Path = "/v1/chat/completions", Streaming = true, GatewayVersion = "1.4.1",
            Input = 60, CacheRead = 2048, CacheCreation = 0, Output = 31, Total = 2139,
        }));
        var cost = Assert.IsType<Outcome<CostBreakdown>.Ok>(found.Price.CostOf(read.Usage, null));
        Assert.Equal(FoundBy.RequestModel, found.How);
        Assert.Equal("0.00046178", cost.Value.Total.ToString());
    }
}
