using System.Diagnostics;
using System.Globalization;
using System.Text;
using AiGateway.Aws;
using AiGateway.Benchmarks.Results;
using AiGateway.Local.DynamoDb;
using AiGateway.Local.Stack;

namespace AiGateway.Benchmarks.Cold;

/// <summary>
/// Native binaries from the start of the process to the first correct reply over the Runtime API, on DynamoDB Local with empty tables. What is
/// asked reads the configuration, so that a connection is made and every reader has run.
/// </summary>
internal static class ColdPart
{
    public const string Name = "cold";

    private const string TablePrefix = "cold-";
    private const double MillisecondsGoal = 100;
    private const double MegabytesGoal = 15;
    private const double ResidentGoal = 40;

    public static async Task RunAsync(BenchOptions options, Report report)
    {
        var programs = FunctionPrograms.Native();
        report.Begin(Name, "start of the native process to its first correct reply");
        if (!File.Exists(programs.Of(LocalFunctions.BudgetEnforcement)))
        {
            Console.WriteLine($"  skipped: there is no {programs.Of(LocalFunctions.BudgetEnforcement)}; ./dev aot builds it.");
            return;
        }

        await using var database = await DynamoDbLocal.UseOrStartAsync(CancellationToken.None);
        await LocalTables.CreateAllAsync(database.Endpoint, new TableNames(TablePrefix), CancellationToken.None);
        var specs = LocalFunctions.Specs(database.Endpoint, TablePrefix, programs);
        foreach (var (function, payload) in WarmUps.All())
        {
            var spec = specs.Single(one => one.Name == function);
            if (File.Exists(spec.Program))
            {
                await MeasureAsync(report, spec, payload, options.IsQuick ? 5 : 50);
            }
        }
    }

    private static async Task MeasureAsync(Report report, FunctionSpec spec, byte[] payload, int starts)
    {
        // The first one brings the file and the database into memory.
        await StartAsync(spec, payload);
        var (times, resident) = (new Samples(starts), new List<double>());
        for (var start = 0; start < starts; start++)
        {
            var (elapsed, bytes) = await StartAsync(spec, payload);
            times.Add(elapsed);
            resident.Add(bytes / 1_000_000.0);
        }

        var isGoal = spec.Name == LocalFunctions.BudgetEnforcement;
        var name = $"{Name}.{spec.Name}";
        resident.Sort();
        report.Add(new Figure($"{name}.p50", times.At(0.50).TotalMilliseconds, "ms"));
        report.Add(new Figure($"{name}.p99", times.At(0.99).TotalMilliseconds, "ms", Goal: isGoal ? MillisecondsGoal : null));
        report.Add(new Figure(
            $"{name}.binary", new FileInfo(spec.Program).Length / 1_000_000.0, "MB", Goal: isGoal ? MegabytesGoal : null));
        report.Add(new Figure($"{name}.resident", resident[resident.Count / 2], "MB", Goal: isGoal ? ResidentGoal : null));
    }

    private static async Task<(long Elapsed, long ResidentBytes)> StartAsync(FunctionSpec spec, byte[] payload)
    {
        await using var host = new FunctionHost([spec], TextWriter.Null);
        var began = Stopwatch.GetTimestamp();
        var result = await host.InvokeAsync(spec.Name, payload);
        var elapsed = Stopwatch.GetTimestamp() - began;
        return result is InvocationResult.Failed failed
            ? throw new InvalidOperationException($"{spec.Name} failed: {Encoding.UTF8.GetString(failed.Payload.Span)}")
            : (elapsed, PeakOf(host.ProcessIds()[0]));
    }

    private static long PeakOf(int process)
    {
        var line = File.ReadLines($"/proc/{process}/status").First(text => text.StartsWith("VmHWM:", StringComparison.Ordinal));
        return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1_024;
    }
}
