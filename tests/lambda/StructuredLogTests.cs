using System.Text;
using System.Text.Json;
using AiGateway.Domain;
using FsCheck;
using FsCheck.Fluent;

namespace AiGateway.Lambda.Tests;

public static class StructuredLogTests
{
    [Fact]
    public static void An_event_is_one_line_of_JSON_with_its_fields_in_their_types()
    {
        using var text = new StringWriter();
        Log(text).Info("admitted", "req-1")
            .Field("team", "payments")
            .Field("absent", null)
            .Field("tokens", 42)
            .Field("degraded", false)
            .Field("hold_usd", new Usd(0.000000000001m))
            .Field("since", new DateTimeOffset(2026, 11, 1, 1, 0, 0, TimeSpan.FromHours(1)))
            .Field("took_ms", TimeSpan.FromMilliseconds(12.9))
            .Write();

        const string Expected = """
            {"time":"2026-11-21T12:00:00Z","level":"info","function":"probe","event":"admitted","request_id":"req-1",
            "team":"payments","tokens":42,"degraded":false,"hold_usd":"0.000000000001",
            "since":"2026-11-01T00:00:00Z","took_ms":12}
            """;
        Assert.Equal(Expected.Replace("\n", "", StringComparison.Ordinal) + "\n", text.ToString());
    }

    [Fact]
    public static void Quieter_events_than_the_minimum_are_not_written()
    {
        using var text = new StringWriter();
        var log = Log(text);

        log.Debug("detail", "req-1").Field("team", "payments").Failure(new InvalidOperationException()).Write();
        log.Warning("careful").Write();
        log.Error("broken").Write();

        var levels = text.ToString().TrimEnd('\n').Split('\n').Select(line => Parse(line).GetProperty("level").GetString());
        Assert.Equal(["warning", "error"], levels);
    }

    [Fact]
    public static void Of_an_exception_it_says_the_type_a_bounded_message_and_the_innermost_cause()
    {
        using var text = new StringWriter();
        var failure = new InvalidOperationException(new string('x', 5_000), new TimeoutException("inner text"));

        Log(text).Error("failed").Failure(failure).Write();

        var line = Parse(text.ToString());
        Assert.Equal("InvalidOperationException", line.GetProperty("error_type").GetString());
        Assert.Equal(500, line.GetProperty("error_message").GetString()!.Length);
        Assert.Equal("TimeoutException", line.GetProperty("error_cause").GetString());
        Assert.DoesNotContain("inner text", text.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public static void Callers_text_is_cut_and_never_in_the_middle_of_a_character()
    {
        using var text = new StringWriter();

        Log(text).Info("seen").Field("model", new string('a', 999) + "😀" + new string('b', 8_000)).Write();

        Assert.Equal(new string('a', 999), Parse(text.ToString()).GetProperty("model").GetString());
    }

    [Fact]
    public static void Any_text_makes_one_line_that_reads_back() =>
        Prop.ForAll<string?, string?>((model, team) =>
        {
            using var text = new StringWriter();
            Log(text).Info("seen").Field("model", model).Field("team", team + "\r\n\u2028\"😀").Write();
            var written = text.ToString();
            return written.IndexOf('\n', StringComparison.Ordinal) == written.Length - 1
                && !written.Contains('\r', StringComparison.Ordinal)
                && Parse(written).GetProperty("team").GetString()!.EndsWith("\"😀", StringComparison.Ordinal);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public static void Two_lines_can_be_in_the_making_at_once()
    {
        using var text = new StringWriter();
        var log = Log(text);

        var outer = log.Info("outer");
        log.Info("inner").Field("n", 1).Write();
        outer.Field("n", 2).Write();

        var events = text.ToString().TrimEnd('\n').Split('\n').Select(line => Parse(line).GetProperty("event").GetString());
        Assert.Equal(["inner", "outer"], events);
    }

    [Fact]
    public static async Task Lines_of_many_threads_never_mix()
    {
        await using var text = new StringWriter();
        var log = Log(text);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(worker => Task.Run(() =>
        {
            for (var n = 0; n < 200; n++)
            {
                log.Info("seen", $"{worker}-{n}").Field("text", new string((char)('a' + worker), 300)).Write();
            }
        })));

        var ids = text.ToString().TrimEnd('\n').Split('\n').Select(line => Parse(line).GetProperty("request_id").GetString());
        Assert.Equal(1_600, ids.Distinct().Count());
    }

    [Fact]
    public static void Writing_a_line_allocates_next_to_nothing()
    {
        var log = new StructuredLog(new JsonLines(Stream.Null), new ManualClock(), "probe");
        WriteLine(log);
        var before = GC.GetAllocatedBytesForCurrentThread();

        for (var n = 0; n < 100; n++)
        {
            WriteLine(log);
        }

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100 * 64);
    }

    [Fact]
    public static void A_stream_gets_the_lines_that_a_text_gets_in_utf_8()
    {
        using var stream = new MemoryStream();
        using var text = new StringWriter();
        foreach (var output in new[] { new JsonLines(stream), new JsonLines(text) })
        {
            var log = new StructuredLog(output, new ManualClock(), "probe");
            WriteLine(log);
            log.Info("largest").Field("text", new string('€', 900)).Field("more", new string('ü', 900)).Write();
        }

        Assert.Equal(2, text.ToString().Count(character => character == '\n'));
        Assert.Equal(text.ToString(), Encoding.UTF8.GetString(stream.ToArray()));
    }

    private static void WriteLine(StructuredLog log) =>
        log.Info("admitted", "req-1").Field("team", "payments").Field("hold_usd", new Usd(1.5m)).Write();

    private static StructuredLog Log(TextWriter text) => new(new JsonLines(text), new ManualClock(), "probe");

    private static JsonElement Parse(string line)
    {
        using var document = JsonDocument.Parse(line);
        return document.RootElement.Clone();
    }
}
