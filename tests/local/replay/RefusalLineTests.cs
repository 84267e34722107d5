using System.Text.Json;
using AiGateway.Local.Replay;

namespace AiGateway.Local.Tests.Replay;

/// <summary>A refused request's line is the one that the real gateway logged for such a refusal.</summary>
public static class RefusalLineTests
{
    // What the replay can't know: how long it took to get as far as it did.
    private static readonly string[] NotReplayed = ["upstream_ms"];

    [Theory]
    [InlineData("production-refused")]
    [InlineData("production-refused-429")]
    [InlineData("production-embeddings-refused")]
    [InlineData("production-failover-refused")]
    [InlineData("production-failover-guard-down")]
    public static void Is_the_line_that_the_gateway_logged(string name)
    {
        var recorded = Recorded.Case(name);
        using var line = JsonDocument.Parse(recorded.AccessLines[^1]);
        var status = line.RootElement.GetProperty("http.status").GetInt32();
        var bytes = line.RootElement.GetProperty("response_bytes").GetInt32();

        var written = RefusalLine.Write(AsIfAnswered(line.RootElement), RequestOf(recorded, status, bytes));

        Assert.Equal(Fields(recorded.AccessLines[^1]), Fields(written));
    }

    /// <summary>The same line with what an answering provider leaves in it: all of that must go.</summary>
    private static string AsIfAnswered(JsonElement line)
    {
        var fields = line.EnumerateObject()
            .Where(field => field.Name is not ("http.status" or "gen_ai.provider.name" or "upstream_ms" or "streaming"))
            .Select(field => $"{JsonSerializer.Serialize(field.Name, TestJson.Default.String)}:{field.Value.GetRawText()}")
            .Append("\"http.status\":200,\"gen_ai.provider.name\":\"anthropic\",\"gen_ai.response.model\":\"claude\"")
            .Append("\"gen_ai.usage.input_tokens\":10,\"gen_ai.usage.output_tokens\":20,\"total_tokens\":30,\"stream_events\":4")
            .Append("\"streaming\":true,\"upstream_ms\":5,\"ttft_ms\":6,\"service_tier\":\"default\",\"retry.attempt\":2");
        return $"{{{string.Join(',', fields.DistinctBy(field => field.Split(':')[0]))}}}";
    }

    private static ReplayedRequest RequestOf(RecordedCase recorded, int status, int bytes)
    {
        var calls = recorded.Webhook
            .Select((call, index) => RecordedCallReader.Read(index + 1, call.GetRawText()))
            .ToList();
        var request = new ReplayedRequest("id", calls[0]);
        foreach (var call in calls.SkipLast(1))
        {
            request.Asked(call, new GatewayAnswer.Admitted());
        }

        request.Asked(calls[^1], status == 503
            ? new GatewayAnswer.Failed("time-out")
            : new GatewayAnswer.Refused(status, new string('x', bytes), null));
        return request;
    }

    private static SortedDictionary<string, string> Fields(string line)
    {
        using var document = JsonDocument.Parse(line);
        return new SortedDictionary<string, string>(document.RootElement.EnumerateObject()
            .Where(field => !NotReplayed.Contains(field.Name))
            .ToDictionary(field => field.Name, field => field.Value.GetRawText()));
    }
}
