using AiGateway.Tests;
using FsCheck;
using FsCheck.Fluent;

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

    // An escape makes a text of it first, which is read as any time that .NET knows.
    [Fact]
    public static void Reads_the_same_of_a_text_and_of_the_bytes_of_the_line()
    {
        var written =
            from year in Gen.Elements("2019", "2020", "2026", "2028", "2100", "0000", "20x6")
            from month in Gen.Elements("00", "01", "02", "11", "12", "13", "1 ")
            from day in Gen.Elements("00", "01", "28", "29", "30", "31", "32")
            from separator in Gen.Elements("T", "T", "T", "t", " ")
            from time in Gen.Elements("00:00:00", "23:59:59", "24:00:00", "12:60:00", "12:00:60", "12-00-00", "1:00:00", "-1:00:00")
            from decimals in Gen.Elements("", ".", ".0", ".000001", ".1234567", ".12345678", ".999999999999", ".1x", ".+1")
            from zone in Gen.Elements("Z", "Z", "Z", "z", "", "+01:00", "ZZ")
            select $"{year}-{month}-{day}{separator}{time}{decimals}{zone}";
        Prop.ForAll(written.ToArbitrary(), text => StartOf(text) == StartOf("\\u003" + text)).Check(Laws.Cases(5_000));
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

    private static DateTimeOffset StartOf(string written) =>
        Lines.Access($$"""{"scope":"request","request_id":"r","started_at":"{{written}}"}""").StartedAt;
}
