namespace AiGateway.Domain.Tests.AccessLog;

public static class LineTimeTests
{
    [Theory]
    [InlineData("2026-11-30T23:59:59Z", "2026-11-30T23:59:59.0000000Z")]
    [InlineData("2026-11-30T23:59:59.9Z", "2026-11-30T23:59:59.9000000Z")]
    [InlineData("2026-11-30T23:59:59.999999999Z", "2026-11-30T23:59:59.9999999Z")]
    [InlineData("2026-12-01T00:30:00+01:00", "2026-11-30T23:30:00.0000000Z")]
    public static void Reads_RFC_3339_with_any_number_of_decimals(string written, string meant)
    {
        var line = Lines.Access($$"""{"scope":"request","request_id":"r","started_at":"{{written}}"}""");

        Assert.Equal(meant, line.StartedAt.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffffffZ"));
    }

    [Fact]
    public static void Never_takes_the_logs_own_time()
    {
        var line = Lines.Access(
            """{"scope":"request","request_id":"r","time":"2026-12-01T00:00:01.809Z","request.endTime":"2026-11-30T23:59:59Z"}""");

        Assert.Equal(11, line.StartedAt.Month);
    }

    [Theory]
    [InlineData("yesterday")]
    [InlineData("0001-01-01T00:00:00Z")]
    [InlineData("9999-12-31T23:59:59Z")]
    public static void Takes_CloudWatchs_timestamp_where_the_line_has_no_usable_time(string written)
    {
        var line = Lines.Access($$"""{"scope":"request","request_id":"r","started_at":"{{written}}"}""");

        Assert.Equal(DateTimeOffset.FromUnixTimeMilliseconds(Lines.Timestamp), line.StartedAt);
    }
}
