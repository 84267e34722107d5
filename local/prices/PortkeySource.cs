using System.Text.Json;
using AiGateway.Domain.Pricing;

namespace AiGateway.Local.Prices;

/// <summary>Portkey-AI/models' <c>pricing/bedrock.json</c>: cents per token, by region, profile and tier.</summary>
internal sealed class PortkeySource(SourceFile file, ImportReport report)
{
    internal const string Name = "portkey";

    private static readonly (string Key, Rate Rate)[] Fields =
    [
        ("request_token", Rate.Input), ("response_token", Rate.Output), ("cache_read_input_token", Rate.CacheRead),
        ("cache_write_input_token", Rate.CacheWrite),
    ];

    private static readonly (string Key, ServiceTier Tier)[] Modes =
    [
        ("standard", ServiceTier.Standard), ("priority", ServiceTier.Priority), ("flex", ServiceTier.Flex),
        ("batch", ServiceTier.Batch),
    ];

    /// <summary>The default row of every model that has a price; regions that differ as <c>region/model</c>.</summary>
    internal IReadOnlyList<ModelPrice> Read()
    {
        using var document = file.Read();
        var rows = new List<ModelPrice>();
        foreach (var entry in document.RootElement.EnumerateObject())
        {
            if (entry.Name == "default" || !entry.Name.Contains('.', StringComparison.Ordinal))
            {
                report.Drop(Name, entry.Name, "no id of Bedrock");
                continue;
            }

            if (Default(entry) is not { Kind: not ModelKind.Rerank } price)
            {
                report.Drop(Name, entry.Name, "no price per token (rerank: the amount is per query)");
                continue;
            }

            rows.Add(price);
            rows.AddRange(Regional(entry, price));
        }

        return rows;
    }

    private ModelPrice? Default(JsonProperty entry)
    {
        var cards = new CardsBuilder();
        if (Path(entry.Value, "custom_pricing", "regions", "default", "execution_modes") is { } modes)
        {
            ReadModes(cards, modes);
        }

        if (cards.IsEmpty && Path(entry.Value, "pricing_config", "pay_as_you_go") is { } plain)
        {
            Set(cards, ServiceTier.Standard, 0, plain);
            if (Path(entry.Value, "pricing_config", "batch_config") is { } batch)
            {
                Set(cards, ServiceTier.Batch, 0, batch);
            }
        }

        var built = cards.Build();
        return built.Any(card => card.Rates.Highest > 0m) ? Row(entry.Name, built) : null;
    }

    private IEnumerable<ModelPrice> Regional(JsonProperty entry, ModelPrice price)
    {
        if (Path(entry.Value, "custom_pricing", "regions") is not { } regions)
        {
            yield break;
        }

        foreach (var group in regions.EnumerateObject().Where(group => group.Name != "default"))
        {
            var cards = new CardsBuilder();
            ReadModes(cards, group.Value.GetProperty("execution_modes"));
            var built = cards.Build();
            if (built.Length > 0 && built[0].Rates != price.Cards[0].Rates)
            {
                foreach (var region in group.Name.Split(','))
                {
                    yield return Row($"{region}/{entry.Name}", built);
                }
            }
        }
    }

    private ModelPrice Row(string model, RateCard[] cards) => new()
    {
        Provider = "aws.bedrock",
        Model = model,
        Source = file.Code,
        EffectiveFrom = PriceHistory.Opening,
        Kind = model.Contains("embed", StringComparison.Ordinal) ? ModelKind.Embedding
            : model.Contains("rerank", StringComparison.Ordinal) ? ModelKind.Rerank : ModelKind.Chat,
        Cards = cards,
    };

    private static void ReadModes(CardsBuilder cards, JsonElement modes)
    {
        foreach (var (key, tier) in Modes)
        {
            if (!modes.TryGetProperty(key, out var mode))
            {
                continue;
            }

            if (Path(mode, "context_tiers") is { } contexts)
            {
                foreach (var context in contexts.EnumerateObject())
                {
                    var over = context.Name == "gt-272k" ? 272_000 : 0;
                    Set(cards, tier, over, Path(context.Value, "pricing_config", "pay_as_you_go")!.Value);
                }
            }
            else if (Path(mode, "pricing_config", "pay_as_you_go") is { } prices)
            {
                Set(cards, tier, 0, prices);
            }
        }
    }

    private static void Set(CardsBuilder cards, ServiceTier tier, long over, JsonElement prices)
    {
        foreach (var (key, rate) in Fields)
        {
            SetOne(cards, tier, over, rate, Path(prices, key, "price"));
        }

        SetOne(cards, tier, over, Rate.CacheWriteOneHour, Path(prices, "additional_units", "cache_write_1h", "price"));
    }

    // A zero here stands for "not sold" as often as for "free" (caching, the output of embeddings): it is not taken.
    private static void SetOne(CardsBuilder cards, ServiceTier tier, long over, Rate rate, JsonElement? price)
    {
        if (price is { ValueKind: JsonValueKind.Number } value && value.GetDecimal() > 0m)
        {
            cards.Set(tier, over, rate, new CentsPerToken(value.GetDecimal()).PerToken());
        }
    }

    private static JsonElement? Path(JsonElement from, params ReadOnlySpan<string> keys)
    {
        foreach (var key in keys)
        {
            if (from.ValueKind != JsonValueKind.Object || !from.TryGetProperty(key, out from))
            {
                return null;
            }
        }

        return from;
    }
}
