using AiGateway.Domain.Ledger;
using AiGateway.Engine;
using AiGateway.Tests.Support;

namespace AiGateway.Aws.Tests.Support;

/// <summary>The faults that the tests plant are the ones they say.</summary>
public static class StoreInterceptorTests
{
    [Fact]
    public static async Task Seeded_faults_are_the_same_ones_for_the_same_seed()
    {
        var first = await OutcomesAsync(new SeededFaults(7, new FaultRates(20, 20, 20, 20)));
        var second = await OutcomesAsync(new SeededFaults(7, new FaultRates(20, 20, 20, 20)));
        var other = await OutcomesAsync(new SeededFaults(8, new FaultRates(20, 20, 20, 20)));

        Assert.Equal(first, second);
        Assert.NotEqual(first, other);
        Assert.Equal(4, first.Distinct().Count());
    }

    [Fact]
    public static async Task A_fault_after_the_call_lets_it_through_and_one_before_it_does_not()
    {
        var sent = 0;
        Task<StoreResult<int>> Send() => Task.FromResult<StoreResult<int>>(new StoreResult<int>.Done(++sent));

        await new SeededFaults(1, new FaultRates(FailBefore: 100)).RunAsync("call", Send);
        Assert.Equal(0, sent);
        var after = await new SeededFaults(1, new FaultRates(FailAfter: 100)).RunAsync("call", Send);
        Assert.Equal(1, sent);
        Assert.Contains("seed 1", Answers.Failed(StoreFault.TimedOut, after).Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(CrashSide.BeforeTheCall, 1)]
    [InlineData(CrashSide.AfterTheCall, 2)]
    public static async Task A_process_that_died_at_its_second_call_sends_nothing_more(CrashSide side, int expected)
    {
        var crash = new CrashAtCall(2, side);
        var sent = 0;
        Task<StoreResult<int>> Send() => Task.FromResult<StoreResult<int>>(new StoreResult<int>.Done(++sent));

        Answers.Done(await crash.RunAsync("call", Send));
        Assert.False(crash.HasCrashed);
        await Assert.ThrowsAsync<CrashException>(() => crash.RunAsync("call", Send));
        await Assert.ThrowsAsync<CrashException>(() => crash.RunAsync("call", Send));

        Assert.Equal(expected, sent);
        Assert.True(crash.HasCrashed);
    }

    private static async Task<IReadOnlyList<string>> OutcomesAsync(SeededFaults faults)
    {
        var outcomes = new List<string>();
        for (var call = 0; call < 200; call++)
        {
            var result = await faults.RunAsync(
                "call", () => Task.FromResult<StoreResult<Posting?>>(new StoreResult<Posting?>.Done(null)));
            outcomes.Add(result is StoreResult<Posting?>.Failed failed ? failed.Fault.ToString() : "done");
        }

        return outcomes;
    }
}
