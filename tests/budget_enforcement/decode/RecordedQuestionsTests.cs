using System.Text;
using System.Text.Json;
using AiGateway.Domain.Gateway;
using AiGateway.Domain.Pricing;
using AiGateway.Engine;
using AiGateway.Lambda;
using AiGateway.Tests;
using Amazon.Lambda.TestUtilities;
using BudgetEnforcement.Tests.Contract;

namespace BudgetEnforcement.Tests.Decode;

/// <summary>Every question that the gateway was recorded to ask, through the handler: the plan that follows from its
/// headers.</summary>
public static class RecordedQuestionsTests
{
    // No public price can exist for these: a deployment's own name, a customer's ARN, a word.
    private static readonly string[] WithoutPrice =
    [
        "prod-gpt-4o",
        "arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/abc123def456",
        "refuse-me",
    ];

    [Fact]
    public static async Task Every_recorded_question_is_answered_and_planned_from_its_headers()
    {
        var calls = Recorded.Cases.SelectMany(recorded => recorded.Webhook)
            .Concat(Recorded.DayWebhook.Select(line => JsonDocument.Parse(line).RootElement))
            .ToList();
        var outside = new FakePorts();
        var handler = HandlerOn(outside);
        var refused = new SortedSet<string>(StringComparer.Ordinal);

        foreach (var call in calls)
        {
            outside.Plans.Clear();
            var response = await handler.HandleAsync(
                Questions.Decoded(Questions.Recorded(call, DateTimeOffset.UtcNow)),
                new TestLambdaContext { RemainingTime = TimeSpan.FromSeconds(60) });
            var isWebhook = call.GetProperty("path").GetString() == WebhookPaths.Decision;
            var admitted = isWebhook
                ? GatewayDecoder.Decode(Encoding.UTF8.GetBytes(response.Body)) == GatewayDecoder.Pass
                : response is { StatusCode: 200, Body: "" };

            var (model, _) = Subject(call);
            Assert.Equal(!WithoutPrice.Contains(model), admitted);
            if (admitted)
            {
                AssertPlanned(call, Assert.Single(outside.Plans));
            }
            else
            {
                Assert.Empty(outside.Plans);
                refused.Add(model);
            }
        }

        Assert.Equal(WithoutPrice.Order(StringComparer.Ordinal), refused);
        Assert.True(calls.Count > 690, $"Only {calls.Count} were asked.");
    }

    // In dollars a million: gpt-4o-mini 0.25 and 1.00 (priority), text-embedding-3-small 0.02, claude-sonnet-4-5
    // 12.00 (a
    // one-hour cache write in a long context) and 22.50.
    [Theory]
    [InlineData("openai-chat-buffered", "0.00048325")] // 333 bytes, 400 tokens
    [InlineData("openai-chat-max-completion-tokens", "0.00108475")] // 339 bytes, 2 answers of 500 tokens
    [InlineData("production-embeddings", "0.0000016")] // 80 bytes
    [InlineData("anthropic-messages-batch-tier", "0.005808")] // 328 bytes, 256 tokens
    public static async Task A_hold_worked_out_by_hand(string name, string usd)
    {
        var outside = new FakePorts();

        await HandlerOn(outside).HandleAsync(
            Questions.Decoded(Questions.Recorded(Assert.Single(Recorded.Case(name).Webhook), DateTimeOffset.UtcNow)),
            new TestLambdaContext { RemainingTime = TimeSpan.FromSeconds(60) });

        Assert.Equal(usd, Assert.Single(outside.Plans).Attempt.Hold.ToString());
    }

    // The sum worked out anew from the raw headers and the price row.
    private static void AssertPlanned(JsonElement call, ReservePlan plan)
    {
        var headers = call.GetProperty("headers");
        var (model, size) = Subject(call);
        var row = Row(headers, model);
        var external = Text(headers, WebhookHeaders.External) == "true";
        var prices = row.ForHold(Text(headers, WebhookHeaders.ServiceTier), external ? null : size)!;
        var input = external
            ? row.ContextWindow!.Value
            : Math.Min(size, row.ContextWindow ?? long.MaxValue);
        var asked = Questions.Number(headers, WebhookHeaders.MaxTokens, 0);
        var most = row.MaxOutputTokens ?? long.MaxValue;
        var output = row.Kind == ModelKind.Embedding ? 0 : asked > 0 ? Math.Min(asked, most) : most;
        var choices = Questions.Number(headers, WebhookHeaders.Choices, 1);
        var team = Text(headers, WebhookHeaders.Team) ?? "unattributed";

        Assert.Equal(Text(headers, WebhookHeaders.RequestId), plan.RequestId);
        Assert.Equal(team, plan.Team);
        Assert.Equal($"team#{team}", plan.Limits[0].Account.Scope.Value);
        Assert.Contains(plan.Limits[0].Account, plan.Attempt.Holds.Select(hold => hold.Account));
        Assert.Equal((input, output, choices), (plan.Attempt.Bounds.InputTokens, plan.Attempt.Bounds.OutputTokens, plan.Attempt.Bounds.Choices));
        Assert.Equal(
            (input * prices.DearestInputUsdPerToken) + (choices * output * prices.DearestOutputUsdPerToken) + prices.RequestFee.Amount,
            plan.Attempt.Hold.Amount);
        Assert.Equal(TierUsd(Text(headers, WebhookHeaders.Team) is null ? null : Text(headers, WebhookHeaders.Tier)), plan.Limits[0].Amount);
    }

    private static ModelPrice Row(JsonElement headers, string model)
    {
        var query = new PriceQuery(
            Text(headers, WebhookHeaders.Provider), null, model, DateTimeOffset.UtcNow, Text(headers, WebhookHeaders.ServiceTier));
        return Assert.IsType<PriceLookup.Found>(PriceBook.Default.Find(query)).Price;
    }

    private static (string Model, long Size) Subject(JsonElement call)
    {
        var headers = call.GetProperty("headers");
        if (Text(headers, WebhookHeaders.Model) is { } model)
        {
            return (model, Questions.Number(headers, WebhookHeaders.Size, -1));
        }

        var body = JsonDocument.Parse(call.GetProperty("body").GetString()!).RootElement;
        return (body.GetProperty("model").GetString()!, body.GetProperty("size").GetInt64());
    }

    private static decimal TierUsd(string? tier) => tier switch
    {
        "standard" => 100m,
        "high" => 1_000m,
        "unlimited" => 10_000m,
        _ => 25m,
    };

    private static string? Text(JsonElement headers, string name) =>
        headers.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static Handler HandlerOn(FakePorts outside) => Function.HandlerOf(
        Settings.Read(new EnvironmentReader(SettingsTests.Valid().GetValueOrDefault)),
        outside.Ports,
        new JsonLines(TextWriter.Null),
        TimeProvider.System);
}
