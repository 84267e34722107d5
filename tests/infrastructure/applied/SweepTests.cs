using System.Text.Json.Nodes;
using AiGateway.Infrastructure.Tests.Sam;
using AiGateway.Infrastructure.Tests.Workspace;

namespace AiGateway.Infrastructure.Tests.Applied;

/// <summary>The sweep runs on a schedule that asks for what its code knows, alone, and somebody hears where it does not.</summary>
[Collection(AppliedCollection.Name)]
public sealed class SweepTests(AppliedInfrastructure applied)
{
    [Fact]
    public void Each_schedule_asks_for_an_action_that_the_code_knows()
    {
        var reader = File.ReadAllText(Repository.PathOf("functions/sweep/decode/EventReader.cs"));
        var actions = Schedules().Select(schedule => ActionOf(Target(schedule))).ToList();

        Assert.Equal(["sweep", "verify"], actions.Order());
        Assert.All(actions, action => Assert.Contains($"Action: \"{action}\"", reader, StringComparison.Ordinal));
    }

    [Fact]
    public void Each_schedule_invokes_the_sweep_alone_and_hands_over_what_it_could_not_deliver()
    {
        var function = applied.Function("sweep");
        var policy = applied.OfType("aws_iam_role_policy").Single(one => (string)one["values"]!["name"]! == "schedule")["values"]!;
        var statements = JsonNode.Parse((string)policy["policy"]!)!["Statement"]!.AsArray();
        var invoke = statements.Single(one => PolicyReading.Many(one!["Action"]).Contains("lambda:InvokeFunction"))!;
        var send = statements.Single(one => PolicyReading.Many(one!["Action"]).Contains("sqs:SendMessage"))!;

        Assert.Equal([(string)function["arn"]!], PolicyReading.Many(invoke["Resource"]));
        Assert.All(Schedules(), schedule =>
        {
            Assert.Equal((string?)function["arn"], (string?)Target(schedule)["arn"]);
            Assert.Equal([(string)Target(schedule)["dead_letter_config"]![0]!["arn"]!], PolicyReading.Many(send["Resource"]));
            Assert.Equal("ENABLED", (string?)schedule["state"]);
        });
    }

    [Fact]
    public void One_runs_at_a_time_and_ends_before_the_next_begins()
    {
        var function = applied.Function("sweep");
        var sweeps = Schedules().Single(schedule => ActionOf(Target(schedule)) == "sweep");
        var expression = (string)sweeps["schedule_expression"]!;
        var minutes = int.Parse(expression["cron(0/".Length..expression.IndexOf(' ', StringComparison.Ordinal)]);

        Assert.Equal(1, (int)function["reserved_concurrent_executions"]!);
        Assert.True((int)function["timeout"]! < minutes * 60, $"{function["timeout"]} s, every {minutes} minutes");
        Assert.Equal(0, 60 % minutes);
    }

    /// <summary>Missing is the alarm: a function that nobody invokes writes nothing.</summary>
    [Fact]
    public void The_heartbeat_alarms_where_nothing_is_written()
    {
        var alarm = Alarm("SweepsCompleted");

        Assert.Equal("breaching", (string?)alarm["treat_missing_data"]);
        Assert.Equal("LessThanThreshold", (string?)alarm["comparison_operator"]);
        Assert.Equal(1, (int)alarm["threshold"]!);
    }

    /// <summary>The sweep itself stops at half the time-to-live: the alarm is earlier.</summary>
    [Fact]
    public void The_index_alarms_before_the_sweep_stops()
    {
        var timeToLiveMinutes = int.Parse((string)applied.Function("sweep")["environment"]![0]!["variables"]!["HOLD_TIME_TO_LIVE_MINUTES"]!);

        Assert.InRange((int)Alarm("IndexLag")["threshold"]!, 1, (timeToLiveMinutes * 60_000 / 2) - 1);
    }

    [Fact]
    public async Task Sam_schedules_the_same()
    {
        var events = (await SamTests.ReadAsync())["source"]!["Resources"]!["Sweep"]!["Properties"]!["Events"]!.AsObject();

        Assert.Equal(
            Schedules().Select(schedule => $"{schedule["schedule_expression"]} {ActionOf(Target(schedule))}").Order(),
            events.Select(one => one.Value!["Properties"]!)
                .Select(schedule => $"{schedule["ScheduleExpression"]} {ActionOf(schedule, "Input")}").Order());
    }

    private static string ActionOf(JsonNode target, string key = "input") =>
        (string)JsonNode.Parse((string)target[key]!)!["action"]!;

    private static JsonNode Target(JsonNode schedule) => schedule["target"]![0]!;

    private JsonNode Alarm(string metric) => applied.OfType("aws_cloudwatch_metric_alarm")
        .Select(alarm => alarm["values"]!).Single(alarm => (string?)alarm["metric_name"] == metric);

    private List<JsonNode> Schedules() => [.. applied.OfType("aws_scheduler_schedule").Select(one => one["values"]!)];
}
