using System.IO.Compression;
using System.Text;
using System.Text.Json;
using AiGateway.Local.Stack;

namespace AiGateway.Local.Tests.Stack;

public static class CloudWatchLogsTests
{
    [Fact]
    public static void A_message_has_the_shape_of_the_recorded_one()
    {
        var recorded = Unpacked(Encoding.UTF8.GetBytes(Recorded.CloudWatchEvent("data-message-1")));
        var message = recorded.GetProperty("logEvents")[0].GetProperty("message").GetString()!;

        var ours = Unpacked(CloudWatchLogs.DataMessage([CloudWatchLogs.EventOf(message, 1, DateTimeOffset.UnixEpoch)]));

        Assert.Equal(Names(recorded), Names(ours));
        Assert.Equal(Names(recorded.GetProperty("logEvents")[0]), Names(ours.GetProperty("logEvents")[0]));
        Assert.Equal(message, ours.GetProperty("logEvents")[0].GetProperty("message").GetString());
        Assert.Equal("DATA_MESSAGE", ours.GetProperty("messageType").GetString());
    }

    [Fact]
    public static void An_event_has_the_lines_own_time_and_the_same_id_at_every_delivery()
    {
        const string Line = """{"time":"2026-11-21T14:26:23.68789Z","scope":"request"}""";

        var first = CloudWatchLogs.EventOf(Line, 7, DateTimeOffset.UnixEpoch);

        Assert.Equal(new DateTimeOffset(2026, 11, 21, 14, 26, 23, 687, TimeSpan.Zero), first.Timestamp, TimeSpan.FromMilliseconds(1));
        Assert.Equal(56, first.Id.Length);
        Assert.Equal(first, CloudWatchLogs.EventOf(Line, 7, DateTimeOffset.UtcNow));
        Assert.NotEqual(first.Id, CloudWatchLogs.EventOf(Line, 8, DateTimeOffset.UtcNow).Id);
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("""{"time":12}""")]
    [InlineData("""{"time":"yesterday"}""")]
    [InlineData("[]")]
    public static void A_line_without_a_time_arrived_now(string line)
    {
        var now = new DateTimeOffset(2026, 11, 21, 0, 0, 0, TimeSpan.Zero);

        Assert.Equal(now, CloudWatchLogs.EventOf(line, 1, now).Timestamp);
    }

    private static JsonElement Unpacked(byte[] payload)
    {
        using var envelope = JsonDocument.Parse(payload);
        var data = envelope.RootElement.GetProperty("awslogs").GetProperty("data").GetBytesFromBase64();
        using var unzipped = new GZipStream(new MemoryStream(data), CompressionMode.Decompress);
        using var document = JsonDocument.Parse(unzipped);
        return document.RootElement.Clone();
    }

    private static IEnumerable<string> Names(JsonElement element) => element.EnumerateObject().Select(field => field.Name).Order();
}
