using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace AiGateway.Infrastructure.Tests.Applied;

/// <summary>The gateway's task ends streams itself before ECS does, and is found ready where it says so.</summary>
[Collection(AppliedCollection.Name)]
public sealed partial class GatewayTaskTests(AppliedInfrastructure applied)
{
    // Fargate's own bound on stopTimeout: docs.aws.amazon.com, AmazonECS, ContainerDefinition.
    private const int StopSecondsMax = 120;

    /// <summary>A deploy that cuts a stream loses its line, and with it the money (T11, T83).</summary>
    [Fact]
    public void Ecs_waits_longer_than_the_gateway_drains()
    {
        var stop = (int)applied.Container("agentgateway")["stopTimeout"]!;

        Assert.InRange(Seconds("connectionMinTerminationDeadline"), 5, stop - 1);
        Assert.InRange(Seconds("connectionTerminationDeadline"), Seconds("connectionMinTerminationDeadline"), stop - 1);
        Assert.InRange(stop, 1, StopSecondsMax);
    }

    [Fact]
    public void The_load_balancer_takes_a_leaving_task_out_within_its_drain()
    {
        var delay = (string)Assert.Single(applied.OfType("aws_lb_target_group"))["values"]!["deregistration_delay"]!;

        Assert.Equal("30", delay);
        Assert.InRange(int.Parse(delay, CultureInfo.InvariantCulture), 1, Seconds("connectionMinTerminationDeadline"));
    }

    /// <summary>Long answers are silent for minutes: what waits for them waits as long as the gateway does (T74).</summary>
    [Fact]
    public void The_load_balancer_waits_as_long_as_a_request_may_take()
    {
        var idle = (int)Assert.Single(applied.OfType("aws_lb"))["values"]!["idle_timeout"]!;

        Assert.InRange(idle, 600, 4000);
        // The webhook's own time-out is in milliseconds; the providers' are in seconds.
        var requests = RequestTimeout().Matches(Config).Select(match => int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture)).ToList();
        Assert.NotEmpty(requests);
        Assert.All(requests, request => Assert.InRange(request, 1, idle));
    }

    /// <summary>The gateway's own port answers a probe with 404 (T10).</summary>
    [Fact]
    public void Readiness_is_asked_where_the_gateway_tells_it()
    {
        var check = Assert.Single(applied.OfType("aws_lb_target_group"))["values"]!["health_check"]![0]!;

        Assert.Equal("15021", (string?)check["port"]);
        Assert.Equal("/healthz/ready", (string?)check["path"]);
        Assert.Null(applied.Container("agentgateway")["healthCheck"]);
    }

    [Fact]
    public void A_deploy_starts_new_tasks_first_and_rolls_back_what_does_not_start()
    {
        var service = Assert.Single(applied.OfType("aws_ecs_service"))["values"]!;

        Assert.Equal(100, (int)service["deployment_minimum_healthy_percent"]!);
        Assert.Equal(200, (int)service["deployment_maximum_percent"]!);
        Assert.True((bool)service["deployment_circuit_breaker"]![0]!["enable"]!);
        Assert.True((bool)service["deployment_circuit_breaker"]![0]!["rollback"]!);
    }

    private string Config => (string)applied.Container("agentgateway")["command"]![1]!;

    private int Seconds(string setting) =>
        int.Parse(Regex.Match(Config, $"{setting}: ([0-9]+)s").Groups[1].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex("requestTimeout: ([0-9]+)s\\b")]
    private static partial Regex RequestTimeout();
}
