using System.Text.RegularExpressions;
using AiGateway.Domain.Pricing;

namespace AiGateway.Local.Prices;

/// <summary>What one of LiteLLM's price keys means: <c>input_cost_per_token_above_272k_tokens_priority</c> is plain
/// input of the priority tier for requests over 272,000 tokens.</summary>
internal readonly partial record struct LiteLlmField(ServiceTier Tier, long ContextOver, Rate Rate)
{
    private static readonly Dictionary<string, Rate> Rates = new(StringComparer.Ordinal)
    {
        ["input_cost_per_token"] = Rate.Input,
        ["output_cost_per_token"] = Rate.Output,
        ["cache_read_input_token_cost"] = Rate.CacheRead,
        ["input_cost_per_token_cache_hit"] = Rate.CacheRead,
        ["cache_creation_input_token_cost"] = Rate.CacheWrite,
        ["cache_creation_input_token_cost_above_1hr"] = Rate.CacheWriteOneHour,
        ["output_cost_per_reasoning_token"] = Rate.Reasoning,
        ["input_cost_per_audio_token"] = Rate.InputAudio,
        ["output_cost_per_audio_token"] = Rate.OutputAudio,
        ["input_cost_per_image_token"] = Rate.InputImage,
        ["output_cost_per_image_token"] = Rate.OutputImage,
    };

    private static readonly (string Suffix, ServiceTier Tier)[] Tiers =
        [("_priority", ServiceTier.Priority), ("_flex", ServiceTier.Flex), ("_batches", ServiceTier.Batch)];

    /// <summary>Null: the key is no price per token.</summary>
    internal static LiteLlmField? Read(string key)
    {
        var tier = ServiceTier.Standard;
        foreach (var (suffix, named) in Tiers)
        {
            if (key.EndsWith(suffix, StringComparison.Ordinal))
            {
                (key, tier) = (key[..^suffix.Length], named);
            }
        }

        var over = 0L;
        if (ContextSuffix().Match(key) is { Success: true } match)
        {
            over = long.Parse(match.Groups[1].ValueSpan) * 1_000;
            key = key[..match.Index];
        }

        return Rates.TryGetValue(key, out var rate) ? new(tier, over, rate) : null;
    }

    [GeneratedRegex(@"_above_(\d+)k_tokens$")]
    private static partial Regex ContextSuffix();
}
