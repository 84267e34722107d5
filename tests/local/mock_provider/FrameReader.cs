using System.Buffers.Binary;
using System.Text;
using System.Text.Json.Nodes;

namespace AiGateway.Local.Tests.MockProvider;

/// <summary>Takes an AWS event stream apart, independently of what makes one.</summary>
internal static class FrameReader
{
    public static IReadOnlyList<(string Type, JsonNode Payload)> ReadAll(byte[] stream)
    {
        var events = new List<(string, JsonNode)>();
        for (var start = 0; start < stream.Length;)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(stream.AsSpan(start));
            var headers = BinaryPrimitives.ReadInt32BigEndian(stream.AsSpan(start + 4));
            events.Add((
                TypeOf(stream.AsSpan(start + 12, headers)),
                JsonNode.Parse(stream.AsSpan(start + 12 + headers, length - headers - 16))!));
            start += length;
        }

        return events;
    }

    private static string TypeOf(ReadOnlySpan<byte> headers)
    {
        while (headers.Length > 0)
        {
            var name = Encoding.UTF8.GetString(headers.Slice(1, headers[0]));
            headers = headers[(1 + headers[0])..];
            Assert.Equal(7, headers[0]);
            var length = BinaryPrimitives.ReadUInt16BigEndian(headers[1..]);
            if (name == ":event-type")
            {
                return Encoding.UTF8.GetString(headers.Slice(3, length));
            }

            headers = headers[(3 + length)..];
        }

        throw new InvalidOperationException("A frame without an event type.");
    }
}
