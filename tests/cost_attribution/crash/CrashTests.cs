using AiGateway.Engine;
using AiGateway.Engine.Tests.Fakes;
using AiGateway.Tests;
using CostAttribution.Tests.Harness;

namespace CostAttribution.Tests.Crash;

/// <summary>The process dies before or after every single call to the store; the batch is delivered again.</summary>
public static class CrashTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public static async Task Killed_at_any_call_and_delivered_again_it_is_the_same_ledger(bool afterTheCall)
    {
        var lines = Recorded.DayLog.Skip(100).Take(150).ToList();
        var undisturbed = await AdmittedAsync();
        await undisturbed.SendAsync(lines);

        var died = 0;
        for (var call = 1; ; call++)
        {
            var world = await AdmittedAsync();
            world.Network = new DyingNetwork(call, afterTheCall);
            if (await SurvivesAsync(world, lines))
            {
                break;
            }

            died++;
            world.Network = new PerfectNetwork();
            await world.SendAsync(lines);

            Assert.Equal(undisturbed.Books(), world.Books());
            Assert.Equal(undisturbed.Alerts.Count, world.Alerts.Count);
        }

        Assert.True(died > 10, $"Only {died} calls were made.");
        Assert.NotEmpty(undisturbed.Alerts);
    }

    [Fact]
    public static async Task Answers_that_are_lost_are_asked_for_again_and_nothing_is_booked_twice()
    {
        var lines = Recorded.DayLog.Take(60).ToList();
        var undisturbed = await AdmittedAsync();
        await undisturbed.SendAsync(lines);

        var world = await AdmittedAsync();
        world.Network = new LossyNetwork(3);
        await world.SendAsync(lines);

        Assert.Equal(undisturbed.Books(), world.Books());
    }

    private static async Task<World> AdmittedAsync()
    {
        var world = new World();
        await DayAdmissions.AdmitAsync(world.Store, world.Store, World.Pacing, World.Now);
        return world.WithBudget("research", 1m);
    }

    private static async Task<bool> SurvivesAsync(World world, IReadOnlyList<string> lines)
    {
        try
        {
            await world.SendAsync(lines);
            return true;
        }
        catch (KilledException)
        {
            return false;
        }
    }

    private sealed class KilledException : Exception;

    private sealed class DyingNetwork(int lastCall, bool afterTheCall) : INetwork
    {
        private int calls;

        public Task<StoreResult<T>> SendAsync<T>(StoreCall call, Func<StoreResult<T>> apply)
        {
            if (++calls < lastCall)
            {
                return Task.FromResult(apply());
            }

            if (calls == lastCall && afterTheCall)
            {
                apply();
            }

            throw new KilledException();
        }
    }

    private sealed class LossyNetwork(int every) : INetwork
    {
        private int calls;

        public Task<StoreResult<T>> SendAsync<T>(StoreCall call, Func<StoreResult<T>> apply)
        {
            var result = apply();
            return Task.FromResult(++calls % every == 0 && call.Method != "Alert" && call.Method != "ReadAccount"
                ? new StoreResult<T>.Failed(StoreFault.TimedOut, "lost by the test")
                : result);
        }
    }
}
