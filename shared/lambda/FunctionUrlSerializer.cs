using AiGateway.Domain;
using Amazon.Lambda.Core;

namespace AiGateway.Lambda;

/// <summary>Reads a Function URL's event where its bytes are; replies are written by the function's own serializer.</summary>
/// <remarks>
/// It stands in for <c>APIGatewayHttpApiV2ProxyRequest</c> and its reader, which decodes every header and the whole prompt: the figures are under
/// Decisions in functions/budget_enforcement/README.md.
/// </remarks>
public sealed class FunctionUrlSerializer(ILambdaSerializer replies) : ILambdaSerializer
{
    /// <exception cref="System.Text.Json.JsonException">Not JSON, or not of an event's types.</exception>
    /// <exception cref="NotSupportedException">Another type is asked for.</exception>
    public T Deserialize<T>(Stream requestStream) =>
        typeof(T) == typeof(Outcome<FunctionUrlRequest>)
            ? (T)(object)FunctionUrlRequest.Read(BytesOf(requestStream))
            : throw new NotSupportedException($"{typeof(T).Name} is not a Function URL's event.");

    public void Serialize<T>(T response, Stream responseStream) => replies.Serialize(response, responseStream);

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
