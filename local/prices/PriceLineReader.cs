using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using AiGateway.Domain;
using AiGateway.Domain.Pricing;

namespace AiGateway.Local.Prices;

/// <summary>
/// Reads one JSON line: <c>provider</c>, <c>model</c> or <c>request_model</c>, and the counts by the access log's own
/// keys. Keys that mean nothing here are passed over, so that whole access lines can be read too.
/// </summary>
internal static partial class PriceLineReader
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 16 };

    internal static Outcome<PriceLine> Read(string line, DateTimeOffset now)
    {
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(line, Strict);
        }
        catch (JsonException bad)
        {
            return Bad(bad.Message.Contains("duplicate", StringComparison.OrdinalIgnoreCase)
                ? "A key is given twice."
                : "The line is not JSON.");
        }

        using (document)
        {
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                return Bad("The line is not a JSON object.");
            }

            var fields = new PriceLineFields(document.RootElement);
            var read = Line(fields, now);
            return fields.Problem is { } problem ? Bad(problem) : read;
        }
    }

    private static Outcome<PriceLine> Line(PriceLineFields fields, DateTimeOffset now)
    {
        var provider = fields.Text("provider", "gen_ai.provider.name");
        var model = fields.Text("model", "gen_ai.response.model");
        var requested = fields.Text("request_model", "gen_ai.request.model");
        var tier = fields.Text("service_tier");
        if (string.IsNullOrEmpty(provider))
        {
            return Bad("The line names no provider.");
        }

        if (string.IsNullOrEmpty(model) && string.IsNullOrEmpty(requested))
        {
            return Bad("The line names no model.");
        }

        var at = fields.Text("at");
        if (!TryReadTime(at, now, out var instant))
        {
            return Bad("'at' is not a time by RFC 3339.");
        }

        return new PriceLine(
            new PriceQuery(provider, model, requested, instant, tier) { Region = fields.Text("region") },
            Usage(fields, provider, string.IsNullOrEmpty(model) ? requested : model));
    }

    private static LoggedUsage Usage(PriceLineFields fields, string provider, string? model) => new()
    {
        Provider = provider,
        Model = model,
        Path = fields.Text("path", "http.path"),
        Streaming = fields.Truth("streaming"),
        GatewayVersion = fields.Text("gateway_version", "agw.version") ?? DefaultVersion(fields),
        Operation = fields.Text("gen_ai.operation.name") is "embeddings" ? "embeddings" : null,
        Input = fields.Count("gen_ai.usage.input_tokens", "prompt_tokens"),
        CacheRead = fields.Count("gen_ai.usage.cache_read.input_tokens", "cached_input_tokens"),
        CacheCreation = fields.Count("gen_ai.usage.cache_creation.input_tokens", "cache_creation_input_tokens"),
        Output = fields.Count("gen_ai.usage.output_tokens", "completion_tokens"),
        Total = fields.Count("total_tokens"),
        Reasoning = fields.Count("reasoning_tokens", "gen_ai.usage.reasoning_tokens"),
        InputAudio = fields.Count("input_audio_tokens", "gen_ai.usage.input_audio_tokens"),
        OutputAudio = fields.Count("gen_ai.usage.output_audio_tokens"),
        OutputImage = fields.Count("gen_ai.usage.output_image_tokens"),
        CountTokens = fields.Count("count_tokens"),
        ProviderInput = fields.Count("provider_input_tokens"),
    };

    // What is not said is what is deployed: 1.4.1, unless the line has a count that only 1.5 writes.
    private static string DefaultVersion(PriceLineFields fields) =>
        fields.Count("provider_input_tokens") is null ? "1.4.1" : "1.5.0";

    private static bool TryReadTime(string? text, DateTimeOffset now, out DateTimeOffset instant)
    {
        instant = now;
        return text is null || (Rfc3339().IsMatch(text) && DateTimeOffset.TryParse(
            text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out instant));
    }

    private static Problem Bad(string message) => new("bad_line", message);

    [GeneratedRegex(@"^\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}:\d{2}(\.\d{1,9})?([Zz]|[+-]\d{2}:\d{2})$", RegexOptions.CultureInvariant)]
    private static partial Regex Rfc3339();
}
