using System.Globalization;
using System.Text.Json;
using AiGateway.Domain.Pricing;

namespace AiGateway.Local.Prices;

/// <summary>pydantic/genai-prices: USD per million tokens, dated, with match rules instead of ids.</summary>
internal sealed class GenaiSource
{
    internal const string Name = "genai-prices";

    private static readonly Dictionary<string, Rate> Rates = new(StringComparer.Ordinal)
    {
        ["input_mtok"] = Rate.Input,
        ["output_mtok"] = Rate.Output,
        ["cache_read_mtok"] = Rate.CacheRead,
        ["cache_write_mtok"] = Rate.CacheWrite,
        ["cache_write_1h_mtok"] = Rate.CacheWriteOneHour,
        ["output_reasoning_mtok"] = Rate.Reasoning,
        ["input_audio_mtok"] = Rate.InputAudio,
        ["output_audio_mtok"] = Rate.OutputAudio,
        ["input_image_mtok"] = Rate.InputImage,
        ["output_image_mtok"] = Rate.OutputImage,
    };

    private readonly SourceFile file;
    private readonly ImportReport report;
    private readonly Dictionary<string, JsonElement> providers;

    internal GenaiSource(SourceFile file, ImportReport report)
    {
        this.file = file;
        this.report = report;
        using var document = file.Read();
        providers = document.RootElement.EnumerateArray()
            .ToDictionary(provider => provider.GetProperty("id").GetString()!, provider => provider.Clone());
    }

    /// <summary>The dated rows for a model that another source names; empty: it has none. A provider without the model
    /// falls back to those that it resells, as the source says.</summary>
    internal IReadOnlyList<ModelPrice> Find(string gatewayProvider, string model)
    {
        foreach (var (id, provider) in providers)
        {
            if (ProviderNames.FromGenaiPrices(id).Contains(gatewayProvider))
            {
                var found = Find(provider, gatewayProvider, model);
                return found.Count > 0 ? found : Resold(provider)
                    .Select(other => Find(providers[other], gatewayProvider, model))
                    .FirstOrDefault(rows => rows.Count > 0, []);
            }
        }

        return [];
    }

    /// <summary>Every model under the names that its entry gives whole.</summary>
    internal IEnumerable<IReadOnlyList<ModelPrice>> All()
    {
        foreach (var (id, provider) in providers)
        {
            foreach (var model in provider.GetProperty("models").EnumerateArray())
            {
                var entry = model.GetProperty("id").GetString()!;
                var names = GenaiMatch.Names(model.GetProperty("match")).Append(entry)
                    .Where(name => !name.StartsWith("regional.", StringComparison.Ordinal)).Distinct().ToList();
                foreach (var gatewayProvider in Gateways(id, entry))
                {
                    foreach (var name in names)
                    {
                        var rows = Rows(gatewayProvider, name, model, id + "/" + entry);
                        if (rows.Count > 0)
                        {
                            yield return rows;
                        }
                    }
                }
            }
        }
    }

    // Claude is on Vertex only; OpenAI's models are on Bedrock's compatible endpoint and on Bedrock, others on Bedrock.
    private static IEnumerable<string> Gateways(string id, string entry) =>
        ProviderNames.FromGenaiPrices(id).Where(name => name switch
        {
            "gcp.gemini" => !entry.Contains("claude", StringComparison.Ordinal),
            "bedrock-mantle" => entry.StartsWith("openai.", StringComparison.Ordinal),
            _ => true,
        });

    private static IEnumerable<string> Resold(JsonElement provider) =>
        provider.TryGetProperty("fallback_model_providers", out var others) && others.ValueKind == JsonValueKind.Array
            ? others.EnumerateArray().Select(other => other.GetString()!)
            : [];

    private IReadOnlyList<ModelPrice> Find(JsonElement provider, string gatewayProvider, string model)
    {
        var name = model.ToLowerInvariant();
        foreach (var entry in provider.GetProperty("models").EnumerateArray())
        {
            if (GenaiMatch.Matches(entry.GetProperty("match"), name))
            {
                return Rows(gatewayProvider, model, entry, model);
            }
        }

        return [];
    }

    private IReadOnlyList<ModelPrice> Rows(string provider, string model, JsonElement entry, string shown)
    {
        var prices = entry.GetProperty("prices");
        if (prices.ValueKind != JsonValueKind.Array)
        {
            return Row(provider, model, entry, prices, PriceHistory.Opening, shown) is { } only ? [only] : [];
        }

        var rows = new List<ModelPrice>();
        foreach (var dated in prices.EnumerateArray())
        {
            if (dated.TryGetProperty("constraint", out var constraint)
                && !constraint.TryGetProperty("start_date", out _))
            {
                report.Drop(Name, shown, "a price by time of day: the log's time is not the provider's");
                return [];
            }

            var from = constraint.ValueKind == JsonValueKind.Object
                ? DateOnly.ParseExact(constraint.GetProperty("start_date").GetString()!, "yyyy-MM-dd")
                : PriceHistory.Opening;
            if (Row(provider, model, entry, dated.GetProperty("prices"), from, shown) is { } row)
            {
                rows.Add(row);
            }
        }

        return rows;
    }

    private ModelPrice? Row(
        string provider, string model, JsonElement entry, JsonElement prices, DateOnly from, string shown)
    {
        var cards = new CardsBuilder();
        decimal? fee = null;
        foreach (var field in prices.EnumerateObject())
        {
            if (Rates.TryGetValue(field.Name, out var rate))
            {
                Set(cards, rate, field.Value);
            }
            else if (field.Name == "requests_kcount")
            {
                fee = new UsdPerThousandRequests(field.Value.GetDecimal()).PerRequest().Amount;
            }
        }

        if (cards.IsEmpty && fee is null)
        {
            report.Drop(Name, shown, "no price: unknown, which is not free");
            return null;
        }

        return new ModelPrice
        {
            Provider = provider,
            Model = model,
            Source = file.Code,
            EffectiveFrom = from,
            Kind = IsEmbedding(model, prices) ? ModelKind.Embedding : ModelKind.Chat,
            ContextWindow = entry.TryGetProperty("context_window", out var window) ? window.GetInt64() : null,
            Cards = cards.Build(),
            RequestFeeUsd = fee,
        };
    }

    private static void Set(CardsBuilder cards, Rate rate, JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Number)
        {
            cards.Set(ServiceTier.Standard, 0, rate, new UsdPerMillionTokens(value.GetDecimal()).PerToken());
            return;
        }

        var start = new UsdPerMillionTokens(value.GetProperty("base").GetDecimal());
        cards.Set(ServiceTier.Standard, 0, rate, start.PerToken());
        foreach (var tier in value.GetProperty("tiers").EnumerateArray())
        {
            var price = new UsdPerMillionTokens(tier.GetProperty("price").GetDecimal());
            cards.Set(ServiceTier.Standard, tier.GetProperty("start").GetInt64(), rate, price.PerToken());
        }
    }

    private static bool IsEmbedding(string model, JsonElement prices) =>
        !prices.TryGetProperty("output_mtok", out _)
        && (model.Contains("embed", StringComparison.OrdinalIgnoreCase)
            || model.Contains("voyage", StringComparison.OrdinalIgnoreCase)
            || model.Contains("bge-", StringComparison.OrdinalIgnoreCase)
            || model.Contains("rerank", StringComparison.OrdinalIgnoreCase));
}
