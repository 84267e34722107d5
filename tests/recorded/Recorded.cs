using System.Text.Json;

namespace AiGateway.Tests;

/// <summary>One recorded situation: its webhook calls and the log lines it left.</summary>
internal sealed record RecordedCase(
    string Name, IReadOnlyList<JsonElement> Webhook, IReadOnlyList<string> Log)
{
    /// <summary>The access lines among the log lines.</summary>
    public IReadOnlyList<string> AccessLines { get; } =
        [.. Log.Where(line => line.Contains("\"scope\": \"request\"", StringComparison.Ordinal))];
}

/// <summary>
/// Traffic recorded from agentgateway v1.4.1, in this folder (its README first). Read once, never changed.
/// </summary>
internal static class Recorded
{
    private static readonly Lazy<IReadOnlyList<RecordedCase>> AllCases = new(ReadCases);

    public static IReadOnlyList<RecordedCase> Cases => AllCases.Value;

    /// <summary>The gateway's standard output for a day of 600 requests: access lines among others.</summary>
    public static IReadOnlyList<string> DayLog { get; } = File.ReadAllLines(PathOf("day/gateway.log"));

    /// <summary>What the budget webhook received for the same 600, in order: one JSON object a line.</summary>
    public static IReadOnlyList<string> DayWebhook { get; } = File.ReadAllLines(PathOf("day/webhook.jsonl"));

    public static RecordedCase Case(string name) => Cases.Single(recorded => recorded.Name == name);

    /// <summary>
    /// A Lambda event as a CloudWatch Logs subscription delivers it: <c>control-message</c>, <c>data-message-100</c> …
    /// </summary>
    public static string CloudWatchEvent(string name) => File.ReadAllText(PathOf($"cloudwatch/{name}.json"));

    public static string PathOf(string file)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "AiGateway.sln")))
        {
            folder = folder.Parent;
        }

        return Path.Combine(folder?.FullName ?? ".", "tests", "recorded", file);
    }

    private static List<RecordedCase> ReadCases()
    {
        var cases = new List<RecordedCase>();
        foreach (var line in File.ReadLines(PathOf("cases.jsonl")))
        {
            var root = JsonDocument.Parse(line).RootElement;
            cases.Add(new RecordedCase(
                root.GetProperty("case").GetString()!,
                [.. root.GetProperty("webhook").EnumerateArray()],
                [.. root.GetProperty("log").EnumerateArray().Select(entry => entry.GetRawText())]));
        }

        return cases;
    }
}
