using System.Text;
using System.Text.Json;

namespace AiGateway.Local.Replay;

/// <summary>Reads one recorded call.</summary>
internal static class RecordedCallReader
{
    private const int BodyBytesMax = 16 * 1024 * 1024;

    /// <exception cref="JsonException">It is not JSON.</exception>
    /// <exception cref="FormatException">It is JSON, but not a call; the message says what is wrong.</exception>
    public static RecordedCall Read(int number, string text)
    {
        using var document = JsonDocument.Parse(text);
        var root = document.RootElement;
        if (root.ValueKind != JsonValueKind.Object
            || !root.TryGetProperty("headers", out var headers) || headers.ValueKind != JsonValueKind.Object
            || Text(root, "path") is not { } path || !path.StartsWith('/'))
        {
            throw new FormatException("A recorded call has headers, an object, and a path that begins with a slash.");
        }

        return new RecordedCall(number, Text(root, "method") ?? "POST", path, Headers(headers), Body(root));
    }

    private static Dictionary<string, string> Headers(JsonElement headers)
    {
        var read = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var header in headers.EnumerateObject())
        {
            if (header.Value.ValueKind != JsonValueKind.String || header.Value.GetString()!.AsSpan().ContainsAny('\r', '\n', '\0'))
            {
                throw new FormatException($"The header {header.Name} is not text on one line.");
            }

            read[header.Name] = header.Value.GetString()!;
        }

        return read;
    }

    /// <summary>The recorded body where it is whole; else a prompt of the same length, because only the beginning was recorded.</summary>
    private static byte[] Body(JsonElement root)
    {
        var recorded = Encoding.UTF8.GetBytes(Text(root, "body") ?? "");
        if (!root.TryGetProperty("body_bytes", out var size))
        {
            return recorded;
        }

        if (size.ValueKind != JsonValueKind.Number || !size.TryGetInt32(out var bytes) || bytes is < 0 or > BodyBytesMax)
        {
            throw new FormatException($"body_bytes is a whole number from 0 to {BodyBytesMax}.");
        }

        return recorded.Length == bytes ? recorded : OfLength(bytes);
    }

    private static byte[] OfLength(int bytes)
    {
        const string Start = """{"body":{"messages":[{"role":"user","content":""" + "\"";
        const string End = "\"}]}}";
        var filler = bytes - Start.Length - End.Length;
        return Encoding.UTF8.GetBytes(filler < 0 ? new string(' ', bytes) : Start + new string('x', filler) + End);
    }

    private static string? Text(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
