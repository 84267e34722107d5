using System.Text;
using AiGateway.Benchmarks.Decision;

namespace BudgetEnforcement.Tests.Allocation;

/// <summary>
/// What a decision may allocate, event bytes to reply bytes with signatures: what it leaves behind is what collections cost later. Measured on one
/// thread, so that it is the same at every run; ./dev bench shows the figure.
/// </summary>
public static class AllocationTests
{
    private const int Runs = 200;

    /// <summary>A tenth above what it was when this was written, in the debug build that tests run on.</summary>
    private const long BytesMax = 35_700;

    [Fact]
    public static async Task A_decision_stays_within_its_budget_of_memory()
    {
        var function = new DecisionFunction();
        var input = DecisionEvents.Of(4 * 1024);
        var first = await function.AnswerAsync(input);
        Assert.Contains("within_budget", Encoding.UTF8.GetString(first.ToArray()), StringComparison.Ordinal);
        Measure(function, input);

        var bytes = Measure(function, input);

        Assert.InRange(bytes, 1, BytesMax);
    }

    private static long Measure(DecisionFunction function, byte[] input)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var run = 0; run < Runs; run++)
        {
            var answer = function.AnswerAsync(input);
            // Nothing waits once the configuration is known; otherwise another thread would have allocated.
            Assert.True(answer.IsCompletedSuccessfully);
        }

        return (GC.GetAllocatedBytesForCurrentThread() - before) / Runs;
    }
}
