using System.Text.Json.Nodes;
using AiGateway.Local.Replay;

namespace AiGateway.Local.Tests.Replay;

/// <summary>The command as a user runs it: the functions in processes of their own, DynamoDB Local, recorded traffic.</summary>
public sealed class ReplayCommandTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("replay");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_recording_is_decided_booked_and_counted()
    {
        WriteDay(lines: 60);

        var (code, result, _) = await RunAsync(_folder.FullName, "--json", "--batch", "7");

        Assert.Equal(0, code);
        Assert.Equal("decide", Text(result, "mode"));
        var ids = RequestIds();
        Assert.Equal(ids.Count, Number(result, "lines", "access"));
        Assert.Equal(ids.Count, Number(result, "lines", "booked"));
        Assert.Equal(60 - ids.Count, Number(result, "lines", "ignored"));
        Assert.Equal(0, Number(result, "lines", "bad"));
        Assert.Equal(ids.Count, Teams(result).Sum(team => team["admitted"]!.GetValue<int>()));
        Assert.All(Teams(result), team => Assert.Equal("0", team["open_holds_usd"]!.GetValue<string>()));
        Assert.Contains(Teams(result), team => team["measured_usd"]!.GetValue<string>() != "0");
    }

    [Fact]
    public async Task Log_only_books_the_same_money_without_asking_and_a_line_twice_once()
    {
        WriteDay(lines: 40, twice: true);
        File.Delete(Path.Combine(_folder.FullName, Recording.CallsFile));

        var (code, result, _) = await RunAsync(_folder.FullName, "--log-only", "--json");

        Assert.Equal(0, code);
        Assert.Equal("log_only", Text(result, "mode"));
        Assert.Equal(RequestIds().Count, Number(result, "lines", "booked"));
        Assert.Equal(RequestIds().Count, Number(result, "lines", "duplicate"));
        Assert.All(Teams(result), team => Assert.Equal(0, team["admitted"]!.GetValue<int>()));
        Assert.Contains(Teams(result), team => team["measured_usd"]!.GetValue<string>() != "0");
    }

    [Fact]
    public async Task Bad_lines_of_both_files_are_explained_and_the_others_are_booked()
    {
        WriteDay(lines: 20);
        File.AppendAllText(Path.Combine(_folder.FullName, Recording.CallsFile), "not a call\n");
        File.AppendAllText(
            Path.Combine(_folder.FullName, Recording.LogFile),
            """
            {"level":"info","scope":"request","request_id":"bad","gen_ai.provider.name":"openai","gen_ai.request.model":"gpt-5-mini","http.status":200,"gen_ai.usage.input_tokens":-5,"gen_ai.usage.output_tokens":1,"started_at":"2026-11-21T14:26:23Z"}

            """);

        var (code, result, errors) = await RunAsync(_folder.FullName, "--json");

        Assert.Equal(1, code);
        Assert.Equal(1, Number(result, "lines", "bad"));
        Assert.Equal(RequestIds().Count - 1, Number(result, "lines", "booked"));
        Assert.Contains("webhook.jsonl, line", errors);
        Assert.Contains("gateway.log, lines", errors);
    }

    [Fact]
    public async Task A_call_whose_line_never_came_stays_an_open_hold()
    {
        WriteDay(lines: 20);
        var log = Path.Combine(_folder.FullName, Recording.LogFile);
        var lines = File.ReadAllLines(log);
        File.WriteAllLines(log, lines[..^1]);

        var (code, result, _) = await RunAsync(_folder.FullName, "--json");

        Assert.Equal(0, code);
        var team = Assert.Single(Teams(result), team => team["open_holds"]!.GetValue<int>() > 0);
        Assert.Equal(1, team["open_holds"]!.GetValue<int>());
        Assert.NotEqual("0", team["open_holds_usd"]!.GetValue<string>());
    }

    [Fact]
    public async Task At_the_end_the_sweep_function_holds_the_accounts_against_the_ledger()
    {
        WriteDay(lines: 20);
        using var output = new StringWriter();
        using var errors = new StringWriter();

        var code = await ReplayCommand.RunAsync(
            [_folder.FullName], TextReader.Null, output, errors, TestContext.Current.CancellationToken);

        Assert.True(code == 0, errors.ToString());
        Assert.Contains($"ledger and accounts agree ({RequestIds().Count} entries against", output.ToString());
    }

    [Theory]
    [InlineData("no folder", "/nowhere/at/all")]
    [InlineData("Name the folder")]
    [InlineData("--batch is followed by", "x", "--batch", "none")]
    [InlineData("not understood", "--loud")]
    public async Task A_wrong_command_line_is_a_sentence_and_exit_2(string sentence, params string[] args)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();

        var code = await ReplayCommand.RunAsync(args, TextReader.Null, output, errors, TestContext.Current.CancellationToken);

        Assert.Equal(2, code);
        Assert.Contains(sentence, errors.ToString());
        Assert.Empty(output.ToString());
    }

    private static async Task<(int Code, JsonNode Result, string Errors)> RunAsync(params string[] args)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        var code = await ReplayCommand.RunAsync(args, TextReader.Null, output, errors, TestContext.Current.CancellationToken);
        var last = output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).LastOrDefault();
        Assert.True(last is not null, errors.ToString());
        return (code, JsonNode.Parse(last)!, errors.ToString());
    }

    /// <summary>The beginning of the recorded day: so many lines of its log, and the calls that led to them.</summary>
    private void WriteDay(int lines, bool twice = false)
    {
        var log = File.ReadLines(Path.Combine(Repository.RecordedDay, Recording.LogFile)).Take(lines).ToList();
        File.WriteAllLines(Path.Combine(_folder.FullName, Recording.LogFile), twice ? log.Concat(log) : log);
        var ids = RequestIds();
        var calls = File.ReadLines(Path.Combine(Repository.RecordedDay, Recording.CallsFile)).Where(line => ids.Any(line.Contains));
        File.WriteAllLines(Path.Combine(_folder.FullName, Recording.CallsFile), calls);
    }

    private HashSet<string> RequestIds() =>
    [
        .. File.ReadLines(Path.Combine(_folder.FullName, Recording.LogFile))
            .Select(line => JsonNode.Parse(line)!)
            .Where(line => line["scope"]!.GetValue<string>() == "request")
            .Select(line => line["request_id"]!.GetValue<string>()),
    ];

    private static List<JsonNode> Teams(JsonNode result) => [.. result["teams"]!.AsObject().Select(team => team.Value!)];

    private static string Text(JsonNode result, string name) => result[name]!.GetValue<string>();

    private static int Number(JsonNode result, string part, string name) => result[part]![name]!.GetValue<int>();
}
