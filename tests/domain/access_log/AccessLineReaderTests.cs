using System.Text;
using AiGateway.Domain.AccessLog;
using AiGateway.Tests;
using FsCheck;
using FsCheck.Fluent;

namespace AiGateway.Domain.Tests.AccessLog;

public static class AccessLineReaderTests
{


    [Fact]
    public static void Reads_every_recorded_access_line()
    {
        foreach (var recorded in Recorded.Cases)
        {
            foreach (var line in recorded.AccessLines)
            {
                var read = Lines.Read(line);
                Assert.True(read is LineReading.Access, $"{recorded.Name}: {read}");
            }
        }
    }

    [Fact]
    public static void Reads_the_600_lines_of_the_day_and_ignores_the_17_others()
    {
        var readings = Recorded.DayLog.Select(Lines.Read).ToList();

        Assert.Equal(600, readings.OfType<LineReading.Access>().Count());
        Assert.Equal(17, readings.OfType<LineReading.Ignored>().Count());
        Assert.Equal(617, readings.Count);
    }

    [Fact]
    public static void Keeps_what_the_line_says()
    {
        var line = Lines.Access(Recorded.Case("anthropic-messages-cached").AccessLines.Single());

        Assert.Equal(line.RequestId, line.Key);
        Assert.Equal("1.4.1", line.GatewayVersion);
        Assert.Equal("anthropic", line.Call.Provider);
        Assert.Equal("claude-sonnet-4-5", line.Call.Model);
        Assert.Equal("/v1/messages", line.Call.Path);
        Assert.Equal(256, line.Call.MaxTokens);
        Assert.False(line.Call.Streaming);
        Assert.Equal(200, line.Answer.Status);
        Assert.Equal(404, line.Answer.Bytes);
        Assert.Equal(60, line.Usage.Input);
        Assert.Equal(700, line.Usage.CacheWrite);
        Assert.Equal(4096, line.Usage.CacheRead);
        Assert.Equal(31, line.Usage.Output);
        Assert.Equal(91, line.Usage.Total);
        Assert.Equal("payments", line.Caller.Team);
    }

    [Fact]
    public static void Reads_groups_and_the_project_label()
    {
        var line = Lines.Access(Recorded.Case("openai-chat-user-and-project").AccessLines.Single());

        Assert.Equal(["engineering", "search-leads"], line.Caller.Groups);
        Assert.Equal("apollo", line.Caller.Project);
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("1.5")]
    [InlineData("31.0")]
    [InlineData("3e1")]
    [InlineData("\"31\"")]
    [InlineData("true")]
    [InlineData("[31]")]
    [InlineData("{}")]
    [InlineData("1000000001")]
    [InlineData("99999999999999999999999999999999")]
    public static void Refuses_a_token_count_that_no_gateway_writes(string count)
    {
        string[] fields =
        [
            "gen_ai.usage.input_tokens", "gen_ai.usage.output_tokens", "gen_ai.usage.cache_read.input_tokens",
            "gen_ai.usage.cache_creation.input_tokens", "total_tokens", "reasoning_tokens", "prompt_tokens",
            "completion_tokens", "cached_input_tokens", "cache_creation_input_tokens", "count_tokens",
        ];
        foreach (var field in fields)
        {
            var bad = Assert.IsType<LineReading.Bad>(Lines.Read(Lines.With($",\"{field}\":{count}")));
            Assert.Equal("bad_number", bad.Problem.Code);
            Assert.Equal("r-1", bad.Key);
        }
    }

    [Theory]
    [InlineData("response_bytes", "-5")]
    [InlineData("response_bytes", "\"many\"")]
    [InlineData("stream_events", "0.5")]
    [InlineData("http.status", "2000")]
    [InlineData("retry.attempt", "-1")]
    [InlineData("gen_ai.request.max_tokens", "-5")]
    public static void Refuses_a_size_or_status_that_no_gateway_writes(string field, string value)
    {
        var bad = Assert.IsType<LineReading.Bad>(Lines.Read(Lines.With($",\"{field}\":{value}")));
        Assert.Equal("bad_number", bad.Problem.Code);
    }

    [Fact]
    public static void Takes_a_huge_output_bound_because_a_client_may_send_one()
    {
        Assert.Equal(4_294_967_295, Lines.Access(Lines.With(",\"gen_ai.request.max_tokens\":4294967295")).Call.MaxTokens);
    }

    [Fact]
    public static void An_absent_count_is_unknown_and_not_zero()
    {
        var usage = Lines.Access(Lines.With(",\"gen_ai.usage.input_tokens\":null")).Usage;

        Assert.Null(usage.Input);
        Assert.Null(usage.Output);
    }

    [Fact]
    public static void Reads_other_deployments_names_where_our_own_are_absent()
    {
        var line = Lines.Access(Lines.With(
            """
            ,"prompt_tokens":7,"completion_tokens":5,"cached_input_tokens":3,"cache_creation_input_tokens":2,"model":"m","provider":"p"
            """));

        Assert.Equal((7, 5, 3, 2), (line.Usage.Input, line.Usage.Output, line.Usage.CacheRead, line.Usage.CacheWrite));
        Assert.Equal(("p", "m"), (line.Call.Provider, line.Call.Model));
    }

    [Fact]
    public static void The_gateways_own_name_wins_over_a_synonym()
    {
        var line = Lines.Access(Lines.With(""","completion_tokens":5,"gen_ai.usage.output_tokens":6"""));

        Assert.Equal(6, line.Usage.Output);
    }

    [Fact]
    public static void Refuses_a_field_that_stands_twice()
    {
        var bad = Assert.IsType<LineReading.Bad>(Lines.Read(Lines.With(",\"total_tokens\":1,\"total_tokens\":100")));

        Assert.Equal("duplicate_field", bad.Problem.Code);
    }

    [Fact]
    public static void A_line_without_a_request_id_is_keyed_by_its_CloudWatch_event()
    {
        var line = Lines.Access("""{"scope":"request","started_at":"2026-11-21T14:26:23Z"}""");

        Assert.Equal("event:event-1", line.Key);
        Assert.Null(line.RequestId);
    }

    [Theory]
    [InlineData("event:event-1")]
    [InlineData("with space")]
    [InlineData("with\\nnewline")]
    public static void Refuses_a_request_id_that_could_be_another_requests_key(string id)
    {
        var bad = Assert.IsType<LineReading.Bad>(Lines.Read($$"""{"scope":"request","request_id":"{{id}}"}"""));

        Assert.Equal("bad_request_id", bad.Problem.Code);
    }

    [Theory]
    [InlineData("not json at all")]
    [InlineData("")]
    [InlineData("{\"scope\":\"request\"")]
    [InlineData("[]")]
    [InlineData("{} {}")]
    [InlineData("{\"scope\":\"request\",\"team\":\"\\ud800\"}")]
    public static void Refuses_a_line_that_is_not_one_JSON_object(string line)
    {
        Assert.Equal("not_json", Assert.IsType<LineReading.Bad>(Lines.Read(line)).Problem.Code);
    }

    [Fact]
    public static void Refuses_a_line_above_the_size_limit()
    {
        var line = Lines.With($",\"team\":\"{new string('x', AccessLineReader.LineLengthMax)}\"");

        Assert.Equal("line_too_long", Assert.IsType<LineReading.Bad>(Lines.Read(line)).Problem.Code);
    }

    [Fact]
    public static void Ignores_lines_of_other_scopes()
    {
        Assert.IsType<LineReading.Ignored>(Lines.Read("""{"level":"warn","scope":"agentgateway::llm","message":"x"}"""));
        Assert.IsType<LineReading.Ignored>(Lines.Read("{}"));
    }

    [Fact]
    public static void A_reason_never_quotes_the_line()
    {
        var bad = Assert.IsType<LineReading.Bad>(Lines.Read("""{"scope":"request","oidc_data":"secret-token" oops"""));

        Assert.DoesNotContain("secret", bad.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public static void A_token_never_shows_when_a_line_is_printed()
    {
        var line = Lines.Access(Lines.With(""","oidc_data":"secret-token" """));

        Assert.Equal("secret-token", line.Caller.OidcData);
        Assert.DoesNotContain("secret", line.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public static void Answers_for_any_text_at_all()
    {
        Prop.ForAll<string>(text => Lines.Read(text ?? "") is not null).Check(Laws.Cases(100));
    }

    [Fact]
    public static void Answers_for_any_damage_to_a_recorded_line()
    {
        var line = Recorded.Case("anthropic-messages-cached").AccessLines.Single();
        Prop.ForAll<NonNegativeInt, char>((at, with) =>
        {
            var damaged = new StringBuilder(line) { [at.Get % line.Length] = with }.ToString();
            return Lines.Read(damaged) is not null;
        }).Check(Laws.Cases(100));
    }
}
