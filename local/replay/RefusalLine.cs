using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using AiGateway.Domain.Gateway;

namespace AiGateway.Local.Replay;

/// <summary>
/// The line that the gateway logs for a refused request, made from the recorded line of the same request: who asked and when stay, what a
/// provider answered goes. The shapes are those of the recorded refusals (production-refused, -embeddings-refused, -failover-refused,
/// -failover-guard-down).
/// </summary>
internal static class RefusalLine
{
    private static readonly HashSet<string> Kept =
    [
        "level", LogFields.Time, LogFields.Scope, "gateway", "listener", LogFields.Route, "src.addr", "http.method", "http.host",
        LogFields.HttpPath, "http.version", LogFields.Subject, "duration", LogFields.GatewayVersion, LogFields.RequestId,
        LogFields.StartedAt, LogFields.ClientId, LogFields.Team, LogFields.CostCenter, LogFields.TenantTier, LogFields.Groups,
        LogFields.Project, LogFields.DurationMs,
    ];

    private static readonly JsonWriterOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="recorded">The request's recorded line, a JSON object.</param>
    /// <param name="request">What became of its calls; its last one was not admitted.</param>
    public static string Write(string recorded, ReplayedRequest request)
    {
        using var document = JsonDocument.Parse(recorded);
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Json))
        {
            json.WriteStartObject();
            foreach (var field in document.RootElement.EnumerateObject().Where(field => Kept.Contains(field.Name)))
            {
                field.WriteTo(json);
            }

            if (!request.LastCall.IsAuthorization && document.RootElement.TryGetProperty(LogFields.Endpoint, out var endpoint))
            {
                json.WritePropertyName(LogFields.Endpoint);
                endpoint.WriteTo(json);
            }

            WriteEnd(json, request);
            WriteEarlierAttempt(json, request);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static void WriteEnd(Utf8JsonWriter json, ReplayedRequest request)
    {
        var (status, bytes) = request.Answer is GatewayAnswer.Refused refused
            ? (refused.Status, Encoding.UTF8.GetByteCount(refused.Body))
            : (503, "processing failed: prompt guard failed".Length);
        json.WriteNumber(LogFields.HttpStatus, status);
        json.WriteNumber(LogFields.ResponseBytes, bytes);
        json.WriteString(LogFields.Protocol, request.LastCall.IsAuthorization ? "http" : "llm");
        if (request.LastCall.IsAuthorization)
        {
            json.WriteString(LogFields.Reason, "DirectResponse");
            return;
        }

        var isRefusal = request.Answer is GatewayAnswer.Refused;
        json.WriteString(LogFields.Error, isRefusal ? "request rejected by webhook guardrail" : "processing failed: prompt guard failed");
        json.WriteString(LogFields.Reason, isRefusal ? "Guardrail" : "Internal");
    }

    /// <summary>Where an earlier attempt had passed, the line names its provider and model, not the refused one's (T103).</summary>
    private static void WriteEarlierAttempt(Utf8JsonWriter json, ReplayedRequest request)
    {
        json.WriteBoolean(LogFields.UpstreamCalled, request.Admitted.Count > 0);
        if (request.Admitted.Count == 0)
        {
            return;
        }

        var earlier = request.Admitted[^1];
        json.WriteString(LogFields.Operation, "chat");
        Copy(LogFields.Provider, WebhookHeaders.Provider);
        Copy(LogFields.RequestModel, WebhookHeaders.Model);
        if (long.TryParse(earlier.Header(WebhookHeaders.MaxTokens), out var tokens) && tokens > 0)
        {
            json.WriteNumber(LogFields.MaxTokens, tokens);
        }

        json.WriteNumber(LogFields.RetryAttempt, request.Admitted.Count);
        json.WriteBoolean(LogFields.Streaming, false);

        void Copy(string field, string header)
        {
            if (earlier.Header(header) is { } value)
            {
                json.WriteString(field, value);
            }
        }
    }
}
