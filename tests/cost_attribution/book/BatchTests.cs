using AiGateway.Domain.Ledger;
using AiGateway.Engine;
using AiGateway.Tests;
using CostAttribution.Decode;
using CostAttribution.Tests.Harness;

namespace CostAttribution.Tests.Book;

/// <summary>Batches through the whole function, over the engine's fake tables.</summary>
public static class BatchTests
{
    private const string Complete =
        """
        {"scope":"request","request_id":"ID","started_at":"2026-11-21T14:26:23Z","team":"payments","http.status":200,
        "gen_ai.provider.name":"openai","gen_ai.request.model":"gpt-4o-mini","gen_ai.usage.input_tokens":1000000,
        "gen_ai.usage.output_tokens":0,"total_tokens":1000000,"service_tier":"default"}
        """;

    [Fact]
    public static async Task Every_recorded_case_is_accounted_for_and_delivered_twice_changes_nothing()
    {
        foreach (var recorded in Recorded.Cases.Where(recorded => recorded.Log.Count > 0))
        {
            var world = new World();
            var first = await world.SendAsync(recorded.Log);
            var books = world.Books();
            var second = await world.SendAsync(recorded.Log);

            Assert.Equal(recorded.Log.Count, first.Lines);
            Assert.Equal(recorded.AccessLines.Count, first.Access);
            Assert.True(first.Bad == 0, $"{recorded.Name}: {string.Join(',', first.BadByReason.Keys)}\n{world.Log}");
            Assert.Equal(first.Lines, first.Booked + first.Duplicate + first.Ignored + first.Bad);
            Assert.Equal(0, second.Booked);
            Assert.Equal(books, world.Books());
        }
    }

    [Theory]
    [InlineData("data-message-1", 1)]
    [InlineData("data-message-100", 100)]
    public static async Task Books_the_recorded_CloudWatch_events(string name, int lines)
    {
        var world = new World();
        var data = System.Text.Json.JsonDocument.Parse(Recorded.CloudWatchEvent(name)).RootElement
            .GetProperty("awslogs").GetProperty("data").GetString()!;

        var reply = await world.SendAsync(Payloads.Event(data));

        Assert.Equal((lines, lines, 0, 0), (reply.Lines, reply.Booked, reply.Ignored, reply.Bad));
    }

    [Fact]
    public static async Task A_control_message_books_nothing_and_is_acknowledged()
    {
        var world = new World();

        var reply = await world.SendAsync(Payloads.Of(["CWL CONTROL MESSAGE"], "CONTROL_MESSAGE"));

        Assert.Equal(0, reply.Lines);
        Assert.Contains("control_message", world.Log, StringComparison.Ordinal);
    }

    [Fact]
    public static async Task One_bad_line_is_explained_and_the_others_are_booked()
    {
        var world = new World();

        var reply = await world.SendAsync(
            Line("r1"),
            Line("r2").Replace("1000000", "-1", StringComparison.Ordinal),
            "not json",
            Line("r3"));

        Assert.Equal((4, 2, 2), (reply.Lines, reply.Booked, reply.Bad));
        Assert.Equal(1, reply.BadByReason["bad_number"]);
        Assert.Equal(1, reply.BadByReason["not_json"]);
        Assert.Equal(0.3m, world.Usd("payments").Settled);
        var refused = world.Log.Split('\n').Single(line => line.Contains("\"r2\"", StringComparison.Ordinal));
        Assert.Contains("line_refused", refused, StringComparison.Ordinal);
        Assert.Contains("bad_number", refused, StringComparison.Ordinal);
        Assert.Contains("/ecs/gateway", refused, StringComparison.Ordinal);
        Assert.Contains("event_id", refused, StringComparison.Ordinal);
    }

    [Fact]
    public static async Task A_line_without_a_request_id_is_booked_once_by_its_event()
    {
        var world = new World();
        var line = Line("x").Replace("\"request_id\":\"x\",", "", StringComparison.Ordinal);

        await world.SendAsync(line);
        var again = await world.SendAsync(line);

        Assert.StartsWith("event:", world.Tables.Ledger.All.Single().RequestId, StringComparison.Ordinal);
        Assert.Equal((0, 1), (again.Booked, again.Duplicate));
        Assert.Equal(0.15m, world.Usd("payments").Settled);
    }

    [Fact]
    public static async Task Two_lines_of_one_request_are_booked_once_and_the_measured_one_counts()
    {
        var world = new World();

        var reply = await world.SendAsync(Cut("r1"), Line("r1"), Line("r1"));

        Assert.Equal((3, 1, 2), (reply.Lines, reply.Booked, reply.Duplicate));
        Assert.Equal(EntryState.Measured, world.Tables.Ledger.Find("r1")!.State);
        Assert.Equal(0.15m, world.Usd("payments").Settled);
        Assert.Equal(0m, world.Usd("payments").Estimated);
    }

    [Fact]
    public static async Task A_late_figure_replaces_an_estimate_to_the_last_digit()
    {
        var world = new World();
        await world.SendAsync(Cut("r1"));
        Assert.True(world.Usd("payments").Estimated > 0m);

        var late = await world.SendAsync(Line("r1"));

        Assert.Equal(1, late.Booked);
        Assert.Equal((0.15m, 0m, 0.15m), Amounts(world));
        Assert.Equal(1, (await world.SendAsync(Cut("r1"))).Duplicate);
        Assert.Equal((0.15m, 0m, 0.15m), Amounts(world));
    }

    [Fact]
    public static async Task What_was_refused_is_recorded_so_that_a_late_reserve_cannot_hold_after_it()
    {
        var world = new World();
        var recorded = Recorded.Case("reject-402-openai");

        var reply = await world.SendAsync(recorded.AccessLines);

        Assert.Equal((0, 1), (reply.Booked, reply.Ignored));
        Assert.Equal(1, reply.IgnoredByReason["refused"]);
        Assert.Equal(EntryState.NotSent, world.Tables.Ledger.All.Single().State);
        Assert.Empty(world.Tables.Accounts.All);
    }

    [Theory]
    [InlineData("jwt-missing")]
    [InlineData("production-mcp")]
    [InlineData("production-a2a-send")]
    public static async Task What_never_had_a_decision_leaves_no_entry(string name)
    {
        var world = new World();

        var reply = await world.SendAsync(Recorded.Case(name).AccessLines);

        Assert.Equal(reply.Lines, reply.Ignored);
        Assert.Empty(world.Tables.Ledger.All);
    }

    [Fact]
    public static async Task An_unknown_model_of_a_known_provider_is_estimated_and_loud()
    {
        var world = new World();

        var reply = await world.SendAsync(Recorded.Case("bedrock-inference-profile-arn").AccessLines);

        Assert.Equal(1, reply.Booked);
        Assert.True(world.Usd("payments").Estimated > 0m);
        Assert.Contains("request_unpriced", world.Log, StringComparison.Ordinal);
        Assert.Contains("\"UnpricedRequests\":1", world.Log, StringComparison.Ordinal);
    }

    [Fact]
    public static async Task A_provider_nobody_knows_is_refused_by_name_and_not_booked_at_zero()
    {
        var world = new World();

        var reply = await world.SendAsync(
            Line("r1").Replace("\"openai\"", "\"nobody\"", StringComparison.Ordinal), Line("r2"));

        Assert.Equal((1, 1), (reply.Booked, reply.Bad));
        Assert.Equal(1, reply.BadByReason["not_bookable"]);
        Assert.Null(world.Tables.Ledger.Find("r1"));
        Assert.Contains("\"request_id\":\"r1\"", world.Log, StringComparison.Ordinal);
    }

    [Fact]
    public static async Task What_is_billed_above_the_hold_is_booked_and_named()
    {
        var world = new World();
        await world.HoldAsync("r1", "payments", 0.1m);

        await world.SendAsync(Line("r1"));

        Assert.Equal((0.15m, 0m, 0.15m), Amounts(world));
        Assert.Equal("0.05", world.Tables.Ledger.Find("r1")!.Result!.Overrun.ToString());
        Assert.Contains("request_overrun", world.Log, StringComparison.Ordinal);
        Assert.Contains("\"Overruns\":1", world.Log, StringComparison.Ordinal);
    }

    [Fact]
    public static async Task A_refusal_of_a_request_that_is_held_leaves_its_hold_to_the_expiry()
    {
        var world = new World();
        await world.HoldAsync("r1", "payments", 0.1m);

        await world.SendAsync(
            """{"scope":"request","request_id":"r1","http.status":503,"error":"prompt guard failed","reason":"Internal"}""");

        Assert.Equal(EntryState.NotSent, world.Tables.Ledger.Find("r1")!.State);
        Assert.Equal((0m, 0m, 0.1m), Amounts(world));
    }

    [Fact]
    public static async Task A_hang_up_before_the_answer_is_the_whole_hold_until_a_figure_comes()
    {
        var world = new World();
        await world.HoldAsync("r1", "payments", 0.1m);
        await world.SendAsync(
            """{"scope":"request","request_id":"r1","gen_ai.provider.name":"openai","gen_ai.request.model":"gpt-4o-mini"}""");
        Assert.Equal((0m, 0.1m, 0.1m), Amounts(world));

        await world.SendAsync(Line("r1"));

        Assert.Equal((0.15m, 0m, 0.15m), Amounts(world));
    }

    [Fact]
    public static async Task A_passthrough_that_nobody_meters_is_loud()
    {
        var world = new World();

        await world.SendAsync(Recorded.Case("openai-passthrough-open").AccessLines);

        Assert.Contains("request_not_metered", world.Log, StringComparison.Ordinal);
        Assert.Contains("\"UnmeteredRequests\":1", world.Log, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2026-10-31T23:59:59.999999Z", "2026-10")]
    [InlineData("2026-11-01T00:00:00Z", "2026-11")]
    public static async Task A_request_belongs_to_the_month_it_began_in_whenever_its_line_comes(string startedAt, string month)
    {
        var world = new World();

        await world.SendAsync(Line("r1").Replace("2026-11-21T14:26:23Z", startedAt, StringComparison.Ordinal));

        Assert.Equal(0.15m, world.Usd("payments", month).Settled);
    }

    [Fact]
    public static async Task A_payload_that_cannot_be_read_is_thrown_and_logged_never_answered()
    {
        var world = new World();

        await Assert.ThrowsAsync<BadPayloadException>(() => world.SendAsync(Payloads.Event("not base64!")));

        Assert.Contains("payload_refused", world.Log, StringComparison.Ordinal);
        Assert.Contains("not_base64", world.Log, StringComparison.Ordinal);
        Assert.Contains("invocation-1", world.Log, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(StoreFault.Unreachable)]
    [InlineData(StoreFault.Denied)]
    [InlineData(StoreFault.TimedOut)]
    public static async Task A_configuration_that_cannot_be_read_keeps_the_batch(StoreFault fault)
    {
        var world = new World { ConfigurationFault = fault };

        await Assert.ThrowsAsync<StoreFailedException>(() => world.SendAsync(Line("r1")));

        Assert.Contains("batch_failed", world.Log, StringComparison.Ordinal);
        Assert.Empty(world.Tables.Ledger.All);
    }

    [Fact]
    public static async Task Metrics_carry_their_timestamp_and_come_after_the_money()
    {
        var world = new World();

        await world.SendAsync(Line("r1"), Cut("r2"));

        var metrics = world.Log.Split('\n').Single(line => line.Contains("LinesBooked", StringComparison.Ordinal));
        Assert.Contains("\"Timestamp\":", metrics, StringComparison.Ordinal);
        Assert.Contains("\"MeasuredUsd\":0.15", metrics, StringComparison.Ordinal);
        Assert.DoesNotContain("\"EstimatedUsd\":0,", metrics, StringComparison.Ordinal);
    }

    internal static string Line(string id) => Complete.Replace("ID", id, StringComparison.Ordinal).ReplaceLineEndings("");

    internal static string Cut(string id) => Line(id)
        .Replace(
            "\"gen_ai.usage.input_tokens\":1000000,\"gen_ai.usage.output_tokens\":0,\"total_tokens\":1000000",
            "\"streaming\":true,\"response_bytes\":100,\"gen_ai.request.max_tokens\":50",
            StringComparison.Ordinal);

    private static (decimal Settled, decimal Estimated, decimal Committed) Amounts(World world)
    {
        var usd = world.Usd("payments");
        return (usd.Settled, usd.Estimated, usd.Committed);
    }
}
