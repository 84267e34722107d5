using AiGateway.Benchmarks.Attribution;
using AiGateway.Domain.AccessLog;
using AiGateway.Tests;

namespace CostAttribution.Tests.Allocation;

/// <summary>
/// What a line may allocate, from its text to its entry: what it leaves behind is what collections cost later, and a batch
/// holds it for all its lines at once. Measured on one thread, so that it is the same at every run; ./dev bench shows the figure.
/// </summary>
public static class AllocationTests
{
    /// <summary>
    /// A tenth above what it was when this was written, in the debug build that tests run on and before the runtime has optimised
    /// anything: the release build's figure is a quarter lower.
    /// </summary>
    private const long BytesMax = 2_200;

    private const int Runs = 20;

    [Theory]
    [InlineData(100)]
    [InlineData(1_000)]
    public static void A_line_stays_within_its_budget_of_memory(int lines)
    {
        var function = new AttributionFunction();
        var events = Events(lines);
        Measure(function, events);

        Assert.InRange(Measure(function, events) / lines, 1, BytesMax);
    }

    private static long Measure(AttributionFunction function, IReadOnlyList<LogEvent> events)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var run = 0; run < Runs; run++)
        {
            // Nothing waits: otherwise another thread would have allocated.
            Assert.True(function.BookAsync(events).IsCompletedSuccessfully);
        }

        return (GC.GetAllocatedBytesForCurrentThread() - before) / Runs;
    }

    private static IReadOnlyList<LogEvent> Events(int count)
    {
        var recorded = Recorded.DayLog
            .Where(line => line.Contains("\"scope\":\"request\"", StringComparison.Ordinal)
                && line.Contains("\"request_id\"", StringComparison.Ordinal))
            .ToList();
        return [.. Enumerable.Range(0, count).Select(index => new LogEvent(
            $"{index:D56}",
            AttributionFunction.Timestamp,
            // Of a name of its own: so many lines of a day are of one request otherwise.
            recorded[index % recorded.Count].Replace("\"request_id\":\"", $"\"request_id\":\"{index:D4}", StringComparison.Ordinal)))];
    }
}
