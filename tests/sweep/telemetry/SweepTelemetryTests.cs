using AiGateway.Engine;
using AiGateway.Lambda.Tests;
using Sweep.Telemetry;
using Sweep.Tests.Harness;

namespace Sweep.Tests.Telemetry;

public static class SweepTelemetryTests
{
    [Fact]
    public static async Task Every_metrics_line_keeps_the_specification_and_names_the_function()
    {
        var process = new SweepProcess(Events.Now);
        Ports Ports(Settings settings) => new(
            _ => Task.FromResult(new SweepReport(1, 1, TimeSpan.FromSeconds(3), null)),
            _ => Task.FromResult(new ReconciliationReport(5, 2, [], 0)));

        await process.InvokeAsync(Events.Sweep, Ports);
        await process.InvokeAsync(Events.Verify, Ports);
        await Assert.ThrowsAnyAsync<Exception>(() => process.InvokeAsync(new ScheduleEvent("?"), Ports));

        Assert.Equal(3, process.Metrics.Count);
        Assert.All(process.Metrics, line => Assert.Empty(EmfSpecification.Violations(line, Events.Now)));
        Assert.All(process.Metrics, line => Assert.Contains("\"function\":\"sweep\"", line, StringComparison.Ordinal));
        Assert.Contains("\"IndexLag\":3000", process.Log, StringComparison.Ordinal);
    }

    [Fact]
    public static async Task A_table_that_drifted_as_a_whole_does_not_fill_the_log_and_errors_come_first()
    {
        var process = new SweepProcess(Events.Now);
        var many = Enumerable.Range(0, 5_000)
            .Select(number => new Difference(
                Books.Account($"t{number}"), null, number == 4_999 ? DifferenceKind.Parts : DifferenceKind.Busy, 1m, 2m))
            .ToList();

        var reply = await process.InvokeAsync(Events.Verify, _ => new Ports(
            _ => throw new InvalidOperationException("Not asked for."),
            _ => Task.FromResult(new ReconciliationReport(9, 5_000, many, 0))));

        var logged = process.Log.Split('\n').Where(line => line.Contains("account_differs", StringComparison.Ordinal)).ToList();
        Assert.Equal((1, 4_999), (reply.Wrong, reply.Passing));
        Assert.Equal(SweepTelemetry.DifferencesLoggedMax, logged.Count);
        Assert.Contains("t4999", logged[0], StringComparison.Ordinal);
        Assert.Contains("\"not_logged\":4800", process.Log, StringComparison.Ordinal);
    }
}
