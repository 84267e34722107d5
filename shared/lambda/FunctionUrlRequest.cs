using AiGateway.Domain;

namespace AiGateway.Lambda;

/// <summary>
/// What a decision needs of a Function URL's call. It stands on the event's bytes, so it is good for as long as they are: until the invocation ends.
/// Headers and body are decoded only where they are asked for.
/// </summary>
/// <remarks>Lambda's event format 2.0: "Request payload format" of Function URLs in the Lambda developer guide.</remarks>
public sealed class FunctionUrlRequest
{
    private readonly HeaderFields headers;
    private readonly EventText body;
    private readonly EventText invocationId;
    private readonly bool isBase64;

    private FunctionUrlRequest(FunctionUrlEvent parts, DateTimeOffset receivedAt)
    {
        Method = parts.Method!;
        Path = string.IsNullOrEmpty(parts.RawPath) ? "/" : parts.RawPath;
        ReceivedAt = receivedAt;
        headers = parts.Headers;
        body = parts.Body;
        invocationId = parts.InvocationId;
        isBase64 = parts.IsBase64;
    }

    /// <summary>As sent, normally in capitals.</summary>
    public string Method { get; }

    /// <summary>As sent, without the query, never empty.</summary>
    public string Path { get; }

    /// <summary>Lambda's id of this call; not the gateway's of the request.</summary>
    public string InvocationId => invocationId.Text() ?? "";

    /// <summary>When the call arrived at the Function URL (<c>requestContext.timeEpoch</c>).</summary>
    public DateTimeOffset ReceivedAt { get; }

    /// <summary>Refuses an event that is not a Function URL's: no method, or no time of arrival.</summary>
    /// <exception cref="System.Text.Json.JsonException">It is not JSON, or a part that is needed has another type.</exception>
    public static Outcome<FunctionUrlRequest> Read(ReadOnlyMemory<byte> json)
    {
        var parts = FunctionUrlEvent.Read(json);
        if (string.IsNullOrEmpty(parts.Method))
        {
            return new Problem("not_a_function_url_event", "The event has no requestContext.http.method.");
        }

        return parts.TimeEpoch > 0 && parts.TimeEpoch <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()
            ? new FunctionUrlRequest(parts, DateTimeOffset.FromUnixTimeMilliseconds(parts.TimeEpoch))
            : new Problem("not_a_function_url_event", "requestContext.timeEpoch is missing or out of range.");
    }

    /// <summary>A header's value, whatever the case of its name; null where it is absent.</summary>
    /// <remarks>Lambda hands names over in lower case, and joins the values of a repeated header with commas.</remarks>
    public string? Header(string name) => headers.Find(name);

    /// <summary>The body's bytes. Refuses one above <paramref name="bytesMax"/>, base64 that is none, and text that has
    /// no UTF-8 form.</summary>
    public Outcome<ReadOnlyMemory<byte>> Body(int bytesMax) => isBase64 ? body.OfBase64(bytesMax) : body.Utf8(bytesMax);
}
