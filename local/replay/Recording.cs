using System.Text;
using System.Text.Json;
using AiGateway.Domain;
using AiGateway.Domain.Gateway;

namespace AiGateway.Local.Replay;

/// <summary>A line of <c>webhook.jsonl</c>: what the gateway asked.</summary>
/// <param name="LineNumber">From 1.</param>
/// <param name="Method">HTTP.</param>
/// <param name="Path">Of the Function URL.</param>
/// <param name="Headers">As recorded, signature included.</param>
/// <param name="Body">As long as the recorded one.</param>
internal sealed record RecordedCall(
    int LineNumber, string Method, string Path, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    public string? RequestId => Header(WebhookHeaders.RequestId);

    public bool IsAuthorization => Path == WebhookPaths.Authorize;

    public string? Header(string name) => Headers.GetValueOrDefault(name);
}

/// <summary>A line of <c>gateway.log</c>.</summary>
/// <param name="LineNumber">From 1.</param>
/// <param name="Text">The line.</param>
/// <param name="RequestId">Of an access line that has one.</param>
internal sealed record RecordedLine(int LineNumber, string Text, string? RequestId);

/// <summary>A line that can't be replayed, and why.</summary>
internal sealed record BadRecordedLine(string File, int LineNumber, string Why);

/// <summary>A folder with what the gateway asked and what it logged, in the order in which it was recorded.</summary>
internal sealed record Recording(
    IReadOnlyList<RecordedCall> Calls, IReadOnlyList<RecordedLine> Lines, IReadOnlyList<BadRecordedLine> Bad)
{
    public const string CallsFile = "webhook.jsonl";
    public const string LogFile = "gateway.log";

    /// <param name="folder">The folder.</param>
    /// <param name="withCalls">Whether the calls are wanted: without them only the log has to be there.</param>
    public static Outcome<Recording> Read(string folder, bool withCalls)
    {
        if (!Directory.Exists(folder))
        {
            return new Problem("no_folder", $"There is no folder {folder}.");
        }

        foreach (var file in withCalls ? (string[])[CallsFile, LogFile] : [LogFile])
        {
            if (!File.Exists(Path.Combine(folder, file)))
            {
                return new Problem("no_file", $"{folder} has no {file}. A recording has {CallsFile} and {LogFile}.");
            }
        }

        var bad = new List<BadRecordedLine>();
        var calls = withCalls ? ReadCalls(Path.Combine(folder, CallsFile), bad) : [];
        return new Recording(calls, ReadLines(Path.Combine(folder, LogFile)), bad);
    }

    private static List<RecordedCall> ReadCalls(string file, List<BadRecordedLine> bad)
    {
        var calls = new List<RecordedCall>();
        foreach (var (number, text) in Numbered(file))
        {
            try
            {
                calls.Add(RecordedCallReader.Read(number, text));
            }
            catch (Exception error) when (error is JsonException or FormatException or InvalidOperationException or KeyNotFoundException)
            {
                bad.Add(new BadRecordedLine(CallsFile, number, error is FormatException ? error.Message : "It is not a recorded call in JSON."));
            }
        }

        return calls;
    }

    private static List<RecordedLine> ReadLines(string file) =>
        [.. Numbered(file).Select(line => new RecordedLine(line.Number, line.Text, RequestIdOf(line.Text)))];

    private static IEnumerable<(int Number, string Text)> Numbered(string file) => File.ReadLines(file, Encoding.UTF8)
        .Select((text, index) => (Number: index + 1, Text: text))
        .Where(line => !string.IsNullOrWhiteSpace(line.Text));

    // Only to put the line behind its calls. What it means is cost_attribution's to say, also when it is bad.
    private static string? RequestIdOf(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            var root = document.RootElement;
            return root.ValueKind == JsonValueKind.Object
                && root.TryGetProperty(LogFields.Scope, out var scope) && scope.ValueEquals(LogFields.AccessScope)
                && root.TryGetProperty(LogFields.RequestId, out var id) && id.ValueKind == JsonValueKind.String
                    ? id.GetString()
                    : null;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
