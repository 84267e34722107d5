using AiGateway.Domain;
using AiGateway.Local.Replay;

namespace AiGateway.Local.Tests.Replay;

/// <summary>Reading a recording, damaged ones included.</summary>
public sealed class RecordingTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("recording");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void The_recorded_day_is_read_whole()
    {
        var day = Read(Repository.RecordedDay);

        Assert.Empty(day.Bad);
        Assert.Equal(606, day.Calls.Count);
        Assert.Equal(617, day.Lines.Count);
        Assert.Equal(600, day.Calls.Select(call => call.RequestId).Distinct().Count());
        Assert.Equal(600, day.Lines.Count(line => line.RequestId is not null));
        Assert.Equal(31, day.Calls.Count(call => call.IsAuthorization));
        Assert.All(day.Calls, call => Assert.Equal(
            call.Header("content-length"), call.Body.Length.ToString()));
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"headers":{},"path":"no-slash"}""")]
    [InlineData("""{"headers":{"a":1},"path":"/v1/decision"}""")]
    [InlineData("""{"headers":{"a":"b\nc"},"path":"/v1/decision"}""")]
    [InlineData("""{"headers":[],"path":"/v1/decision"}""")]
    [InlineData("""{"headers":{},"path":"/v1/decision","body_bytes":-1}""")]
    [InlineData("""{"headers":{},"path":"/v1/decision","body_bytes":1e30}""")]
    [InlineData("""{"headers":{},"path":"/v1/decision","body_bytes":"12"}""")]
    public void A_bad_call_is_named_and_the_others_are_kept(string bad)
    {
        Write(Recording.CallsFile, $$"""{"headers":{},"path":"/v1/decision"}""", bad, "", """{"headers":{},"path":"/v1/authorize"}""");
        Write(Recording.LogFile);

        var read = Read(_folder.FullName);

        Assert.Equal([1, 4], read.Calls.Select(call => call.LineNumber));
        var named = Assert.Single(read.Bad);
        Assert.Equal((Recording.CallsFile, 2), (named.File, named.LineNumber));
        Assert.NotEmpty(named.Why);
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("[1]")]
    [InlineData("""{"scope":7,"request_id":"a"}""")]
    [InlineData("""{"scope":"request","request_id":7}""")]
    [InlineData("""{"scope":"agentgateway::state_manager","request_id":"a"}""")]
    public void A_line_without_a_request_id_is_kept_for_cost_attribution_to_judge(string line)
    {
        Write(Recording.CallsFile);
        Write(Recording.LogFile, line);

        Assert.Equal((1, line, null), Single(Read(_folder.FullName)));
    }

    [Fact]
    public void A_missing_folder_or_file_is_said_in_a_sentence()
    {
        var missing = Assert.IsType<Outcome<Recording>.Failed>(Recording.Read("/nowhere/at/all", withCalls: true));
        var empty = Assert.IsType<Outcome<Recording>.Failed>(Recording.Read(_folder.FullName, withCalls: true));
        Write(Recording.LogFile);
        var logOnly = Recording.Read(_folder.FullName, withCalls: false);

        Assert.Contains("no folder /nowhere/at/all", missing.Problem.Message);
        Assert.Contains("has no webhook.jsonl", empty.Problem.Message);
        Assert.IsType<Outcome<Recording>.Ok>(logOnly);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(10)]
    [InlineData(57)]
    [InlineData(58)]
    [InlineData(200_000)]
    public void A_cut_body_is_replayed_at_its_recorded_length(int bytes)
    {
        var call = RecordedCallReader.Read(1, $$"""{"headers":{},"path":"/x","body":"{\"cut…","body_bytes":{{bytes}}}""");

        Assert.Equal(bytes, call.Body.Length);
    }

    private static (int Number, string Text, string? RequestId) Single(Recording recording)
    {
        var line = Assert.Single(recording.Lines);
        return (line.LineNumber, line.Text, line.RequestId);
    }

    private static Recording Read(string folder) =>
        Assert.IsType<Outcome<Recording>.Ok>(Recording.Read(folder, withCalls: true)).Value;

    private void Write(string file, params string[] lines) => File.WriteAllLines(Path.Combine(_folder.FullName, file), lines);
}
