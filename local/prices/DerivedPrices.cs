using AiGateway.Domain.Pricing;

namespace AiGateway.Local.Prices;

/// <summary>Prices that a provider's page gives as a rule, and sources leave out or get wrong.</summary>
internal static class DerivedPrices
{
    private const string AnthropicPage = "platform.claude.com/docs/en/about-claude/pricing";

    internal static ModelPrice Applied(ModelPrice row, ImportReport report) =>
        WithBatch(WithOneHourWrites(WithPlausibleCaching(row, report), report));

    /// <summary>A one-hour cache write costs twice the base input price, at every seller of Claude.</summary>
    private static ModelPrice WithOneHourWrites(ModelPrice row, ImportReport report)
    {
        if (!row.Model.Contains("claude", StringComparison.OrdinalIgnoreCase)
            || row.Provider is not ("anthropic" or "aws.bedrock" or "gcp.vertex_ai" or "azure"))
        {
            return row;
        }

        return row with { Cards = [.. row.Cards.Select(card => WithOneHourWrite(row, card, report))] };
    }

    private static RateCard WithOneHourWrite(ModelPrice row, RateCard card, ImportReport report)
    {
        if (card.Rates is not { Input: { } input, CacheWrite: not null } || card.Rates.CacheWriteOneHour == 2m * input)
        {
            return card;
        }

        if (card.Rates.CacheWriteOneHour is { } wrong)
        {
            report.Decide(
                new Difference(
                    row.Provider, row.Model, "cache_write_1h", ImportReport.Plain(wrong * 1_000_000m),
                    ImportReport.Plain(2_000_000m * input)),
                "provider",
                "one-hour cache writes cost 2 times the base input price: " + AnthropicPage);
        }

        return card with { Rates = card.Rates with { CacheWriteOneHour = 2m * input } };
    }

    /// <summary>Anthropic's batches cost half of every rate, and answers carry the tier's name.</summary>
    private static ModelPrice WithBatch(ModelPrice row)
    {
        if (row.Provider != "anthropic" || row.Cards.Any(card => card.Tier != ServiceTier.Standard))
        {
            return row;
        }

        var batch = row.Cards.Select(card => new RateCard(
            ServiceTier.Batch,
            card.ContextOver,
            card.Rates.Map(rate => decimal.Round(rate / 2m, UsdPerToken.Decimals, MidpointRounding.ToEven))));
        return row with { Cards = [.. row.Cards, .. batch] };
    }

    /// <summary>
    /// No provider charges more for reading a cache than for reading, nor less for writing one than for reading, and
    /// Amazon charges nothing extra for Nova's: such a price is a source's slip, and plain input counts.
    /// </summary>
    private static ModelPrice WithPlausibleCaching(ModelPrice row, ImportReport report)
    {
        var cards = row.Cards.Select(card =>
        {
            var isNova = row.Provider == "aws.bedrock" && row.Model.Contains("amazon.nova", StringComparison.Ordinal);
            var rates = card.Rates;
            var dropsRead = rates.CacheRead > rates.Input;
            var dropsWrite = rates.CacheWrite < rates.Input || (isNova && rates.CacheWrite is not null);
            var kept = rates with
            {
                CacheRead = dropsRead ? null : rates.CacheRead,
                CacheWrite = dropsWrite ? null : rates.CacheWrite,
                CacheWriteOneHour = dropsWrite ? null : rates.CacheWriteOneHour,
            };
            Report(row, card, "cache_read", dropsRead ? rates.CacheRead : null, report);
            Report(row, card, "cache_write", dropsWrite ? rates.CacheWrite : null, report);
            return card with { Rates = kept };
        });
        return row with { Cards = [.. cards] };
    }

    private static void Report(ModelPrice row, RateCard card, string field, decimal? wrong, ImportReport report)
    {
        if (wrong is { } rate)
        {
            report.Decide(
                new Difference(
                    row.Provider, row.Model, $"{card.Tier}>{card.ContextOver} {field}",
                    ImportReport.Plain(rate * 1_000_000m), ImportReport.Plain((card.Rates.Input ?? 0m) * 1_000_000m)),
                "plain input",
                "no provider bills reads above, or writes below, plain input (Nova: no extra charge for writes)");
        }
    }
}
