using System.Text.Json;
using AiGateway.Tests;

namespace CostAttribution.Tests.Harness;

/// <summary>
/// What the recorded day cost, worked out from the raw lines with published list prices and nothing of the project's
/// own
/// arithmetic: the ledger is held against it.
/// </summary>
internal static class DayPrices
{
    // Dollars for a million tokens: input, output, cache read, cache write; then the dearest that input and output may
    // be
    // billed at (a one-hour cache write, priority service).
    private static readonly Dictionary<(string Provider, string Model), Rates> Published = new()
    {
        [("aws.bedrock", "us.anthropic.claude-sonnet-4-5-20250929-v1:0")] = new(3.3m, 16.5m, 0.33m, 4.125m, 13.2m, 24.75m),
        [("aws.bedrock", "us.anthropic.claude-haiku-4-5-20251001-v1:0")] = new(1.1m, 5.5m, 0.11m, 1.375m, 2.2m, 5.5m),
        [("anthropic", "claude-haiku-4-5")] = new(1m, 5m, 0.1m, 1.25m, 2m, 5m),
        [("openai", "gpt-4o-mini")] = new(0.15m, 0.6m, 0.075m, 0m, 0.15m, 0.6m),
        [("openai", "gpt-5-mini")] = new(0.25m, 2m, 0.025m, 0m, 0.45m, 3.6m),
        [("openai", "text-embedding-3-small")] = new(0.02m, 0m, 0m, 0m, 0.02m, 0m),
    };

    public static IReadOnlyList<JsonElement> Lines { get; } =
    [
        .. Recorded.DayLog
            .Select(line => JsonDocument.Parse(line).RootElement)
            .Where(line => line.GetProperty("scope").GetString() == "request"),
    ];

    public static string TeamOf(JsonElement line) => Text(line, "team") ?? "unattributed";

    /// <summary>The lines whose usage is complete, by team.</summary>
    public static Dictionary<string, decimal> Measured() => Lines
        .GroupBy(TeamOf)
        .ToDictionary(team => team.Key, team => team.Where(IsComplete).Sum(CostOf));

    /// <summary>The answers whose usage is missing, by team, as bounded by what the webhook was told of them.</summary>
    public static Dictionary<string, decimal> EstimatedWithin(IReadOnlyDictionary<string, (long Size, long MaxTokens)> asked) =>
        Lines.Where(IsCut).GroupBy(TeamOf).ToDictionary(team => team.Key, team => team.Sum(line =>
        {
            var rates = RatesOf(line);
            var (size, maxTokens) = asked[Text(line, "request_id")!];
            var output = Math.Min(Count(line, "response_bytes"), maxTokens) * rates.DearestOutput;
            var isCounted = Has(line, "gen_ai.usage.output_tokens");
            return isCounted
                ? ((InputCostOf(line, rates) * 1_000_000m) + output) / 1_000_000m
                : ((size * rates.DearestInput) + output) / 1_000_000m;
        }));

    public static int CutLines => Lines.Count(IsCut);

    // Embeddings have no output; a stream that was cut has no total (section 4.7 of the gateway's notes).
    private static bool IsComplete(JsonElement line) =>
        Count(line, "http.status") == 200
        && Has(line, "gen_ai.usage.input_tokens")
        && Has(line, "total_tokens");

    private static bool IsCut(JsonElement line) => Count(line, "http.status") == 200 && !IsComplete(line);

    private static decimal CostOf(JsonElement line)
    {
        var rates = RatesOf(line);
        return InputCostOf(line, rates) + (Count(line, "gen_ai.usage.output_tokens") * rates.Output / 1_000_000m);
    }

    // OpenAI counts cached tokens in its input, Anthropic and Bedrock do not.
    private static decimal InputCostOf(JsonElement line, Rates rates)
    {
        var read = Count(line, "gen_ai.usage.cache_read.input_tokens");
        var write = Count(line, "gen_ai.usage.cache_creation.input_tokens");
        var input = Count(line, "gen_ai.usage.input_tokens");
        var plain = Text(line, "gen_ai.provider.name") == "openai" ? input - read : input;
        return ((plain * rates.Input) + (read * rates.CacheRead) + (write * rates.CacheWrite)) / 1_000_000m;
    }

    private static Rates RatesOf(JsonElement line) =>
        Published[(Text(line, "gen_ai.provider.name")!, Text(line, "gen_ai.request.model")!)];

    private static bool Has(JsonElement line, string name) => line.TryGetProperty(name, out _);

    private static string? Text(JsonElement line, string name) =>
        line.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static long Count(JsonElement line, string name) =>
        line.TryGetProperty(name, out var value) ? value.GetInt64() : 0;

    private sealed record Rates(
        decimal Input, decimal Output, decimal CacheRead, decimal CacheWrite, decimal DearestInput, decimal DearestOutput);
}
