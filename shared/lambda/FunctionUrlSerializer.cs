using AiGateway.Domain;
using Amazon.Lambda.APIGatewayEvents;
using Amazon.Lambda.Core;

namespace AiGateway.Lambda;

/// <summary>Reads a Function URL's event where its bytes are, and writes its reply.</summary>
/// <remarks>
/// It stands in for the published serializer, and for <c>APIGatewayHttpApiV2ProxyRequest</c>, which decodes every header and the whole prompt: the figures are under
/// Decisions in functions/budget_enforcement/README.md.
/// </remarks>
public sealed class FunctionUrlSerializer : ILambdaSerializer
{
    private const int ReplyBytesUsual = 1_024;

    // A refusal has some kilobytes at most.
    private const int ReplyBytesKept = 64 * 1024;

    [ThreadStatic]
    private static JsonText? spare;

    /// <exception cref="System.Text.Json.JsonException">Not JSON, or not of an event's types.</exception>
    /// <exception cref="NotSupportedException">Another type is asked for.</exception>
    public T Deserialize<T>(Stream requestStream) =>
        typeof(T) == typeof(Outcome<FunctionUrlRequest>)
            ? (T)(object)FunctionUrlRequest.Read(BytesOf(requestStream))
            : throw new NotSupportedException($"{typeof(T).Name} is not a Function URL's event.");

    /// <exception cref="NotSupportedException">Another type than a Function URL's reply.</exception>
    public void Serialize<T>(T response, Stream responseStream)
    {
        if (response is not APIGatewayHttpApiV2ProxyResponse reply)
        {
            throw new NotSupportedException($"{typeof(T).Name} is not a Function URL's reply.");
        }

        var json = spare ?? new JsonText(ReplyBytesUsual);
        spare = null;
        Write(json, reply);
        responseStream.Write(json.Written);
        if (json.Capacity <= ReplyBytesKept)
        {
            json.Clear();
            spare = json;
        }
    }

    private static void Write(JsonText json, APIGatewayHttpApiV2ProxyResponse reply)
    {
        json.BeginObject();
        json.Member("statusCode", reply.StatusCode);
        json.Name("headers");
        json.BeginObject();
        foreach (var (name, value) in reply.Headers)
        {
            json.Member(name, value);
        }

        json.EndObject();
        if (reply.Cookies is { } cookies)
        {
            json.Name("cookies");
            json.BeginArray();
            Array.ForEach(cookies, cookie => json.Text(cookie));
            json.EndArray();
        }

        json.Member("body", reply.Body);
        json.Member("isBase64Encoded", reply.IsBase64Encoded);
        json.EndObject();
    }

    // Lambda's runtime support hands over a stream on the bytes that it received.
    private static ReadOnlyMemory<byte> BytesOf(Stream stream)
    {
        if (stream is MemoryStream memory && memory.TryGetBuffer(out var bytes))
        {
            return bytes.AsMemory((int)memory.Position);
        }

        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }
}
