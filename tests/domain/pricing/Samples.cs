using AiGateway.Domain.Pricing;

namespace AiGateway.Domain.Tests.Pricing;

internal static class Samples
{
    internal static readonly DateTimeOffset Now = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    internal static ModelPrice Price(string cards, string provider = "openai", string model = "m", string from = "2026-01-01") =>
        PriceRowText.Read($"{provider}\t{model}\t{from}\ttest-2026-01-01\tchat\t200000\t8192\t{cards}");

    internal static PriceLookup Find(string provider, string? model, string? requested = null, DateTimeOffset? at = null) =>
        PriceBook.Default.Find(new PriceQuery(provider, model, requested, at ?? Now, null));

    internal static CostBreakdown Cost(ModelPrice price, BillableUsage usage, string? tier = null) =>
        Assert.IsType<Outcome<CostBreakdown>.Ok>(price.CostOf(usage, tier)).Value;

    internal static BillableUsage Complete(LoggedUsage usage) =>
        Assert.IsType<UsageResult.Complete>(UsageReading.Read(usage)).Usage;
}
