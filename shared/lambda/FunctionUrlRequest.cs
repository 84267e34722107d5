using System.Text;
using AiGateway.Domain;
using Amazon.Lambda.APIGatewayEvents;

namespace AiGateway.Lambda;

/// <summary>What a decision needs of a Function URL's call. The body is decoded only where it is asked for.</summary>
public sealed class FunctionUrlRequest
{
    private readonly IDictionary<string, string>? headers;
    private readonly string body;
    private readonly bool isBase64;

    private FunctionUrlRequest(APIGatewayHttpApiV2ProxyRequest request, DateTimeOffset receivedAt)
    {
        Method = request.RequestContext.Http.Method;
        Path = string.IsNullOrEmpty(request.RawPath) ? "/" : request.RawPath;
        InvocationId = request.RequestContext.RequestId ?? "";
        ReceivedAt = receivedAt;
        headers = request.Headers;
        body = request.Body ?? "";
        isBase64 = request.IsBase64Encoded;
    }

    /// <summary>As sent, normally in capitals.</summary>
    public string Method { get; }

    /// <summary>As sent, without the query, never empty.</summary>
    public string Path { get; }

    /// <summary>Lambda's id of this call; not the gateway's of the request.</summary>
    public string InvocationId { get; }

    /// <summary>When the call arrived at the Function URL (<c>requestContext.timeEpoch</c>).</summary>
    public DateTimeOffset ReceivedAt { get; }

    /// <summary>Refuses an event that is not a Function URL's: no method, or no time of arrival.</summary>
    public static Outcome<FunctionUrlRequest> Decode(APIGatewayHttpApiV2ProxyRequest? request)
    {
        if (string.IsNullOrEmpty(request?.RequestContext?.Http?.Method))
        {
            return new Problem("not_a_function_url_event", "The event has no requestContext.http.method.");
        }

        var epochMilliseconds = request.RequestContext.TimeEpoch;
        if (epochMilliseconds <= 0 || epochMilliseconds > DateTimeOffset.MaxValue.ToUnixTimeMilliseconds())
        {
            return new Problem("not_a_function_url_event", "requestContext.timeEpoch is missing or out of range.");
        }

        return new FunctionUrlRequest(request, DateTimeOffset.FromUnixTimeMilliseconds(epochMilliseconds));
    }

    /// <summary>A header's value, whatever the case of its name; null where it is absent.</summary>
    /// <remarks>Lambda hands names over in lower case, and joins the values of a repeated header with commas.</remarks>
    public string? Header(string name)
    {
        if (headers is null)
        {
            return null;
        }

        if (headers.TryGetValue(name, out var value))
        {
            return value;
        }

        foreach (var (key, other) in headers)
        {
            if (string.Equals(key, name, StringComparison.OrdinalIgnoreCase))
            {
                return other;
            }
        }

        return null;
    }

    /// <summary>The body's bytes. Refuses one above <paramref name="bytesMax"/>, and base64 that is none.</summary>
    public Outcome<ReadOnlyMemory<byte>> Body(int bytesMax)
    {
        var tooLarge = new Problem("body_too_large", $"The body has more than {bytesMax} bytes.");
        if (!isBase64)
        {
            return Encoding.UTF8.GetByteCount(body) > bytesMax
                ? tooLarge
                : (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(body);
        }

        if (body.Length / 4L * 3L > bytesMax + 3L)
        {
            return tooLarge;
        }

        var bytes = new byte[(body.Length / 4 * 3) + 3];
        if (!Convert.TryFromBase64String(body, bytes, out var length))
        {
            return new Problem("body_not_base64", "The body is marked as base64 and is none.");
        }

        return length > bytesMax ? tooLarge : (ReadOnlyMemory<byte>)bytes.AsMemory(0, length);
    }
}
