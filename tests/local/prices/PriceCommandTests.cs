using System.Text.Json;
using AiGateway.Local.Prices;

namespace AiGateway.Local.Tests.Prices;

/// <summary><c>./dev prices price</c>: its contract, hostile lines (T48) and every recorded case.</summary>
public static class PriceCommandTests
{
    private const string Good =
        """{"provider":"openai","model":"gpt-4o-mini","gen_ai.usage.input_tokens":60,"gen_ai.usage.output_tokens":31}""";

    [Fact]
    public static async Task Answers_in_the_agreed_form()
    {
        var (lines, code) = await RunAsync(Good);

        Assert.Equal(ExitCode.Done, code);
        Assert.Equal(
            """{"line":1,"status":"priced","cost":"0.0000276","price":{"provider":"openai","model":"gpt-4o-mini","source":"litellm-2026-07-24","effective_from":"2025-01-01"},"found_by":"exact","reason":null}""",
            Assert.Single(lines));
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("not json")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("\"text\"")]
    [InlineData("{}")]
    [InlineData("""{"provider":"openai"}""")]
    [InlineData("""{"model":"gpt-4o"}""")]
    [InlineData("""{"provider":7,"model":"gpt-4o"}""")]
    [InlineData("""{"provider":"openai","model":["gpt-4o"]}""")]
    [InlineData("""{"provider":"openai","model":"gpt-4o","streaming":"true"}""")]
    [InlineData("""{"provider":"openai","model":"gpt-4o","gateway_version":1.5}""")]
    [InlineData("""{"provider":"openai","model":"gpt-4o","at":"yesterday"}""")]
    [InlineData("""{"provider":"openai","model":"gpt-4o","at":"2026-11-21"}""")]
    [InlineData("""{"provider":"openai","model":"gpt-4o","at":"2026-13-21T00:00:00Z"}""")]
    [InlineData("""{"provider":"openai","model":"gpt-4o","at":1700000000}""")]
    [InlineData("""{"provider":"openai","model":"gpt-4o","gen_ai.usage.input_tokens":"60"}""")]
    [InlineData("""{"provider":"openai","model":"gpt-4o","gen_ai.usage.input_tokens":1.5}""")]
    [InlineData("""{"provider":"openai","model":"gpt-4o","gen_ai.usage.input_tokens":1e30}""")]
    [InlineData("""{"provider":"openai","model":"gpt-4o","gen_ai.usage.input_tokens":-1,"gen_ai.usage.output_tokens":1}""")]
    [InlineData("""{"provider":"openai","model":"gpt-4o","gen_ai.usage.input_tokens":9223372036854775807,"gen_ai.usage.output_tokens":1}""")]
    [InlineData("""{"provider":"openai","model":"gpt-4o","gen_ai.usage.input_tokens":9,"gen_ai.usage.cache_read.input_tokens":10,"gen_ai.usage.output_tokens":1}""")]
    [InlineData("""{"provider":"openai","model":"gpt-4o","model":"gpt-4o"}""")]
    [InlineData("""{"provider":"openai","model":"gpt-4o","gen_ai.usage.input_tokens":1,"prompt_tokens":2}""")]
    [InlineData("""{"provider":"openai","model":"gpt-4o"} {}""")]
    [InlineData("""{"provider":"openai","model":"gpt-4o",}""")]
    public static async Task A_bad_line_is_answered_with_its_error_and_the_others_go_on(string bad)
    {
        var (lines, code) = await RunAsync(bad + "\n" + Good);

        Assert.Equal(ExitCode.BadInput, code);
        Assert.Equal(2, lines.Count);
        using var first = JsonDocument.Parse(lines[0]);
        Assert.Equal(["line", "error"], first.RootElement.EnumerateObject().Select(field => field.Name));
        Assert.NotEmpty(first.RootElement.GetProperty("error").GetString()!);
        Assert.Contains("\"line\":2,\"status\":\"priced\"", lines[1]);
    }

    [Fact]
    public static async Task A_line_of_many_megabytes_is_refused_without_being_kept()
    {
        var (lines, code) = await RunAsync(new string('x', 5_000_000) + "\n" + Good + "\n");

        Assert.Equal((2, ExitCode.BadInput), (lines.Count, code));
        Assert.Contains("\"error\"", lines[0]);
        Assert.Contains("\"priced\"", lines[1]);
    }

    [Theory]
    [InlineData("\uFEFF")]
    [InlineData("  ")]
    public static async Task A_byte_order_mark_or_space_before_a_line_does_not_matter(string before)
    {
        var (lines, code) = await RunAsync(before + Good + "\r\n");

        Assert.Equal((1, ExitCode.Done), (lines.Count, code));
    }

    [Fact]
    public static async Task No_lines_are_no_answers()
    {
        var (lines, code) = await RunAsync("");

        Assert.Equal((0, ExitCode.Done), (lines.Count, code));
    }

    [Theory]
    [InlineData("""{"provider":"openai","model":"gpt-99","gen_ai.usage.input_tokens":1,"gen_ai.usage.output_tokens":1}""")]
    [InlineData("""{"provider":"openai","model":"gpt-4o","streaming":true,"gen_ai.usage.input_tokens":1,"gen_ai.usage.output_tokens":1}""")]
    [InlineData("""{"provider":"openai","model":"gpt-4o","gen_ai.usage.input_tokens":1}""")]
    [InlineData("""{"provider":"openai","model":"gpt-4o"}""")]
    [InlineData("""{"provider":"openai","model":"gpt-4o","service_tier":"scale","gen_ai.usage.input_tokens":1,"gen_ai.usage.output_tokens":1}""")]
    [InlineData("""{"provider":"openai","model":"gpt-4o","at":"2020-01-01T00:00:00Z","gen_ai.usage.input_tokens":1,"gen_ai.usage.output_tokens":1}""")]
    [InlineData("""{"provider":"openai","model":"dall-e-3","gen_ai.usage.input_tokens":1,"gen_ai.usage.output_tokens":1}""")]
    public static async Task Unknown_has_a_reason_and_no_cost(string line)
    {
        var (lines, code) = await RunAsync(line);

        using var answer = JsonDocument.Parse(Assert.Single(lines));
        Assert.Equal(ExitCode.Done, code);
        Assert.Equal("unknown", answer.RootElement.GetProperty("status").GetString());
        Assert.Equal(JsonValueKind.Null, answer.RootElement.GetProperty("cost").ValueKind);
        Assert.NotEmpty(answer.RootElement.GetProperty("reason").GetString()!);
    }

    [Theory]
    [InlineData("""{"provider":"openai","model":"omni-moderation-latest","gen_ai.usage.input_tokens":9,"gen_ai.usage.output_tokens":0}""")]
    [InlineData("""{"provider":"anthropic","model":"claude-sonnet-4-5","path":"/v1/messages/count_tokens","count_tokens":14}""")]
    public static async Task Free_is_said(string line)
    {
        var (lines, _) = await RunAsync(line);

        Assert.Contains("\"status\":\"free\",\"cost\":\"0\"", Assert.Single(lines));
    }

    [Fact]
    public static async Task Assumes_only_when_told_to()
    {
        const string Unknown =
            """{"provider":"anthropic","model":"claude-next","gen_ai.usage.input_tokens":1000000,"gen_ai.usage.output_tokens":0}""";

        var (rejected, _) = await RunAsync(Unknown, "price", "--unknown", "reject");
        var (assumed, _) = await RunAsync(Unknown, "price", "--unknown", "assume");

        Assert.Contains("\"status\":\"unknown\"", Assert.Single(rejected));
        Assert.Contains("\"found_by\":\"assumed\"", Assert.Single(assumed));
        Assert.DoesNotContain("\"cost\":\"0\"", assumed[0]);
    }

    [Fact]
    public static async Task Prices_every_recorded_line_as_worked_out_from_the_providers_pages()
    {
        var recorded = File.ReadLines(Path.Combine(AppContext.BaseDirectory, "prices", "recorded.jsonl"))
            .Select(line => JsonDocument.Parse(line).RootElement).ToList();

        var (lines, code) = await RunAsync(string.Join('\n', recorded.Select(one => one.GetProperty("line").GetRawText())));

        Assert.Equal((recorded.Count, ExitCode.Done), (lines.Count, code));
        Assert.InRange(recorded.Count, 60, 70);
        Assert.All(recorded.Zip(lines), pair =>
        {
            using var answer = JsonDocument.Parse(pair.Second);
            Assert.Equal(
                (Name(pair.First, "case"), Name(pair.First, "status"), Name(pair.First, "cost")),
                (Name(pair.First, "case"), Name(answer.RootElement, "status"), Name(answer.RootElement, "cost")));
        });
    }

    [Theory]
    [InlineData("explain")]
    [InlineData("explain", "openai", "gpt-4o")]
    [InlineData("explain", "openai", "gpt-4o", "nonsense")]
    [InlineData("explain", "openai", "gpt-4o", "{")]
    [InlineData("price", "--unknown", "guess")]
    [InlineData("import", "--forget")]
    [InlineData("import", "--folder", "/nowhere")]
    [InlineData("diff", "--check")]
    [InlineData("steal")]
    public static async Task A_wrong_command_line_says_how_it_is_right(params string[] args)
    {
        var errors = new StringWriter();

        Assert.Equal(ExitCode.Usage, await PricesCommand.RunAsync(args, TextReader.Null, TextWriter.Null, errors, default));
        Assert.NotEmpty(errors.ToString());
    }

    [Theory]
    [InlineData("input=60,cache_read=200000,cache_creation=128,output=31,total=200219,streaming=true")]
    [InlineData("""{"gen_ai.usage.input_tokens":60,"gen_ai.usage.cache_read.input_tokens":200000,"gen_ai.usage.cache_creation.input_tokens":128,"gen_ai.usage.output_tokens":31}""")]
    public static async Task Explains_each_part_of_a_cost(string usage)
    {
        var (lines, code) = await RunAsync("", "explain", "anthropic", "claude-sonnet-4-5", usage);

        Assert.Equal(ExitCode.Done, code);
        Assert.Contains("card         standard, over 200000 input tokens", lines);
        Assert.Contains("cache read   200000 × 0.6 per million = 0.12", lines);
        Assert.Contains("cache write  128 × 7.5 per million = 0.00096", lines);
        Assert.Contains("total        0.1220175", lines);
        Assert.Contains("cache saved  1.079808", lines);
    }

    [Fact]
    public static async Task The_diff_of_the_committed_book_is_empty()
    {
        var (lines, code) = await RunAsync("", "diff", "--folder", Sources.Folder.Path);

        Assert.Equal((0, ExitCode.Done), (lines.Count, code));
    }

    private static string? Name(JsonElement from, string field) => from.GetProperty(field).GetString();

    private static async Task<(List<string> Lines, int Code)> RunAsync(string input, params string[] args)
    {
        var output = new StringWriter { NewLine = "\n" };
        var code = await PricesCommand.RunAsync(
            args.Length == 0 ? ["price"] : args, new StringReader(input), output, TextWriter.Null, default);
        return ([.. output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries)], code);
    }
}
