using System.Diagnostics;
using System.Runtime;

namespace AiGateway.Benchmarks.Results;

/// <summary>
/// Runs what is going to be measured until the runtime has stopped compiling it: methods are compiled again and again while they turn out to be busy,
/// and what is measured first would look slower than what comes after it.
/// </summary>
/// <param name="Still">So long nothing is compiled any more.</param>
/// <param name="Most">Then it is measured all the same.</param>
internal sealed record WarmUp(TimeSpan Still, TimeSpan Most)
{
    public static WarmUp Of(BenchOptions options) => options.IsQuick
        ? new WarmUp(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(8))
        : new WarmUp(TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(30));

    /// <param name="run">Some milliseconds of what is going to be measured.</param>
    public async Task RunAsync(Func<Task> run)
    {
        var began = Stopwatch.GetTimestamp();
        var (compiled, changed) = (0L, began);
        while (Stopwatch.GetElapsedTime(changed) < Still && Stopwatch.GetElapsedTime(began) < Most)
        {
            await run();
            if (JitInfo.GetCompiledMethodCount() is var now && now != compiled)
            {
                (compiled, changed) = (now, Stopwatch.GetTimestamp());
            }
        }
    }
}
