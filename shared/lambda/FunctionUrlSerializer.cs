using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
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

    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

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

        var bytes = new ArrayBufferWriter<byte>(ReplyBytesUsual);
        using (var json = new Utf8JsonWriter(bytes, Readable))
        {
            Write(json, reply);
        }

        responseStream.Write(bytes.WrittenSpan);
    }

    private static void Write(Utf8JsonWriter json, APIGatewayHttpApiV2ProxyResponse reply)
    {
        json.WriteStartObject();
        json.WriteNumber("statusCode"u8, reply.StatusCode);
        json.WriteStartObject("headers"u8);
        foreach (var (name, value) in reply.Headers)
        {
            json.WriteString(name, value);
        }

        json.WriteEndObject();
        if (reply.Cookies is { } cookies)
        {
            json.WriteStartArray("cookies"u8);
            Array.ForEach(cookies, json.WriteStringValue);
            json.WriteEndArray();
        }

        json.WriteString("body"u8, reply.Body);
        json.WriteBoolean("isBase64Encoded"u8, reply.IsBase64Encoded);
        json.WriteEndObject();
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
