using System.Globalization;
using System.Text;
using System.Text.Json;
using AiGateway.Domain;
using AiGateway.Domain.Gateway;
using AiGateway.Lambda;
using Amazon.Lambda.APIGatewayEvents;
using BudgetEnforcement.Decode;

namespace BudgetEnforcement.Tests;

/// <summary>Function URL events, as AWS makes them of what the gateway sends.</summary>
internal static class Questions
{
    public const string RequestId = "48a02675-c9a6-43f6-827e-a1c66a5870a1";

    /// <summary>A valid call: 333 bytes to gpt-4o-mini, at most 400 tokens, of the team payments.</summary>
    public static Dictionary<string, string> Headers(string? requestId = null, string team = "payments") => new()
    {
        [WebhookHeaders.RequestId] = requestId ?? RequestId,
        [WebhookHeaders.Subject] = "3n4b5urk1ft4fl3mg5e62d9ado",
        [WebhookHeaders.ClientId] = "3n4b5urk1ft4fl3mg5e62d9ado",
        [WebhookHeaders.Team] = team,
        [WebhookHeaders.Tier] = "standard",
        [WebhookHeaders.Model] = "gpt-4o-mini",
        [WebhookHeaders.MaxTokens] = "400",
        [WebhookHeaders.Stream] = "false",
        [WebhookHeaders.Size] = "333",
        [WebhookHeaders.External] = "false",
        [WebhookHeaders.Path] = "/v1/chat/completions",
        [WebhookHeaders.Attempt] = "0",
        [WebhookHeaders.Provider] = "openai",
    };

    public static Dictionary<string, string> With(string name, string? value)
    {
        var headers = Headers();
        if (value is null)
        {
            headers.Remove(name);
        }
        else
        {
            headers[name] = value;
        }

        return headers;
    }

    /// <summary>The headers of an embedding through external authorization: model and size stand in the
    /// body.</summary>
    public static Dictionary<string, string> AuthorizeHeaders(string? requestId = null, string team = "payments") => new()
    {
        [WebhookHeaders.RequestId] = requestId ?? RequestId,
        [WebhookHeaders.Subject] = "3n4b5urk1ft4fl3mg5e62d9ado",
        [WebhookHeaders.ClientId] = "3n4b5urk1ft4fl3mg5e62d9ado",
        [WebhookHeaders.Team] = team,
        [WebhookHeaders.Path] = "/openai/v1/embeddings",
        [WebhookHeaders.Provider] = "openai",
    };

    public static APIGatewayHttpApiV2ProxyRequest Event(
        IDictionary<string, string> headers,
        string path = WebhookPaths.Decision,
        string method = "POST",
        string body = "{\"body\":{\"messages\":[]}}",
        bool base64 = false,
        DateTimeOffset? receivedAt = null) => new()
    {
        Version = "2.0",
        RawPath = path,
        Headers = headers,
        Body = base64 ? Convert.ToBase64String(Encoding.UTF8.GetBytes(body)) : body,
        IsBase64Encoded = base64,
        RequestContext = new APIGatewayHttpApiV2ProxyRequest.ProxyRequestContext
        {
            RequestId = "invocation-1",
            TimeEpoch = (receivedAt ?? DateTimeOffset.UtcNow).ToUnixTimeMilliseconds(),
            Http = new APIGatewayHttpApiV2ProxyRequest.HttpDescription { Method = method, Path = path },
        },
    };

    /// <summary>A recorded call, as <c>webhook.jsonl</c> and the cases have it.</summary>
    public static APIGatewayHttpApiV2ProxyRequest Recorded(JsonElement call, DateTimeOffset? receivedAt = null) => Event(
        call.GetProperty("headers").EnumerateObject().ToDictionary(header => header.Name, header => header.Value.GetString()!),
        call.GetProperty("path").GetString()!,
        call.GetProperty("method").GetString()!,
        call.TryGetProperty("body", out var body) ? body.GetString()! : "",
        receivedAt: receivedAt);

    /// <summary>The event's JSON, as the Runtime API hands it over.</summary>
    public static string Json(APIGatewayHttpApiV2ProxyRequest request)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartObject();
            writer.WriteString("version", "2.0");
            writer.WriteString("rawPath", request.RawPath);
            writer.WriteStartObject("headers");
            foreach (var (name, value) in request.Headers)
            {
                writer.WriteString(name, value);
            }

            writer.WriteEndObject();
            writer.WriteStartObject("requestContext");
            writer.WriteString("requestId", request.RequestContext.RequestId);
            writer.WriteNumber("timeEpoch", request.RequestContext.TimeEpoch);
            writer.WriteStartObject("http");
            writer.WriteString("method", request.RequestContext.Http.Method);
            writer.WriteString("path", request.RequestContext.Http.Path);
            writer.WriteEndObject();
            writer.WriteEndObject();
            writer.WriteString("body", request.Body);
            writer.WriteBoolean("isBase64Encoded", request.IsBase64Encoded);
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    /// <summary>As the function's serializer reads it.</summary>
    public static Outcome<FunctionUrlRequest> Decoded(APIGatewayHttpApiV2ProxyRequest request) =>
        FunctionUrlRequest.Read(Encoding.UTF8.GetBytes(Json(request)));

    public static Outcome<GatewayQuestion> Read(APIGatewayHttpApiV2ProxyRequest request, QuestionForm form) =>
        QuestionReader.Read(Assert.IsType<Outcome<FunctionUrlRequest>.Ok>(Decoded(request)).Value, form);

    public static long Number(JsonElement headers, string name, long otherwise) =>
        headers.TryGetProperty(name, out var text)
            ? long.Parse(text.GetString()!, CultureInfo.InvariantCulture)
            : otherwise;
}
