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
        await MemoryAsync(attribution, options, report);

        var runs = Sizes.Select(lines => new AttributionRun(attribution, lines)).ToList();
        await WarmUp.Of(options).RunAsync(() => TurnAsync(runs));
        runs.ForEach(run => run.Forget());
        for (var turn = 0; turn < (options.IsQuick ? 10 : 100); turn++)
        {
            await TurnAsync(runs);
        }

        foreach (var run in runs)
        {
            report.Add(new Figure(At("unpack", run.Lines), UnpackedPerSecond(run, options), "lines/cpu-s", Better.Higher));
            report.Add(new Figure(At("price", run.Lines), run.PerSecond, "lines/cpu-s", Better.Higher, LinesPerSecondGoal));
            report.Add(new Figure(At("price_to_machine", run.Lines), run.PerPiece, "lines/piece", Better.Higher));
            report.Add(new Figure(At("allocated", run.Lines), run.AllocatedPerLine, "bytes/line"));
        }
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

    private static async Task TurnAsync(List<AttributionRun> runs)
    {
        foreach (var run in runs)
        {
            await run.TurnAsync();
        }
    }

    private static double UnpackedPerSecond(AttributionRun run, BenchOptions options)
    {
        var encoded = Encode(run.Batch);
        var rounds = Math.Max(options.IsQuick ? 3 : 20, (options.IsQuick ? 20_000 : 200_000) / run.Lines);
        Unpack(encoded, rounds);

        var busy = Environment.CpuUsage.TotalTime;
        Unpack(encoded, rounds);
        return run.Lines * rounds / (Environment.CpuUsage.TotalTime - busy).TotalSeconds;
    }

    private static void Unpack(string encoded, int rounds)
    {
        for (var round = 0; round < rounds; round++)
        {
            _ = LogPayloadReader.Read(encoded);
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
