using System.Text;
using System.Text.Json;
using AiGateway.Domain;
using AiGateway.Domain.Gateway;
using AiGateway.Engine;
using BudgetEnforcement.Tests.Contract;

namespace BudgetEnforcement.Tests.Functions;

/// <summary>Through the real entry point: the Runtime API's event in, the reply's bytes out.</summary>
public sealed class FunctionTests
{
    private readonly FakePorts outside = new();

    [Fact]
    public async Task The_webhook_is_answered_with_pass()
    {
        await using var function = new RunningEnforcement(outside.Ports);

        var (status, body) = await function.AskAsync(Questions.Event(Questions.Headers()));

        Assert.Equal((200, "{\"action\":{\"reason\":\"within_budget\"}}"), (status, body));
    }

    [Fact]
    public async Task The_webhook_is_answered_with_reject_in_the_clients_style()
    {
        outside.Answer = plan => new ReserveOutcome.OverLimit(plan.Limits[0], 1m, null);
        await using var function = new RunningEnforcement(outside.Ports);

        var openai = await function.AskAsync(Questions.Event(Questions.Headers()));
        var anthropic = await function.AskAsync(Questions.Event(Questions.With(WebhookHeaders.Path, "/v1/messages")));

        Assert.Equal((200, GatewayDecoder.Reject), (openai.Status, Decode(openai.Body)));
        Assert.Equal((200, GatewayDecoder.Reject), (anthropic.Status, Decode(anthropic.Body)));
        Assert.Equal("budget_exceeded", Document(openai.Body).GetProperty("error").GetProperty("code").GetString());
        Assert.Equal("billing_error", Document(anthropic.Body).GetProperty("error").GetProperty("type").GetString());
    }

    [Fact]
    public async Task The_configured_statuses_reach_the_client()
    {
        outside.Answer = plan => new ReserveOutcome.OverLimit(plan.Limits[0], 1m, null);
        var settings = SettingsTests.Valid();
        settings["BUDGET_EXHAUSTED_STATUS"] = "403";
        await using var function = new RunningEnforcement(outside.Ports, settings);

        var (_, body) = await function.AskAsync(Questions.Event(Questions.Headers()));

        Assert.Equal(403, JsonDocument.Parse(body).RootElement.GetProperty("action").GetProperty("status_code").GetInt32());
    }

    [Fact]
    public async Task External_authorization_is_answered_by_the_status()
    {
        await using var function = new RunningEnforcement(outside.Ports);
        var question = Questions.Event(
            Questions.AuthorizeHeaders(), WebhookPaths.Authorize, body: "{\"size\":80,\"model\":\"text-embedding-3-small\"}", base64: true);

        var admitted = await function.AskAsync(question);
        outside.Answer = plan => new ReserveOutcome.OverLimit(plan.Limits[0], 1m, null);
        var refused = await function.AskAsync(question);

        Assert.Equal((200, ""), admitted);
        Assert.Equal(402, refused.Status);
        Assert.Equal("budget_exceeded", JsonDocument.Parse(refused.Body).RootElement.GetProperty("error").GetProperty("code").GetString());
        Assert.Equal(0, outside.Plans[0].Attempt.Bounds.OutputTokens);
        Assert.Equal(80, outside.Plans[0].Attempt.Bounds.InputTokens);
    }

    [Theory]
    [InlineData("GET", "/v1/decision")]
    [InlineData("PUT", "/v1/authorize")]
    [InlineData("post", "/v1/decision")]
    [InlineData("POST", "/")]
    [InlineData("POST", "/request")]
    [InlineData("POST", "/v1/decision/")]
    [InlineData("POST", "/V1/decision")]
    [InlineData("POST", "/v1/decisions")]
    [InlineData("POST", "/v1/authorize/v1/decision")]
    public async Task Every_other_path_or_method_is_404_without_an_action(string method, string path)
    {
        await using var function = new RunningEnforcement(outside.Ports);

        var (status, body) = await function.AskAsync(Questions.Event(Questions.Headers(), path, method));

        Assert.Equal((404, GatewayDecoder.Error), (status, Decode(body)));
        Assert.Empty(outside.Plans);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_prompt_of_six_megabytes_is_neither_read_nor_logged(bool base64)
    {
        await using var function = new RunningEnforcement(outside.Ports);
        var prompt = string.Concat(Enumerable.Repeat("the secret prompt \U0001F4B0 ", 6 * 1024 * 1024 / 24));

        var (_, body) = await function.AskAsync(
            Questions.Event(Questions.Headers(), body: prompt[..(base64 ? prompt.Length / 2 : prompt.Length)], base64: base64));

        Assert.Equal(GatewayDecoder.Pass, Decode(body));
        Assert.DoesNotContain("secret", function.Output, StringComparison.Ordinal);
        Assert.True(function.Output.Length < 4_000, "The log grew with the prompt.");
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("{\"body\":")]
    [InlineData("\u0000\u0001")]
    [InlineData("")]
    public async Task A_webhook_body_that_is_not_json_decides_nothing(string prompt)
    {
        await using var function = new RunningEnforcement(outside.Ports);

        var (_, body) = await function.AskAsync(Questions.Event(Questions.Headers(), body: prompt));

        Assert.Equal(GatewayDecoder.Pass, Decode(body));
    }

    [Theory]
    [InlineData(WebhookHeaders.RequestId, null, "bad_request_id")]
    [InlineData(WebhookHeaders.Size, "-5", "bad_number")]
    [InlineData(WebhookHeaders.Size, "1.5", "bad_number")]
    [InlineData(WebhookHeaders.Size, "big", "bad_number")]
    [InlineData(WebhookHeaders.MaxTokens, "-5", "bad_number")]
    [InlineData(WebhookHeaders.MaxTokens, "1e30", "bad_number")]
    [InlineData(WebhookHeaders.Model, null, "no_model")]
    public async Task What_can_not_be_read_is_rejected_and_logged_with_its_reason(string name, string? value, string problem)
    {
        await using var function = new RunningEnforcement(outside.Ports);

        var (status, body) = await function.AskAsync(Questions.Event(Questions.With(name, value)));

        Assert.Equal((200, GatewayDecoder.Reject), (status, Decode(body)));
        Assert.Equal("invalid_request", Document(body).GetProperty("error").GetProperty("code").GetString());
        Assert.Empty(outside.Plans);
        Assert.Equal(
            ("refused", "bad_request", problem, name == WebhookHeaders.RequestId ? null : Questions.RequestId),
            (
                RunningEnforcement.Text(function.Decision, "decision"),
                RunningEnforcement.Text(function.Decision, "reason"),
                RunningEnforcement.Text(function.Decision, "problem"),
                RunningEnforcement.Text(function.Decision, "request_id")));
    }

    [Fact]
    public async Task A_bug_ends_as_lambdas_error_and_never_as_an_admission()
    {
        outside.Answer = _ => throw new InvalidOperationException("{\"action\":{}}");
        await using var function = new RunningEnforcement(outside.Ports);

        var answer = await function.InvokeAsync(Questions.Event(Questions.Headers()));
        var next = await function.InvokeAsync("{\"not\":\"an event\"}");
        var broken = await function.InvokeAsync("[");

        foreach (var failure in (Amazon.Lambda.Local.Tests.LambdaAnswer[])[answer, next, broken])
        {
            Assert.Equal("error", failure.Kind);
            Assert.Equal(GatewayDecoder.Error, GatewayDecoder.Decode(failure.Bytes));
        }

        Assert.Contains("\"event\":\"failed\"", function.Output, StringComparison.Ordinal);
        outside.Answer = _ => new ReserveOutcome.Admitted(1, []);
        Assert.Equal(GatewayDecoder.Pass, Decode((await function.AskAsync(Questions.Event(Questions.Headers()))).Body));
    }

    [Fact]
    public async Task Wrong_settings_are_an_error_at_the_start_that_names_them_all()
    {
        await using var function = new RunningEnforcement(settings: new() { ["OUTAGE"] = "x" });

        var error = await function.InitError.WaitAsync(TimeSpan.FromSeconds(60));

        foreach (var name in (string[])["TABLE_PREFIX", "AWS_REGION", "STORE_TIMEOUT_MS", "WEBHOOK_TIMEOUT_MS", "OUTAGE"])
        {
            Assert.Contains(name, error.Body, StringComparison.Ordinal);
        }

        Assert.Equal(1, await function.Ended);
    }

    [Fact]
    public async Task The_log_line_explains_the_decision()
    {
        await using var function = new RunningEnforcement(outside.Ports);

        await function.AskAsync(Questions.Event(Questions.Headers()));

        var line = function.Decision;
        Assert.Equal(Questions.RequestId, RunningEnforcement.Text(line, "request_id"));
        Assert.Equal("admitted", RunningEnforcement.Text(line, "decision"));
        Assert.Equal("payments", RunningEnforcement.Text(line, "team"));
        Assert.Equal("gpt-4o-mini", RunningEnforcement.Text(line, "model"));
        Assert.Equal("openai", RunningEnforcement.Text(line, "provider"));
        Assert.Equal(outside.Plans[0].Attempt.Hold.ToString(), RunningEnforcement.Text(line, "hold_usd"));
        Assert.Contains("333 in (bytes)", RunningEnforcement.Text(line, "bounds"), StringComparison.Ordinal);
        Assert.Equal("1", RunningEnforcement.Text(line, "round_trips"));
        Assert.True(line.TryGetProperty("latency_ms", out _));
        Assert.True(line.TryGetProperty("degraded", out _));
    }

    [Fact]
    public async Task The_metrics_count_decisions_by_reason()
    {
        outside.Answer = _ => FakePorts.Failed(StoreFault.Unreachable);
        await using var function = new RunningEnforcement(outside.Ports);

        await function.AskAsync(Questions.Event(Questions.Headers()));

        var metrics = function.Events.Where(line => line.TryGetProperty("_aws", out _)).ToList();
        var counted = Assert.Single(metrics, line => line.TryGetProperty("Decisions", out _));
        Assert.Equal("refused", RunningEnforcement.Text(counted, "decision"));
        Assert.Equal("store_unreachable", RunningEnforcement.Text(counted, "reason"));
        Assert.Equal("budget_enforcement", RunningEnforcement.Text(counted, "function"));
        Assert.Contains(metrics, line => line.TryGetProperty("DecisionLatency", out _));
        Assert.Contains(metrics, line => line.TryGetProperty("DegradedDecisions", out _));
    }

    [Fact]
    public async Task Hostile_names_are_bounded_in_the_log_and_in_the_ledger()
    {
        await using var function = new RunningEnforcement(outside.Ports);
        var headers = Questions.With(WebhookHeaders.Model, new string('m', 8_192) + "\n\u0000");

        var (_, body) = await function.AskAsync(Questions.Event(headers));

        Assert.Equal(GatewayDecoder.Reject, Decode(body));
        Assert.Equal(256, RunningEnforcement.Text(function.Decision, "model")!.Length);
    }

    [Fact]
    public async Task The_deadline_is_when_the_gateway_gives_up_less_the_margin()
    {
        await using var function = new RunningEnforcement(outside.Ports);
        var received = DateTimeOffset.FromUnixTimeMilliseconds(DateTimeOffset.UtcNow.ToUnixTimeMilliseconds());

        await function.AskAsync(Questions.Event(Questions.Headers(), receivedAt: received));

        Assert.Equal(received + TimeSpan.FromMilliseconds(1_950), Assert.Single(outside.Deadlines));
    }

    private static string Decode(string body) => GatewayDecoder.Decode(Encoding.UTF8.GetBytes(body));

    private static JsonElement Document(string body) => JsonDocument.Parse(
        JsonDocument.Parse(body).RootElement.GetProperty("action").GetProperty("body").GetString()!).RootElement;
}
