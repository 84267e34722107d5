using System.Text;
using AiGateway.Domain.AccessLog;
using AiGateway.Tests;
using FsCheck;
using FsCheck.Fluent;

namespace AiGateway.Domain.Tests.AccessLog;

/// <summary>
/// A line as the gateway writes it is read in a shorter way. A blank in it is none of the gateway's, and sends it the long way: both
/// must say the same about any line.
/// </summary>
public static class PlainLineTests
{
    private static readonly string[] RecordedLines =
        [.. Recorded.Cases.SelectMany(recorded => recorded.Log).Concat(Recorded.DayLog)];

    [Fact]
    public static void Every_recorded_line_reads_the_same_both_ways()
    {
        foreach (var line in RecordedLines)
        {
            Assert.Equal(LineMemoryTests.Shown(TheLongWay(line)), LineMemoryTests.Shown(Lines.Read(line)));
        }
    }

    [Fact]
    public static void A_made_up_line_reads_the_same_both_ways() =>
        Prop.ForAll(LineMemoryTests.MadeUp.ToArbitrary(), IsTheSame).Check(Laws.Cases(3_000));

    [Theory]
    [InlineData(65_534)]
    [InlineData(65_535)]
    [InlineData(65_536)]
    [InlineData(65_537)]
    [InlineData(200_000)]
    public static void A_long_line_reads_the_same_both_ways(int length)
    {
        var line = Lines.With(",\"team\":\"\"");

        Assert.True(IsTheSame(line.Replace("\"team\":\"", "\"team\":\"" + new string('t', length - line.Length), StringComparison.Ordinal)));
    }

    [Fact]
    public static void A_line_of_any_length_reads_the_same_both_ways()
    {
        foreach (var length in Enumerable.Range(0, 300))
        {
            Assert.True(IsTheSame(Lines.With($",\"team\":\"{new string('t', length)}\"")));
            Assert.True(IsTheSame(Lines.With($",\"team\":\"{new string('t', length)}é\"")));
            Assert.True(IsTheSame(Lines.With($",\"team\":\"{new string('t', length)}\t\"")));
            Assert.True(IsTheSame(Lines.With($",\"team\":\"{new string('t', length)}\\u0041\"")));
        }
    }

    [Fact]
    public static void A_damaged_line_reads_the_same_both_ways()
    {
        var pieces = Gen.Elements("", "\"", "\\", ",", ":", "{", "}", "[", "]", "0", "1", "-", ".", "e", "null", "tru", " ", "\n", "é", "\u007f");
        var damaged =
            from line in Gen.Elements(RecordedLines.Where(line => line.Contains("\"scope\":\"request\"", StringComparison.Ordinal)).ToArray())
            from at in Gen.Choose(1, line.Length - 1)
            from cut in Gen.Choose(0, 3)
            from piece in pieces
            select line[..at] + piece + line[Math.Min(line.Length, at + cut)..];
        Prop.ForAll(damaged.ToArbitrary(), IsTheSame).Check(Laws.Cases(3_000));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("{")]
    [InlineData("{\"scope\":\"request\",}")]
    [InlineData("{\"scope\":\"request\"}}")]
    [InlineData("{\"scope\":\"request\",\"total_tokens\":01}")]
    [InlineData("{\"scope\":\"request\",\"total_tokens\":00}")]
    [InlineData("{\"scope\":\"request\",\"total_tokens\":0}")]
    [InlineData("{\"scope\":\"request\",\"total_tokens\":17")]
    [InlineData("{\"scope\":\"request\",\"response_bytes\":999999999999999999}")]
    [InlineData("{\"scope\":\"request\",\"response_bytes\":1000000000000000000}")]
    [InlineData("{\"scope\":\"request\",\"response_bytes\":9223372036854775807}")]
    [InlineData("{\"scope\":\"request\",\"response_bytes\":9223372036854775808}")]
    [InlineData("{\"scope\":\"request\",\"response_bytes\":99999999999999999999999}")]
    [InlineData("{\"scope\":\"request\",\"level\":\"info\",\"level\":\"info\",\"duration\":null,\"duration\":1}")]
    [InlineData("{\"scope\":\"request\",\"team\":\"a\",\"team\":\"b\"}")]
    [InlineData("{\"scope\":\"request\",\"total_tokens\":1.0}")]
    [InlineData("{\"scope\":\"request\",\"streaming\":trueish}")]
    [InlineData("{\"scope\":\"request\",\"streaming\":nul}")]
    [InlineData("{\"scope\":\"request\",\"groups\":[]}")]
    [InlineData("{\"scope\":\"request\",\"groups\":[\"a\",]}")]
    [InlineData("{\"scope\":\"request\",\"groups\":[\"a\" \"b\"]}")]
    [InlineData("{\"scope\":\"request\",\"groups\":[\"a\",\"b\"")]
    [InlineData("{\"scope\":\"request\",\"groups\":[[\"a\"]]}")]
    [InlineData("{\"scope\":\"request\",\"other\":[\"a\"],\"other\":[1,{}]}")]
    [InlineData("{\"scope\":\"request\",\"team\":\"a\tb\"}")]
    [InlineData("{\"scope\":\"request\",\"started_at\":\"2026-11-21T14:26:23Z\"}")]
    [InlineData("{\"scope\":\"request\",\"started_at\":\"2026-11-21T24:00:00.0Z\"}")]
    [InlineData("{\"scope\":\"request\",\"started_at\":\"2026-02-29T14:26:23.123456789123456789123456789123Z\"}")]
    [InlineData("{\"scope\":\"request\",\"started_at\":\"2026-11-21T14:26:23.5+01:00\"}")]
    [InlineData("{\"scope\":\"request\",\"started_at\":\"2026-11-21T14:26:23.é\"}")]
    public static void An_odd_line_reads_the_same_both_ways(string line) => Assert.True(IsTheSame(line), line);

    [Theory]
    [InlineData(999)]
    [InlineData(1_000)]
    [InlineData(1_001)]
    public static void A_long_list_reads_the_same_both_ways(int groups)
    {
        var list = string.Join(',', Enumerable.Range(0, groups).Select(group => $"\"g{group}\""));

        Assert.True(IsTheSame(Lines.With($",\"groups\":[{list}]")));
    }

    // The place at which a line stops making sense is one further on with a blank in it.
    private static bool IsTheSame(string line) => (Lines.Read(line), TheLongWay(line)) switch
    {
        (LineReading.Bad(var key, { Code: "not_json" }), LineReading.Bad(var sameKey, { Code: "not_json" })) => key == sameKey,
        var (plain, longer) => LineMemoryTests.Shown(plain) == LineMemoryTests.Shown(longer),
    };

    private static LineReading TheLongWay(string line) => Lines.Read(new StringBuilder(line).Insert(1, ' ').ToString());
}
