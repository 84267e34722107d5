using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;

namespace AiGateway.Local.Stack;

/// <summary>Writes a request as a Function URL event, payload format 2.0.</summary>
internal static class FunctionUrlEvent
{
    private const string TimeFormat = "dd/MMM/yyyy:HH:mm:ss +0000";

    private static readonly JsonWriterOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly string[] TextTypes =
    [
        "application/json", "application/xml", "application/javascript", "application/x-www-form-urlencoded",
    ];

    public static byte[] Write(
        HttpContext context, byte[] body, string requestId, string function, DateTimeOffset arrivedAt)
    {
        using var stream = new MemoryStream(body.Length + 4096);
        using (var json = new Utf8JsonWriter(stream, Json))
        {
            var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
            json.WriteStartObject();
            json.WriteString("version", "2.0");
            json.WriteString("routeKey", "$default");
            json.WriteString("rawPath", PathOf(target));
            json.WriteString("rawQueryString", context.Request.QueryString.Value?.TrimStart('?') ?? "");
            WriteCookies(json, context.Request);
            WriteHeaders(json, context);
            WriteQuery(json, context.Request);
            WriteContext(json, context, requestId, function, arrivedAt);
            WriteBody(json, context.Request, body);
            json.WriteEndObject();
        }

        return stream.ToArray();
    }

    // RawTarget is the path as sent; a proxy's absolute form is reduced to it.
    private static string PathOf(string target)
    {
        if (!target.StartsWith('/'))
        {
            return Uri.TryCreate(target, UriKind.Absolute, out var absolute) ? absolute.AbsolutePath : "/";
        }

        var query = target.IndexOf('?');
        return query < 0 ? target : target[..query];
    }

    private static void WriteCookies(Utf8JsonWriter json, HttpRequest request)
    {
        if (request.Headers.Cookie.Count == 0)
        {
            return;
        }

        json.WriteStartArray("cookies");
        foreach (var cookie in request.Headers.Cookie.SelectMany(line => (line ?? "").Split("; ")))
        {
            json.WriteStringValue(cookie);
        }

        json.WriteEndArray();
    }

    private static void WriteHeaders(Utf8JsonWriter json, HttpContext context)
    {
        var headers = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, values) in context.Request.Headers)
        {
            if (!name.Equals("cookie", StringComparison.OrdinalIgnoreCase))
            {
                headers[name.ToLowerInvariant()] = string.Join(',', values.ToArray());
            }
        }

        headers["x-forwarded-for"] = SourceOf(context);
        headers["x-forwarded-port"] = context.Connection.LocalPort.ToString();
        headers["x-forwarded-proto"] = "http";
        json.WriteStartObject("headers");
        foreach (var (name, value) in headers)
        {
            json.WriteString(name, value);
        }

        json.WriteEndObject();
    }

    private static void WriteQuery(Utf8JsonWriter json, HttpRequest request)
    {
        var query = QueryHelpers.ParseQuery(request.QueryString.Value);
        if (query.Count == 0)
        {
            return;
        }

        json.WriteStartObject("queryStringParameters");
        foreach (var (name, values) in query)
        {
            json.WriteString(name, string.Join(',', values.ToArray()));
        }

        json.WriteEndObject();
    }

    private static void WriteContext(
        Utf8JsonWriter json, HttpContext context, string requestId, string function, DateTimeOffset arrivedAt)
    {
        var accessKey = SignedRequest.AccessKeyOf(context.Request.Headers.Authorization.ToString());
        json.WriteStartObject("requestContext");
        json.WriteString("accountId", accessKey is null ? "anonymous" : LambdaEnvironment.AccountId);
        json.WriteString("apiId", function);
        json.WriteNull("authentication");
        if (accessKey is not null)
        {
            SignedRequest.WriteAuthorizer(json, accessKey);
        }

        json.WriteString("domainName", $"{function}.lambda-url.{LambdaEnvironment.Region}.local");
        json.WriteString("domainPrefix", function);
        json.WriteStartObject("http");
        json.WriteString("method", context.Request.Method);
        json.WriteString("path", PathOf(context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget));
        json.WriteString("protocol", context.Request.Protocol);
        json.WriteString("sourceIp", SourceOf(context));
        json.WriteString("userAgent", context.Request.Headers.UserAgent.ToString());
        json.WriteEndObject();
        json.WriteString("requestId", requestId);
        json.WriteString("routeKey", "$default");
        json.WriteString("stage", "$default");
        json.WriteString("time", arrivedAt.ToString(TimeFormat, CultureInfo.InvariantCulture));
        json.WriteNumber("timeEpoch", arrivedAt.ToUnixTimeMilliseconds());
        json.WriteEndObject();
    }

    /// <summary>Text as text, anything else (and text that is not UTF-8) in base64. No body: no key.</summary>
    private static void WriteBody(Utf8JsonWriter json, HttpRequest request, byte[] body)
    {
        var isText = body.Length == 0 || (IsText(request.ContentType) && Utf8.IsValid(body));
        if (body.Length > 0)
        {
            if (isText)
            {
                json.WriteString("body", body);
            }
            else
            {
                json.WriteBase64String("body", body);
            }
        }

        json.WriteBoolean("isBase64Encoded", !isText);
    }

    private static bool IsText(string? contentType)
    {
        var type = (contentType ?? "").Split(';')[0].Trim().ToLowerInvariant();
        return type.StartsWith("text/", StringComparison.Ordinal) || type.EndsWith("+json", StringComparison.Ordinal)
            || type.EndsWith("+xml", StringComparison.Ordinal) || TextTypes.Contains(type);
    }

    private static string SourceOf(HttpContext context) => context.Connection.RemoteIpAddress?.ToString() ?? "127.0.0.1";
}
