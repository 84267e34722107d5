using System.Globalization;
using System.Text.Json;
using AiGateway.Benchmarks.Results;
using AiGateway.Local.Stack;
using CostAttribution.Decode;
using LogEvent = AiGateway.Domain.AccessLog.LogEvent;

namespace AiGateway.Benchmarks.Attribution;

/// <summary>
/// Log payloads: unpacking them, and reading and pricing the lines inside, in lines for each second of a processor. The store answers at once and
/// from nothing.
/// </summary>
internal static class AttributionPart
{
    public const string Name = "attribution";

    private const double LinesPerSecondGoal = 200_000;

    private static readonly int[] Sizes = [10, 100, 1_000, 10_000];

    public static async Task RunAsync(BenchOptions options, Report report)
    {
        report.Begin(Name, "subscription payloads, unpacked, read and priced");
        var attribution = new AttributionFunction();
        foreach (var lines in Sizes)
        {
            var events = AttributionLines.Of(lines);
            var encoded = Encode(events);
            var rounds = Math.Max(options.IsQuick ? 3 : 20, (options.IsQuick ? 20_000 : 200_000) / lines);
            Unpack(encoded, rounds);
            await BookAsync(attribution, events, rounds);

            report.Add(new Figure(At("unpack", lines), PerSecond(lines, rounds, () => Unpack(encoded, rounds)), "lines/cpu-s", Better.Higher));
            var busy = Environment.CpuUsage.TotalTime;
            var allocated = GC.GetAllocatedBytesForCurrentThread();
            await BookAsync(attribution, events, rounds);
            allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
            var perSecond = lines * rounds / (Environment.CpuUsage.TotalTime - busy).TotalSeconds;
            report.Add(new Figure(At("price", lines), perSecond, "lines/cpu-s", Better.Higher, LinesPerSecondGoal));
            report.Add(new Figure(At("allocated", lines), (double)allocated / (lines * (double)rounds), "bytes/line"));
        }

        await MemoryAsync(attribution, options, report);
    }

    // The same large batch again and again: what is alive afterwards must not grow.
    private static async Task MemoryAsync(AttributionFunction attribution, BenchOptions options, Report report)
    {
        var encoded = Encode(AttributionLines.Of(Sizes[^1]));
        var alive = new List<long>();
        for (var round = 0; round < (options.IsQuick ? 3 : 15); round++)
        {
            var lines = (LogPayload.Lines)LogPayloadReader.Read(encoded);
            await attribution.BookAsync(lines.Events);
            alive.Add(GC.GetTotalMemory(forceFullCollection: true));
        }

        report.Add(new Figure($"{Name}.payload_encoded", encoded.Length, "bytes", Better.Neither));
        report.Add(new Figure($"{Name}.alive_after_first", alive[0] / 1_000_000.0, "MB"));
        report.Add(new Figure($"{Name}.alive_growth", Math.Max(0, alive[^1] - alive[0]) / 1_000_000.0, "MB", Goal: 1));
    }

    private static string At(string what, int lines) =>
        string.Create(CultureInfo.InvariantCulture, $"{Name}.{lines:D5}_lines.{what}");

    private static double PerSecond(int lines, int rounds, Action run)
    {
        var busy = Environment.CpuUsage.TotalTime;
        run();
        return lines * rounds / (Environment.CpuUsage.TotalTime - busy).TotalSeconds;
    }

    private static void Unpack(string encoded, int rounds)
    {
        for (var round = 0; round < rounds; round++)
        {
            _ = LogPayloadReader.Read(encoded);
        }
    }

    private static async Task BookAsync(AttributionFunction attribution, IReadOnlyList<LogEvent> events, int rounds)
    {
        for (var round = 0; round < rounds; round++)
        {
            await attribution.BookAsync(events);
        }
    }

    private static string Encode(IReadOnlyList<LogEvent> events)
    {
        var message = CloudWatchLogs.DataMessage([.. events.Select(one => new Local.Stack.LogEvent(
            one.Id, DateTimeOffset.FromUnixTimeMilliseconds(one.TimestampMs), one.Message))]);
        using var document = JsonDocument.Parse(message);
        return document.RootElement.GetProperty("awslogs").GetProperty("data").GetString()!;
    }
}
