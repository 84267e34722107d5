using AiGateway.Domain.Pricing;
using AiGateway.Tests;
using FsCheck;
using FsCheck.Fluent;

namespace AiGateway.Domain.Tests.Pricing;

/// <summary>Laws that hold for every row of the book and any usage; a failure prints its seed.</summary>
public static class PricingLawsTests
{
    private const int Cases = 3_000;

    // Rows whose cost is known for text with caching, below and above every context tier.
    private static readonly ModelPrice[] Priced =
        [.. PriceBook.Default.Rows.Where(row => row.Standard is { Input: not null, Output: not null })];

    private static readonly Gen<BillableUsage> Usages =
        from input in Gen.Choose(0, 400_000)
        from read in Gen.Choose(0, 200_000)
        from write in Gen.Choose(0, 200_000)
        from output in Gen.Choose(0, 100_000)
        from reasoning in Gen.Choose(0, 100_000)
        select new BillableUsage
        {
            UncachedInput = input, CacheRead = read, CacheWrite = write, Output = output, Reasoning = reasoning,
        };

    private static readonly Gen<ModelPrice> Prices = Gen.Elements(Priced);

    [Fact]
    public static void The_cost_of_a_split_request_is_the_cost_of_the_whole_at_one_tier() =>
        Check(from price in Prices from first in Usages from second in Usages select (price, first, second), sample =>
        {
            var flat = sample.price with { Cards = [sample.price.Cards[0]], RequestFeeUsd = null };
            return Total(flat, sample.first) + Total(flat, sample.second) == Total(flat, sample.first + sample.second);
        });

    [Fact]
    public static void More_tokens_of_any_kind_never_cost_less() =>
        Check(from price in Prices from first in Usages from more in Usages select (price, first, more), sample =>
            new BillableUsage[]
            {
                new() { UncachedInput = sample.more.UncachedInput }, new() { CacheRead = sample.more.CacheRead },
                new() { CacheWrite = sample.more.CacheWrite }, new() { Output = sample.more.Output },
                new() { Reasoning = sample.more.Reasoning },
            }.All(kind => Total(sample.price, sample.first + kind) >= Total(sample.price, sample.first)));

    [Fact]
    public static void Reading_a_cache_never_costs_more_than_reading() =>
        Check(from price in Prices from usage in Usages select (price, usage), sample =>
        {
            var uncached = sample.usage with
            {
                UncachedInput = sample.usage.UncachedInput + sample.usage.CacheRead, CacheRead = 0,
            };
            return Total(sample.price, sample.usage) <= Total(sample.price, uncached);
        });

    [Fact]
    public static void Costs_are_exact_decimals_that_sum_to_the_total() =>
        Check(from price in Prices from usage in Usages select (price, usage), sample =>
        {
            var cost = Samples.Cost(sample.price, sample.usage);
            var parts = cost.Input + cost.CacheRead + cost.CacheWrite + cost.Output + cost.Reasoning + cost.RequestFee;
            var rates = cost.Card.Rates;
            var byHand = (sample.usage.UncachedInput * rates.Input!.Value)
                + (sample.usage.CacheRead * (rates.CacheRead ?? rates.Input.Value))
                + (sample.usage.CacheWrite * (rates.CacheWrite ?? rates.Input.Value))
                + (sample.usage.Output * rates.Output!.Value)
                + (sample.usage.Reasoning * (rates.Reasoning ?? rates.Output.Value))
                + (sample.price.RequestFeeUsd ?? 0m);
            return parts == cost.Total && byHand == cost.Total.Amount;
        });

    [Fact]
    public static void Any_counts_are_read_or_refused_and_never_throw()
    {
        var counts = Gen.Frequency(
            (4, Gen.Choose(0, 1_000).Select(count => (long?)count)),
            (1, Gen.Constant((long?)null)),
            (1, Gen.Elements<long?>(-1, long.MinValue, long.MaxValue, BillableUsage.CountMax, 0)));
        var usages =
            from provider in Gen.Elements("openai", "anthropic", "aws.bedrock", "gcp.gemini", "gcp.vertex_ai", "azure", "x")
            from model in Gen.Elements(null, "claude-sonnet-4-5", "gemini-2.5-pro", "gpt-4o")
            from path in Gen.Elements(null, "/v1/messages", "/v1/chat/completions", "/v1/embeddings", "?", "/count_tokens")
            from version in Gen.Elements(null, "1.4.1", "v1.5.0", "2.0", "", "1.", ".5", "-1.5", "99999999999.1")
            from streaming in Gen.Elements<bool?>(null, true, false)
            from count in counts.ListOf(11)
            select new LoggedUsage
            {
                Provider = provider, Model = model, Path = path, GatewayVersion = version, Streaming = streaming,
                Input = count[0], CacheRead = count[1], CacheCreation = count[2], Output = count[3], Total = count[4],
                Reasoning = count[5], InputAudio = count[6], OutputAudio = count[7], OutputImage = count[8],
                ProviderInput = count[9], CountTokens = count[10] is > 900 ? count[10] : null,
            };

        Check(usages, usage => UsageReading.Read(usage) is not UsageResult.Complete complete
            || new[]
            {
                complete.Usage.UncachedInput, complete.Usage.CacheRead, complete.Usage.CacheWrite, complete.Usage.Output,
                complete.Usage.Reasoning, complete.Usage.InputAudio, complete.Usage.OutputAudio,
            }.All(count => count >= 0));
    }

    [Fact]
    public static void The_total_alone_is_the_breakdowns_total_or_the_same_reason() =>
        Check(
            from price in Gen.Elements(PriceBook.Default.Rows.ToArray())
            from usage in Usages
            from audio in Gen.Choose(0, 2)
            from image in Gen.Choose(0, 2)
            from tier in Gen.Elements(null, "priority", "flex", "batch", "scale")
            select (price, usage: usage with { InputAudio = audio, OutputAudio = audio, OutputImage = image }, tier),
            sample => (sample.price.CostOf(sample.usage, sample.tier), sample.price.TotalOf(sample.usage, sample.tier)) switch
            {
                (Outcome<CostBreakdown>.Ok(var cost), Outcome<Usd>.Ok(var total)) => cost.Total == total,
                (Outcome<CostBreakdown>.Failed(var why), Outcome<Usd>.Failed(var whyNoTotal)) => why == whyNoTotal,
                _ => false,
            });

    private static decimal Total(ModelPrice price, BillableUsage usage) => Samples.Cost(price, usage).Total.Amount;

    private static void Check<T>(Gen<T> samples, Func<T, bool> law) =>
        Prop.ForAll(samples.ToArbitrary(), law).Check(Laws.Cases(Cases));
}
