using System.Text.Json;
using AiGateway.Domain.Pricing;

namespace AiGateway.Local.Prices;

/// <summary>BerriAI/litellm's <c>model_prices_and_context_window.json</c>: USD per token, floats.</summary>
internal sealed class LiteLlmSource(SourceFile file, ImportReport report)
{
    internal const string Name = "litellm";

    // The dearest model ever sold (o1-pro) costs 600 per million; above 1,000 a source took another unit for tokens.
    private const decimal HighestUsdPerToken = 0.001m;

    /// <summary>Every entry with a price, some twice under one gateway name; the rest is reported as dropped.</summary>
    internal IReadOnlyList<SourceRow> Read()
    {
        using var document = file.Read();
        var rows = new List<SourceRow>();
        foreach (var entry in document.RootElement.EnumerateObject())
        {
            if (entry.Value.ValueKind != JsonValueKind.Object || entry.Name == "sample_spec"
                || !entry.Value.TryGetProperty("litellm_provider", out var provider))
            {
                report.Drop(Name, entry.Name, "no model");
                continue;
            }

            if (Row(entry, provider.GetString()!) is { } row)
            {
                rows.Add(row);
            }
        }

        return rows;
    }

    private SourceRow? Row(JsonProperty entry, string provider)
    {
        var cards = new CardsBuilder();
        var units = new SortedDictionary<string, decimal>(StringComparer.Ordinal);
        decimal? fee = null;
        foreach (var field in entry.Value.EnumerateObject().Where(IsPrice))
        {
            var value = field.Value.GetDecimal();
            if (LiteLlmField.Read(field.Name) is { } known)
            {
                Set(cards, entry.Name, field.Name, known, value);
            }
            else if (field.Name is "input_cost_per_request" or "input_cost_per_query")
            {
                fee = new UsdPerRequest(value).Amount;
            }
            else
            {
                units[field.Name] = value;
            }
        }

        ReadTiers(cards, entry);
        if (cards.IsEmpty && fee is null && units.Count == 0)
        {
            report.Drop(Name, entry.Name, "no price: unknown, which is not free");
            return null;
        }

        var built = cards.Build();
        if (Array.Exists(built, card => card.Rates.Highest > HighestUsdPerToken))
        {
            report.Drop(Name, entry.Name, "more than 1,000 USD per million tokens: a slip of units, so the price is unknown");
            return null;
        }

        return new SourceRow(entry.Name, new ModelPrice
        {
            Provider = ProviderNames.FromLiteLlm(provider),
            Model = ProviderNames.ModelOf(entry.Name, provider),
            Source = file.Code,
            EffectiveFrom = PriceHistory.Opening,
            Kind = Kind(entry.Value),
            ContextWindow = Count(entry.Value, "max_input_tokens"),
            MaxOutputTokens = Count(entry.Value, "max_output_tokens"),
            Cards = built,
            RequestFeeUsd = fee,
            OtherUnits = Units(entry.Name, units, cards.IsEmpty && fee is null),
        });
    }

    private static bool IsPrice(JsonProperty field) =>
        field.Value.ValueKind == JsonValueKind.Number && field.Name.Contains("cost", StringComparison.Ordinal)
        && !field.Name.Contains("dbu_cost", StringComparison.Ordinal);

    private void Set(CardsBuilder cards, string entry, string field, LiteLlmField known, decimal value)
    {
        if (field == "input_cost_per_token_cache_hit" && cards.Has(known.Tier, known.ContextOver, known.Rate))
        {
            return;
        }

        var price = new UsdPerToken(value);
        if (price.Rounded() != price)
        {
            report.Round(Name, entry, field, value, price.Rounded().Amount);
        }

        cards.Set(known.Tier, known.ContextOver, known.Rate, price);
    }

    /// <summary>Alibaba's and ByteDance's entries list their context tiers as ranges.</summary>
    private void ReadTiers(CardsBuilder cards, JsonProperty entry)
    {
        if (!entry.Value.TryGetProperty("tiered_pricing", out var tiers))
        {
            return;
        }

        foreach (var tier in tiers.EnumerateArray().Where(tier => tier.TryGetProperty("range", out _)))
        {
            var over = (long)tier.GetProperty("range")[0].GetDecimal();
            foreach (var field in tier.EnumerateObject().Where(IsPrice))
            {
                if (LiteLlmField.Read(field.Name) is { } known)
                {
                    Set(cards, entry.Name, field.Name, known with { ContextOver = over }, field.Value.GetDecimal());
                }
            }
        }
    }

    private string? Units(string entry, SortedDictionary<string, decimal> units, bool isOnlyPrice)
    {
        foreach (var (name, value) in units)
        {
            var rounded = decimal.Round(value, UsdPerToken.Decimals, MidpointRounding.ToEven);
            if (rounded != value)
            {
                report.Round(Name, entry, name, value, rounded);
            }
        }

        // A zero beside a real price says that this unit is not billed; alone, it is all that there is.
        var named = units.Where(unit => unit.Value != 0m || isOnlyPrice)
            .Select(unit => $"{unit.Key}={ImportReport.Plain(decimal.Round(unit.Value, UsdPerToken.Decimals))}")
            .ToList();
        return named.Count == 0 ? null : string.Join(' ', named);
    }

    private static ModelKind Kind(JsonElement entry)
    {
        var mode = entry.TryGetProperty("mode", out var named) ? named.GetString() : null;
        return mode switch
        {
            "embedding" => ModelKind.Embedding,
            "rerank" => ModelKind.Rerank,
            null or "chat" or "completion" or "responses" or "realtime" => ModelKind.Chat,
            _ => ModelKind.Other,
        };
    }

    private static long? Count(JsonElement entry, string key) =>
        entry.TryGetProperty(key, out var value) && value.ValueKind == JsonValueKind.Number && value.GetDecimal() > 0m
            ? (long)value.GetDecimal()
            : null;
}

/// <summary>A row with the name that its source has it under.</summary>
internal sealed record SourceRow(string Entry, ModelPrice Price);
