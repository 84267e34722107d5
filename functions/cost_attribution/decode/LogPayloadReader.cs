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

        using var compressed = new PayloadBuffer(((encoded.Length / 4) + 1) * 3);
        if (!Convert.TryFromBase64String(encoded, compressed.Free, out var length))
        {
            throw new BadPayloadException("not_base64", "awslogs.data is not base64.");
        }

        compressed.Advance(length);
        using var decoded = new PayloadBuffer(DecodedLength(compressed.Written));
        Unzip(compressed, decoded);
        return Read(Parse(decoded.Written));
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
    private static void Unzip(PayloadBuffer compressed, PayloadBuffer decoded)
    {
        try
        {
            using var source = compressed.Open();
            using var gzip = new GZipStream(source, CompressionMode.Decompress);
            int read;
            while ((read = gzip.Read(decoded.Free)) > 0)
            {
                decoded.Advance(read);
                if (decoded.Written.Length > DecodedBytesMax)
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

        if (SaidLength(compressed.Written) != decoded.Written.Length)
        {
            throw new BadPayloadException("not_gzip", "awslogs.data is cut.");
        }
    }

    // Gzip ends with the length of what it holds; the stream does not mind where that is missing (RFC 1952, ISIZE). Negative: it is
    // too short to say.
    private static int SaidLength(ReadOnlySpan<byte> gzip) =>
        gzip.Length < sizeof(int) ? -1 : BinaryPrimitives.ReadInt32LittleEndian(gzip[^sizeof(int)..]);

    // What it says may be wrong: room for it, and for a byte to find out that there is no more.
    private static int DecodedLength(ReadOnlySpan<byte> gzip) => Math.Clamp(SaidLength(gzip), 0, DecodedBytesMax) + 1;

    private static LogDocument Parse(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, LogDocumentJson.Default.LogDocument)
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
