using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;
using System.Text.Json;
using AiGateway.Domain.AccessLog;

namespace CostAttribution.Decode;

/// <summary>
/// Base64, gzip, JSON, each with a bound. The published <c>DecodeData</c> has none, so it is not used.
/// </summary>
internal static class LogPayloadReader
{
    /// <summary>Lambda takes at most six megabytes for any event.</summary>
    public const int EncodedLengthMax = 6 * 1024 * 1024;

    /// <summary>CloudWatch batches hold about a megabyte compressed; log lines shrink ten- to twentyfold.</summary>
    public const int DecodedBytesMax = 48 * 1024 * 1024;

    public const int EventsMax = 50_000;

    private const int ChunkBytes = 64 * 1024;

    /// <exception cref="BadPayloadException">It can't be read.</exception>
    public static LogPayload Read(string? encoded)
    {
        if (string.IsNullOrEmpty(encoded))
        {
            throw new BadPayloadException("no_data", "The event has no awslogs.data.");
        }

        if (encoded.Length > EncodedLengthMax)
        {
            throw new BadPayloadException(
                "payload_too_large", $"awslogs.data has at most {EncodedLengthMax} characters.");
        }

        var compressed = new byte[((encoded.Length / 4) + 1) * 3];
        if (!Convert.TryFromBase64String(encoded, compressed, out var length))
        {
            throw new BadPayloadException("not_base64", "awslogs.data is not base64.");
        }

        return Read(Parse(Unzip(compressed, length)));
    }

    private static LogPayload Read(LogDocument document)
    {
        if (document.MessageType == "CONTROL_MESSAGE")
        {
            return new LogPayload.Control();
        }

        if (document.MessageType != "DATA_MESSAGE")
        {
            throw new BadPayloadException(
                "unknown_message_type", "messageType is neither DATA_MESSAGE nor CONTROL_MESSAGE.");
        }

        if (document.LogEvents.Count > EventsMax)
        {
            throw new BadPayloadException("too_many_lines", $"A payload has at most {EventsMax} lines.");
        }

        return new LogPayload.Lines(
            document.LogGroup,
            document.LogStream,
            [.. document.LogEvents.Select(EventOf)]);
    }

    private static LogEvent EventOf(LogDocumentEvent? logged) => logged is null
        ? throw new BadPayloadException("wrong_shape", "One of the log events is null.")
        : new LogEvent(logged.Id, logged.Timestamp, logged.Message);

    // Stops at the bound instead of after it: a bomb costs no more than what is allowed.
    private static ReadOnlyMemory<byte> Unzip(byte[] compressed, int length)
    {
        var decoded = new ArrayBufferWriter<byte>(Math.Min(DecodedBytesMax, Math.Max(ChunkBytes, length * 12)));
        try
        {
            using var source = new MemoryStream(compressed, 0, length, writable: false);
            using var gzip = new GZipStream(source, CompressionMode.Decompress);
            int read;
            while ((read = gzip.Read(decoded.GetSpan(ChunkBytes))) > 0)
            {
                decoded.Advance(read);
                if (decoded.WrittenCount > DecodedBytesMax)
                {
                    throw new BadPayloadException(
                        "gzip_bomb", $"The payload unzips to more than {DecodedBytesMax} bytes.");
                }
            }
        }
        catch (InvalidDataException)
        {
            throw new BadPayloadException("not_gzip", "awslogs.data is not gzip, or is damaged.");
        }

        if (!EndsWithLength(compressed.AsSpan(0, length), decoded.WrittenCount))
        {
            throw new BadPayloadException("not_gzip", "awslogs.data is cut.");
        }

        return decoded.WrittenMemory;
    }

    // Gzip ends with the length of what it holds; the stream does not mind where that is missing (RFC 1952, ISIZE).
    private static bool EndsWithLength(ReadOnlySpan<byte> gzip, int length) =>
        gzip.Length >= sizeof(int) && BinaryPrimitives.ReadInt32LittleEndian(gzip[^sizeof(int)..]) == length;

    private static LogDocument Parse(ReadOnlyMemory<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize(json.Span, LogDocumentJson.Default.LogDocument)
                ?? throw new BadPayloadException("wrong_shape", "The payload is null.");
        }
        catch (JsonException error)
        {
            // A stream that was cut unzips without an error and ends in the middle of the JSON.
            // The exception's own words quote the payload; where it stopped making sense is enough.
            throw new BadPayloadException(
                "not_a_log_payload",
                $"The payload is cut, not JSON or lacks a field, at byte {error.BytePositionInLine ?? 0}.");
        }
    }
}
