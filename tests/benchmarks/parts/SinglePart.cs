using AiGateway.Benchmarks.Results;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.NoEmit;

namespace AiGateway.Benchmarks.Parts;

/// <summary>What a decision and a line are made of, one by one, by BenchmarkDotNet: mean and allocation of each.</summary>
internal static class SinglePart
{
    public const string Name = "parts";

    public static Task RunAsync(BenchOptions options, Report report)
    {
        report.Begin(Name, "steps on their own (BenchmarkDotNet, in this process)");
        // Not in a process of its own: that would build a project outside of this repository's settings.
        var job = (options.IsQuick ? Job.Dry : Job.ShortRun).WithToolchain(InProcessNoEmitToolchain.Instance);
        var config = ManualConfig.CreateEmpty()
            .AddJob(job)
            .AddDiagnoser(BenchmarkDotNet.Diagnosers.MemoryDiagnoser.Default)
            .WithOptions(ConfigOptions.DisableLogFile | ConfigOptions.DisableOptimizationsValidator)
            .WithArtifactsPath(Path.Combine(Path.GetTempPath(), "aigateway-bench"));
        var summary = BenchmarkRunner.Run<Steps>(config);
        foreach (var one in summary.Reports.OrderBy(one => one.BenchmarkCase.Descriptor.MethodIndex))
        {
            var name = $"{Name}.{one.BenchmarkCase.Descriptor.WorkloadMethod.Name.ToLowerInvariant()}";
            report.Add(new Figure($"{name}.mean", (one.ResultStatistics?.Mean ?? 0) / 1_000, "µs"));
            report.Add(new Figure($"{name}.allocated", one.GcStats.GetBytesAllocatedPerOperation(one.BenchmarkCase) ?? 0, "bytes"));
        }

        return Task.CompletedTask;
    }
}
