using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace AiGateway.Local.Stack;

/// <summary>
/// Writes a function's answer as a Function URL does: an object with <c>statusCode</c> is a reply, any other JSON is the body of a 200, and
/// what is neither is 502.
/// </summary>
internal static class FunctionUrlReply
{
    /// <summary>What a caller sees of a function that threw, crashed, timed out or answered nonsense.</summary>
    public static Task FailAsync(HttpResponse response) =>
        RefuseAsync(response, StatusCodes.Status502BadGateway, "Internal Server Error");

    public static async Task RefuseAsync(HttpResponse response, int status, string body)
    {
        response.StatusCode = status;
        response.ContentType = "application/json";
        await response.WriteAsync(body);
    }

    public static async Task WriteAsync(HttpResponse response, ReadOnlyMemory<byte> payload)
    {
        Reply? reply;
        try
        {
            reply = Read(payload);
        }
        catch (Exception error) when (error is JsonException or FormatException or InvalidOperationException)
        {
            reply = null;
        }

        if (reply is null)
        {
            await FailAsync(response);
            return;
        }

        response.StatusCode = reply.Status;
        response.ContentType = "application/json";
        foreach (var (name, value) in reply.Headers.Where(header => IsPassedOn(header.Name)))
        {
            response.Headers[name] = value;
        }

        foreach (var cookie in reply.Cookies)
        {
            response.Headers.Append("Set-Cookie", cookie);
        }

        if (reply.Status is not (StatusCodes.Status204NoContent or StatusCodes.Status304NotModified))
        {
            response.ContentLength = reply.Body.Length;
            await response.Body.WriteAsync(reply.Body);
        }
    }

    private static Reply? Read(ReadOnlyMemory<byte> payload)
    {
        using var document = JsonDocument.Parse(payload);
        var root = document.RootElement;
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("statusCode", out var status))
        {
            return new Reply(StatusCodes.Status200OK, [], [], payload.ToArray());
        }

        var code = status.GetInt32();
        return code is < 100 or > 599 ? null : new Reply(code, HeadersOf(root), CookiesOf(root), BodyOf(root));
    }

    private static List<(string Name, string Value)> HeadersOf(JsonElement root)
    {
        var headers = new List<(string, string)>();
        if (root.TryGetProperty("headers", out var object_) && object_.ValueKind == JsonValueKind.Object)
        {
            headers.AddRange(object_.EnumerateObject().Select(header => (header.Name, header.Value.ToString())));
        }

        return headers;
    }

    private static List<string> CookiesOf(JsonElement root) =>
        root.TryGetProperty("cookies", out var cookies) && cookies.ValueKind == JsonValueKind.Array
            ? [.. cookies.EnumerateArray().Select(cookie => cookie.ToString())]
            : [];

    private static byte[] BodyOf(JsonElement root)
    {
        if (!root.TryGetProperty("body", out var body) || body.ValueKind == JsonValueKind.Null)
        {
            return [];
        }

        var text = body.ValueKind == JsonValueKind.String ? body.GetString()! : body.GetRawText();
        var isBase64 = root.TryGetProperty("isBase64Encoded", out var flag) && flag.ValueKind == JsonValueKind.True;
        return isBase64 ? Convert.FromBase64String(text) : System.Text.Encoding.UTF8.GetBytes(text);
    }

    private static bool IsPassedOn(string header) => header.ToLowerInvariant() is not
        ("content-length" or "connection" or "transfer-encoding" or "keep-alive" or "upgrade" or "date");

    private sealed record Reply(int Status, List<(string Name, string Value)> Headers, List<string> Cookies, byte[] Body);
}
