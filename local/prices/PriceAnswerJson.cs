using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using AiGateway.Domain.Pricing;

namespace AiGateway.Local.Prices;

/// <summary>One answer as one JSON line.</summary>
internal static class PriceAnswerJson
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    internal static string Write(long line, PriceAnswer answer)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            json.WriteNumber("line", line);
            WriteAnswer(json, answer);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    private static void WriteAnswer(Utf8JsonWriter json, PriceAnswer answer)
    {
        switch (answer)
        {
            case PriceAnswer.Priced priced:
                var status = priced.Found.Price.IsFree ? "free" : "priced";
                WriteResult(json, status, priced.Cost.Total.ToString(), priced.Found, priced.Note);
                break;
            case PriceAnswer.NotBilled free:
                WriteResult(json, "free", "0", null, free.Reason);
                break;
            case PriceAnswer.Unknown unknown:
                WriteResult(json, "unknown", null, unknown.Found, unknown.Reason);
                break;
            case PriceAnswer.Bad bad:
                json.WriteString("error", bad.Error);
                break;
            default:
                throw new InvalidOperationException($"No form for {answer}.");
        }
    }

    private static void WriteResult(
        Utf8JsonWriter json, string status, string? cost, PriceLookup.Found? found, string? reason)
    {
        json.WriteString("status", status);
        json.WriteString("cost", cost);
        if (found is null)
        {
            json.WriteNull("price");
        }
        else
        {
            json.WriteStartObject("price");
            json.WriteString("provider", found.Price.Provider);
            json.WriteString("model", found.Price.Model);
            json.WriteString("source", found.Price.Source);
            json.WriteString(
                "effective_from", found.Price.EffectiveFrom.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
            json.WriteEndObject();
        }

        json.WriteString("found_by", found is null ? null : Name(found.How));
        json.WriteString("reason", reason);
    }

    internal static string Name(FoundBy how) => how switch
    {
        FoundBy.Exact => "exact",
        FoundBy.Normalised => "normalised",
        FoundBy.RequestModel => "request_model",
        FoundBy.Override => "override",
        FoundBy.Assumed => "assumed",
        _ => throw new InvalidOperationException($"No name for {how}."),
    };
}
