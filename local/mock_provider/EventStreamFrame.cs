using System.Buffers.Binary;
using System.Text;
using System.Text.Json.Nodes;

namespace AiGateway.Local.MockProvider;

/// <summary>
/// A message of AWS's event stream (application/vnd.amazon.eventstream): lengths of all and of the headers and their
/// CRC-32, headers, payload, CRC-32 of everything before it. All numbers are big-endian.
/// </summary>
internal static class EventStreamFrame
{
    public const string ContentType = "application/vnd.amazon.eventstream";

    private const int PreludeBytes = 12;
    private const byte TextHeader = 7;

    public static byte[] Event(string type, JsonObject payload) => Encode(
        [(":event-type", type), (":content-type", "application/json"), (":message-type", "event")],
        Encoding.UTF8.GetBytes(payload.ToJsonString()));

    public static byte[] Encode(IReadOnlyList<(string Name, string Value)> headers, ReadOnlySpan<byte> payload)
    {
        var head = headers.SelectMany(Header).ToArray();
        var frame = new byte[PreludeBytes + head.Length + payload.Length + sizeof(uint)];
        BinaryPrimitives.WriteInt32BigEndian(frame, frame.Length);
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(4), head.Length);
        BinaryPrimitives.WriteUInt32BigEndian(frame.AsSpan(8), Crc32(frame.AsSpan(0, 8)));
        head.CopyTo(frame, PreludeBytes);
        payload.CopyTo(frame.AsSpan(PreludeBytes + head.Length));
        BinaryPrimitives.WriteUInt32BigEndian(frame.AsSpan(frame.Length - 4), Crc32(frame.AsSpan(0, frame.Length - 4)));
        return frame;
    }

    private static byte[] Header((string Name, string Value) header)
    {
        var name = Encoding.UTF8.GetBytes(header.Name);
        var value = Encoding.UTF8.GetBytes(header.Value);
        return [(byte)name.Length, .. name, TextHeader, (byte)(value.Length >> 8), (byte)value.Length, .. value];
    }

    private static uint Crc32(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var one in bytes)
        {
            crc ^= one;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) == 1 ? (crc >> 1) ^ 0xEDB88320 : crc >> 1;
            }
        }

        return ~crc;
    }
}
