using System.Text.Json;
using AiGateway.Domain.Gateway;
using AiGateway.Domain.Identity;
using AiGateway.Tests;

namespace AiGateway.Domain.Tests.Identity;

/// <summary>Every recorded request that has both: what the webhook was told and what the log says resolve to the same
/// caller.</summary>
public static class RecordedCallersTests
{
    [Fact]
    public static void Headers_and_log_line_of_every_recorded_request_resolve_to_the_same_caller()
    {
        var lines = Recorded.Cases.SelectMany(recorded => recorded.AccessLines)
            .Concat(Recorded.DayLog.Where(line => line.Contains("\"scope\":\"request\"", StringComparison.Ordinal)))
            .Select(line => JsonDocument.Parse(line).RootElement)
            .Where(line => line.TryGetProperty(LogFields.RequestId, out _))
            .ToDictionary(line => line.GetProperty(LogFields.RequestId).GetString()!);
        var calls = Recorded.Cases.SelectMany(recorded => recorded.Webhook)
            .Concat(Recorded.DayWebhook.Select(line => JsonDocument.Parse(line).RootElement))
            .ToList();
        var compared = 0;

        foreach (var headers in calls.Select(call => call.GetProperty("headers")))
        {
            var line = lines[Text(headers, WebhookHeaders.RequestId)!];
            var asked = CallerResolution.Resolve(
                CallerClaims.FromHeaders(name => Text(headers, name)), CallerDirectory.Empty);
            var logged = CallerResolution.Resolve(
                CallerClaims.FromLogFields(name => Text(line, name), Groups(line)), CallerDirectory.Empty);

            Assert.Equivalent(asked, logged, strict: true);
            compared++;
        }

        Assert.Equal(calls.Count, compared);
        Assert.True(compared > 680, $"Only {compared} were compared.");
    }

    [Theory]
    [InlineData("openai-chat-user-and-project", "search", "9f1c6a34-0b1e-4a53-8a53-5f0a2f9b7c11", "")]
    [InlineData("openai-chat-buffered", "payments", null, "")]
    [InlineData("openai-chat-forged-headers", "payments", null, "")]
    [InlineData("openai-chat-no-team", "unattributed", null, "unattributed")]
    [InlineData("production-no-team", "unattributed", null, "unattributed")]
    public static void A_recorded_caller_is_who_the_token_says(string name, string team, string? user, string flags)
    {
        var headers = Assert.Single(Recorded.Case(name).Webhook).GetProperty("headers");
        var claims = CallerClaims.FromHeaders(header => Text(headers, header)) with { Project = null };

        var caller = CallerResolution.Resolve(claims, CallerDirectory.Empty);

        Assert.Equal(team, caller.Team);
        Assert.Equal(user, caller.User?.Value);
        Assert.Equal(flags, string.Join(',', caller.Flags));
    }

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static IEnumerable<string> Groups(JsonElement line) => line.TryGetProperty(LogFields.Groups, out var groups)
        ? groups.EnumerateArray().Select(group => group.GetString()!)
        : [];
}
