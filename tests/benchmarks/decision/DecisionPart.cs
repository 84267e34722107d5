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
            var measured = await DecisionRun.OfAsync(bytes, options.IsQuick ? runs / 10 : runs, WarmUp.Of(options));
            Tell(report, $"{Name}.{name}", measured, isGoal: name == "4_kb");
        }

        await SaturateAsync(report, options.IsQuick ? 50_000 : 1_000_000, WarmUp.Of(options));
    }

    private static void Tell(Report report, string name, DecisionRun run, bool isGoal)
    {
        var (half, machine) = (run.Decisions.At(0.50), run.Machine.At(0.50));
        report.Add(new Figure($"{name}.p50", half.TotalMicroseconds, "µs", Goal: isGoal ? 50 : null));
        report.Add(new Figure($"{name}.p50_to_machine", half / machine, "times"));
        report.Add(new Figure($"{name}.p99", run.Decisions.At(0.99).TotalMicroseconds, "µs", Goal: isGoal ? 500 : null));
        report.Add(new Figure($"{name}.processor", run.ProcessorTime.TotalMicroseconds / run.Decisions.Count, "µs"));
        report.Add(new Figure($"{name}.allocated", (double)run.AllocatedBytes / run.Decisions.Count, "bytes"));
        if (isGoal)
        {
            report.Add(new Figure($"{name}.dynamodb_calls", (double)run.DatabaseCalls / run.Decisions.Count, "calls"));
            report.Add(new Figure("machine.piece.p50", machine.TotalMicroseconds, "µs", Better.Neither));
        }
    }

    // One function on each core, as Lambda runs one event in one environment at a time.
    private static async Task SaturateAsync(Report report, int decisions, WarmUp warmUp)
    {
        var cores = Environment.ProcessorCount;
        var input = DecisionEvents.Of(4 * 1024);
        var functions = Enumerable.Range(0, cores).Select(_ => new DecisionFunction()).ToList();
        await warmUp.RunAsync(() => OnEachCoreAsync(1_000));
        GC.Collect();
        var collected = Collections();
        var began = Stopwatch.GetTimestamp();
        await OnEachCoreAsync(decisions / cores);
        var elapsed = Stopwatch.GetElapsedTime(began);
        var after = Collections();

        report.Add(new Figure($"{Name}.per_second", decisions / elapsed.TotalSeconds, "/s", Better.Higher, Goal: 10_000 * cores));
        report.Add(new Figure($"{Name}.measured", decisions, "decisions", Better.Neither));
        report.Add(new Figure($"{Name}.gen0_collections", after.Gen0 - collected.Gen0, "collections", Better.Neither));
        report.Add(new Figure($"{Name}.gen1_collections", after.Gen1 - collected.Gen1, "collections", Better.Neither));
        report.Add(new Figure($"{Name}.gen2_collections", after.Gen2 - collected.Gen2, "collections", Better.Lower, Goal: 0));

        Task OnEachCoreAsync(int each) => Task.WhenAll(functions.Select(function => Task.Run(async () =>
        {
            for (var run = 0; run < each; run++)
            {
                await function.AnswerAsync(input);
            }
        })));
    }

    private static (int Gen0, int Gen1, int Gen2) Collections() =>
        (GC.CollectionCount(0) - GC.CollectionCount(1), GC.CollectionCount(1) - GC.CollectionCount(2), GC.CollectionCount(2));
}
