using System.Diagnostics;
using AiGateway.Benchmarks.Results;

namespace AiGateway.Benchmarks.Decision;

/// <summary>The whole decision on one core, then on all of them, with what it allocates and how often memory is collected.</summary>
internal static class DecisionPart
{
    public const string Name = "decision";

    private static readonly (string Name, int Bytes, int Runs)[] Sizes =
        [("4_kb", 4 * 1024, 50_000), ("100_kb", 100 * 1024, 5_000), ("2_mb", 2 * 1024 * 1024, 500)];

    public static async Task RunAsync(BenchOptions options, Report report)
    {
        report.Begin(Name, "event bytes to reply bytes, DynamoDB answered from memory, requests signed");
        foreach (var (name, bytes, runs) in Sizes)
        {
            await MeasureAsync(report, $"{Name}.{name}", bytes, options.IsQuick ? runs / 10 : runs, isGoal: name == "4_kb");
        }

        await SaturateAsync(report, options.IsQuick ? 50_000 : 1_000_000);
    }

    private static async Task MeasureAsync(Report report, string name, int bytes, int runs, bool isGoal)
    {
        var function = new DecisionFunction();
        var input = DecisionEvents.Of(bytes);
        await RepeatAsync(function, input, runs, null);

        var samples = new Samples(runs);
        var allocated = GC.GetTotalAllocatedBytes(precise: true);
        var asked = function.Database.Requests;
        var busy = ProcessorTime();
        await RepeatAsync(function, input, runs, samples);
        allocated = GC.GetTotalAllocatedBytes(precise: true) - allocated;
        asked = function.Database.Requests - asked;
        busy = ProcessorTime() - busy;

        report.Add(new Figure($"{name}.p50", samples.At(0.50).TotalMicroseconds, "µs", Goal: isGoal ? 50 : null));
        report.Add(new Figure($"{name}.p99", samples.At(0.99).TotalMicroseconds, "µs", Goal: isGoal ? 500 : null));
        report.Add(new Figure($"{name}.processor", busy.TotalMicroseconds / runs, "µs"));
        report.Add(new Figure($"{name}.allocated", (double)allocated / runs, "bytes"));
        if (isGoal)
        {
            report.Add(new Figure($"{name}.dynamodb_calls", (double)asked / runs, "calls"));
        }
    }

    private static async Task RepeatAsync(DecisionFunction function, byte[] input, int runs, Samples? samples)
    {
        for (var run = 0; run < runs; run++)
        {
            var began = Stopwatch.GetTimestamp();
            await function.AnswerAsync(input);
            samples?.Add(Stopwatch.GetTimestamp() - began);
        }
    }

    // One function on each core, as Lambda runs one event in one environment at a time.
    private static async Task SaturateAsync(Report report, int decisions)
    {
        var cores = Environment.ProcessorCount;
        var input = DecisionEvents.Of(4 * 1024);
        var functions = Enumerable.Range(0, cores).Select(_ => new DecisionFunction()).ToList();
        await Task.WhenAll(functions.Select(function => Task.Run(() => RepeatAsync(function, input, 5_000, null))));
        GC.Collect();
        var collected = Collections();
        var began = Stopwatch.GetTimestamp();
        await Task.WhenAll(functions.Select(function => Task.Run(() => RepeatAsync(function, input, decisions / cores, null))));
        var elapsed = Stopwatch.GetElapsedTime(began);
        var after = Collections();

        report.Add(new Figure($"{Name}.per_second", decisions / elapsed.TotalSeconds, "/s", Better.Higher, Goal: 10_000 * cores));
        report.Add(new Figure($"{Name}.measured", decisions, "decisions", Better.Neither));
        report.Add(new Figure($"{Name}.gen0_collections", after.Gen0 - collected.Gen0, "collections", Better.Neither));
        report.Add(new Figure($"{Name}.gen1_collections", after.Gen1 - collected.Gen1, "collections", Better.Neither));
        report.Add(new Figure($"{Name}.gen2_collections", after.Gen2 - collected.Gen2, "collections", Better.Lower, Goal: 0));
    }

    // What it costs wherever it runs: on a busy machine times are longer, and this is not.
    private static TimeSpan ProcessorTime() => Environment.CpuUsage.TotalTime;

    private static (int Gen0, int Gen1, int Gen2) Collections() =>
        (GC.CollectionCount(0) - GC.CollectionCount(1), GC.CollectionCount(1) - GC.CollectionCount(2), GC.CollectionCount(2));
}
