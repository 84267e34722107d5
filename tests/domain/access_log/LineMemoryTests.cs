using System.Text;
using AiGateway.Domain.AccessLog;
using AiGateway.Tests;
using FsCheck;
using FsCheck.Fluent;

namespace AiGateway.Domain.Tests.AccessLog;

/// <summary>What was read before changes no line: a memory only saves time, and is bounded.</summary>
public static class LineMemoryTests
{
    private static readonly string[] RecordedLines =
        [.. Recorded.Cases.SelectMany(recorded => recorded.Log).Concat(Recorded.DayLog)];

    // Values that a line may have in place of another's, escapes and kinds that do not belong there among them.
    private static readonly string[] Values =
    [
        "\"payments\"", "\"pay\\u006dents\"", "\"\"", "\"größe \U0001F4B0\"", "\"\\ud83d\\udcb0\"", "\"\\ud800\"", "null", "true", "17",
        "-0", "-1", "1.0", "1e3", "99999999999999999999", "[\"a\",\"b\"]", "[\"a\",1]", "{\"team\":\"x\"}",
        $"\"{new string('m', 127)}\"", $"\"{new string('m', 128)}\"", $"\"{new string('m', 129)}\"",
    ];

    private static readonly string[] Names =
    [
        "team", "t\\u0065am", "client_id", "jwt.sub", "groups", "gen_ai.request.model", "model", "total_tokens", "prompt_tokens",
        "request_id", "started_at", "streaming", "oidc_data", "nobody's",
    ];

    internal static readonly Gen<string> MadeUp =
        from fields in Gen.Elements(Names).SelectMany(_ => Gen.Elements(Values), (name, value) => $",\"{name}\":{value}").ListOf()
        select Lines.With(string.Concat(fields));

    [Fact]
    public static void Every_recorded_line_reads_the_same_whatever_was_read_before()
    {
        var memory = new LineMemory();
        foreach (var line in RecordedLines.Concat(RecordedLines.Reverse()))
        {
            Assert.Equal(Shown(Read(line, null)), Shown(Read(line, memory)));
        }
    }

    [Fact]
    public static void A_made_up_line_reads_the_same_whatever_was_read_before()
    {
        var memory = new LineMemory();
        Prop.ForAll(MadeUp.ToArbitrary(), line => Shown(Read(line, null)) == Shown(Read(line, memory)))
            .Check(Laws.Cases(3_000));
    }

    [Fact]
    public static void A_line_that_is_refused_leaves_nothing_behind()
    {
        var memory = new LineMemory();
        Assert.IsType<LineReading.Bad>(Read(Lines.With(",\"team\":\"payments\",\"total_tokens\":1") + "oops", memory));
        Assert.IsType<LineReading.Bad>(Read(Lines.With(",\"team\":\"payments\",\"team\":\"search\""), memory));

        var line = Assert.IsType<LineReading.Access>(Read(Lines.With(), memory)).Line;

        Assert.Null(line.Caller.Team);
        Assert.Null(line.Usage.Total);
    }

    [Fact]
    public static void A_text_that_repeats_is_made_once_and_a_token_every_time()
    {
        var memory = new LineMemory();
        AccessLine Next() => ((LineReading.Access)Read(
            Lines.With(""","team":"payments","oidc_data":"a.b.c","groups":["leads"]"""), memory)).Line;

        var (first, second) = (Next(), Next());

        Assert.Same(first.Caller.Team, second.Caller.Team);
        Assert.Same(first.Caller.Groups[0], second.Caller.Groups[0]);
        Assert.Equal(first.Caller.OidcData, second.Caller.OidcData);
        Assert.NotSame(first.Caller.OidcData, second.Caller.OidcData);
    }

    [Fact]
    public static void A_call_and_a_caller_that_repeat_are_made_once()
    {
        var memory = new LineMemory();

        Assert.True(IsMadeOnce(memory, ",\"team\":\"payments\",\"jwt.sub\":\"s\",\"groups\":[\"a\",\"b\"],\"model\":\"m\",\"streaming\":true"));
        Assert.True(IsMadeOnce(memory, $",\"team\":\"{new string('t', 1_024)}\""));
        Assert.False(IsMadeOnce(memory, $",\"team\":\"{new string('t', 1_025)}\""));
        Assert.True(IsMadeOnce(memory, $",\"groups\":[\"{new string('t', 1_020)}\",\"u\"]"));
        Assert.False(IsMadeOnce(memory, $",\"groups\":[\"{new string('t', 1_020)}\",\"u\",\"vwx\"]"));
        Assert.False(IsMadeOnce(memory, ",\"oidc_data\":\"a.b.c\""));
    }

    [Fact]
    public static void Lines_of_other_callers_for_other_calls_are_not_taken_for_each_other()
    {
        var memory = new LineMemory();
        string[] fields =
        [
            "jwt.sub", "client_id", "team", "cost_center", "tenant_tier", "project", "protocol", "gen_ai.operation.name", "http.path",
            "gen_ai.provider.name", "gen_ai.request.model", "service_tier",
        ];
        foreach (var (field, value) in fields.SelectMany(_ => new[] { "\"axb\"", "\"ayb\"", "\"axb\"", "null" }, (field, value) => (field, value)))
        {
            AssertSame(memory, Lines.With($",\"{field}\":{value}"));
        }

        string[] others =
        [
            "\"groups\":[]", "\"groups\":[\"a\"]", "\"groups\":[\"b\"]", "\"groups\":[\"b\",\"a\"]", "\"streaming\":true", "\"streaming\":false",
            "\"gen_ai.request.max_tokens\":0", "\"gen_ai.request.max_tokens\":1", "\"gen_ai.request.max_tokens\":257", "\"retry.attempt\":1",
        ];
        Assert.All(others.Concat(others.Reverse()), other => AssertSame(memory, Lines.With("," + other)));
    }

    [Fact]
    public static void It_holds_a_thousand_texts_however_many_there_are()
    {
        var memory = new LineMemory();

        var kept = Kept.Of(5_000, number => ((LineReading.Access)Read(Lines.With($",\"team\":\"{number}-{Guid.NewGuid()}\""), memory))
            .Line.Caller.Team!);

        // Callers that are kept hold some of them too.
        Assert.InRange(kept, 500, 1_024 + 256);
        GC.KeepAlive(memory);
    }

    private static bool IsMadeOnce(LineMemory memory, string fields)
    {
        AccessLine Next() => ((LineReading.Access)Read(Lines.With(fields), memory)).Line;
        var (first, second) = (Next(), Next());
        Assert.Same(first.Call, second.Call);
        return ReferenceEquals(first.Caller, second.Caller);
    }

    private static void AssertSame(LineMemory memory, string line) => Assert.Equal(Shown(Read(line, null)), Shown(Read(line, memory)));

    private static LineReading Read(string line, LineMemory? memory) =>
        AccessLineReader.Read(new LogEvent("event-1", Lines.Timestamp, line), memory);

    // All of it: a caller does not print its token, and a list prints as its type.
    internal static string Shown(LineReading reading)
    {
        if (reading is not LineReading.Access(var line))
        {
            return reading.ToString();
        }

        var caller = line.Caller;
        var shown = new StringBuilder(line.ToString());
        shown.AppendJoin('|', caller.Subject, caller.ClientId, caller.Team, caller.CostCenter, caller.Tier, caller.Project, caller.OidcData);
        return shown.AppendJoin('|', caller.Groups).ToString();
    }
}
