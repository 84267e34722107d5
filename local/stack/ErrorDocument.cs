using System.Text.Json;

namespace AiGateway.Local.Stack;

/// <summary>Lambda's error document, written for what happens outside the function and read for what happens inside.</summary>
internal static class ErrorDocument
{
    public static InvocationResult.Failed Failure(string type, string message) => new(type, Write(type, message));

    public static byte[] Write(string type, string message)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            json.WriteString("errorType", type);
            json.WriteString("errorMessage", message);
            json.WriteEndObject();
        }

        return stream.ToArray();
    }

    /// <summary>The function's own error document, whatever it wrote.</summary>
    public static InvocationResult.Failed FromFunction(byte[] payload)
    {
        try
        {
            using var document = JsonDocument.Parse(payload);
            if (document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty("errorType", out var type)
                && type.ValueKind == JsonValueKind.String)
            {
                return new InvocationResult.Failed(type.GetString()!, payload);
            }
        }
        catch (JsonException)
        {
            // Not a document: reported as unknown, its bytes kept.
        }

        return new InvocationResult.Failed("Unknown", payload);
    }
}
