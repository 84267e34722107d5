using System.Buffers.Binary;
using System.Text;
using System.Text.Json;
using AiGateway.Tests;
using CostAttribution.Decode;
using CostAttribution.Tests.Harness;

namespace CostAttribution.Tests.Decode;

public static class LogPayloadReaderTests
{
    [Theory]
    [InlineData("data-message-1", 1)]
    [InlineData("data-message-100", 100)]
    public static void Reads_a_recorded_payload(string name, int lines)
    {
        var read = Assert.IsType<LogPayload.Lines>(LogPayloadReader.Read(Data(name)));

        Assert.Equal(lines, read.Events.Count);
        Assert.Equal("/ecs/ai-gateway-dev/agentgateway", read.Group);
        Assert.StartsWith("agentgateway/", read.Stream, StringComparison.Ordinal);
        Assert.Equal("38195372816475018264817263450918273645000000000000000000", read.Events[0].Id);
        Assert.Equal(1_795_267_400_000, read.Events[0].TimestampMs);
    }

    [Fact]
    public static void Acknowledges_a_control_message() =>
        Assert.IsType<LogPayload.Control>(LogPayloadReader.Read(Data("control-message")));

    [Fact]
    public static void Refuses_an_event_without_data()
    {
        Assert.Equal("no_data", ReasonOf(null));
        Assert.Equal("no_data", ReasonOf(""));
    }

    [Theory]
    [InlineData("not base64!")]
    [InlineData("abc")]
    [InlineData("{\"messageType\":\"DATA_MESSAGE\"}")]
    public static void Refuses_what_is_not_base64(string data) => Assert.Equal("not_base64", ReasonOf(data));

    [Fact]
    public static void Refuses_what_is_not_gzip() =>
        Assert.Equal("not_gzip", ReasonOf(Convert.ToBase64String("{\"messageType\":\"DATA_MESSAGE\"}"u8)));

    [Fact]
    public static void Refuses_gzip_that_was_cut_anywhere()
    {
        var whole = Convert.FromBase64String(Data("data-message-1"));
        for (var length = 1; length < whole.Length; length += 7)
        {
            var reason = ReasonOf(Convert.ToBase64String(whole.AsSpan(0, length)));
            Assert.True(reason is "not_gzip" or "not_a_log_payload", $"cut at {length}: {reason}");
        }
    }

    [Fact]
    public static void Refuses_a_gzip_bomb_at_its_bound()
    {
        // 200 MB of spaces are 200 kB of gzip.
        var bomb = Payloads.Encode(Encoding.UTF8.GetBytes(new string(' ', 200_000_000)));

        Assert.True(bomb.Length < LogPayloadReader.EncodedLengthMax);
        Assert.Equal("gzip_bomb", ReasonOf(bomb));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(10)]
    [InlineData(int.MaxValue)]
    [InlineData(-1)]
    public static void Refuses_gzip_that_says_another_length(int length)
    {
        Assert.Equal("not_gzip", ReasonOf(Saying(length, Data("data-message-1"))));
        Assert.Equal("gzip_bomb", ReasonOf(Saying(length, Payloads.Encode(Encoding.UTF8.GetBytes(new string(' ', 60_000_000))))));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1_000)]
    [InlineData(1_048_000)]
    [InlineData(3_000_000)]
    public static void Reads_payloads_of_any_size_one_after_the_other(int characters)
    {
        foreach (var fill in new[] { 'a', 'b' })
        {
            string[] lines = [new(fill, characters), $"{fill}"];

            var read = Assert.IsType<LogPayload.Lines>(LogPayloadReader.Read(Payloads.Of(lines).Awslogs.EncodedData));

            Assert.Equal(lines, read.Events.Select(one => one.Message));
        }
    }

    [Fact]
    public static void Refuses_a_payload_above_the_limit_before_reading_it() =>
        Assert.Equal("payload_too_large", ReasonOf(new string('A', LogPayloadReader.EncodedLengthMax + 4)));

    [Theory]
    [InlineData("not json")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"messageType\":\"DATA_MESSAGE\"}")]
    [InlineData("{\"messageType\":\"DATA_MESSAGE\",\"logEvents\":null}")]
    [InlineData("{\"messageType\":\"DATA_MESSAGE\",\"logEvents\":[null]}")]
    [InlineData("{\"messageType\":\"DATA_MESSAGE\",\"logEvents\":[{\"id\":\"1\",\"timestamp\":1}]}")]
    [InlineData("{\"messageType\":\"DATA_MESSAGE\",\"logEvents\":[{\"id\":\"1\",\"timestamp\":\"now\",\"message\":\"x\"}]}")]
    public static void Refuses_what_is_not_a_log_payload(string json)
    {
        var reason = ReasonOf(Payloads.Encode(Encoding.UTF8.GetBytes(json)));

        Assert.True(reason is "not_a_log_payload" or "wrong_shape", reason);
    }

    [Fact]
    public static void Refuses_a_message_type_nobody_knows() => Assert.Equal(
        "unknown_message_type",
        ReasonOf(Payloads.Of(["{}"], "NEW_MESSAGE").Awslogs.EncodedData));

    [Fact]
    public static void A_refusal_never_quotes_the_payload()
    {
        var data = Payloads.Encode("""{"messageType":"DATA_MESSAGE","secret-token":"""u8.ToArray());

        var failure = Assert.Throws<BadPayloadException>(() => LogPayloadReader.Read(data));

        Assert.DoesNotContain("secret", failure.ToString(), StringComparison.Ordinal);
    }

    private static string Saying(int length, string encoded)
    {
        var gzip = Convert.FromBase64String(encoded);
        BinaryPrimitives.WriteInt32LittleEndian(gzip.AsSpan(gzip.Length - sizeof(int)), length);
        return Convert.ToBase64String(gzip);
    }

    private static string ReasonOf(string? data) =>
        Assert.Throws<BadPayloadException>(() => LogPayloadReader.Read(data)).Reason;

    private static string Data(string name) => JsonDocument.Parse(Recorded.CloudWatchEvent(name)).RootElement
        .GetProperty("awslogs").GetProperty("data").GetString()!;
}
