using AiGateway.Domain.Ledger;
using AiGateway.Engine.Tests.Contract;
using AiGateway.Engine.Tests.Fakes;
using static AiGateway.Engine.Tests.SettlerFixture;

namespace AiGateway.Engine.Tests;

/// <summary>How long and how often a call that may be sent twice is repeated, and what is told in the end.</summary>
public sealed class RepeatedCallTests
{
    /// <summary>Full jitter: from one millisecond to a ceiling that doubles six times.</summary>
    [Theory]
    [InlineData(1, 10)]
    [InlineData(2, 20)]
    [InlineData(4, 80)]
    [InlineData(7, 640)]
    [InlineData(8, 640)]
    [InlineData(200, 640)]
    public static void A_pause_is_from_one_millisecond_to_a_doubling_ceiling(int tries, int msMax)
    {
        var time = new ManualTime();
        var least = new Pacing(time, _ => 0, (_, _) => Task.CompletedTask);
        var most = new Pacing(time, sides => sides - 1, (_, _) => Task.CompletedTask);

        Assert.Equal(TimeSpan.FromMilliseconds(1), least.PauseAfter(tries));
        Assert.Equal(TimeSpan.FromMilliseconds(msMax), most.PauseAfter(tries));
    }

    [Theory]
    [InlineData(Fate.Throttled, StoreFault.Throttled, 12)]
    [InlineData(Fate.Conflict, StoreFault.Conflict, 12)]
    [InlineData(Fate.RequestLost, StoreFault.TimedOut, 12)]
    [InlineData(Fate.Unreachable, StoreFault.Unreachable, 12)]
    [InlineData(Fate.Denied, StoreFault.Denied, 1)]
    [InlineData(Fate.Malformed, StoreFault.Malformed, 1)]
    public async Task A_read_is_repeated_twelve_times_with_pauses_where_that_may_mend_it(Fate fate, StoreFault told, int times)
    {
        var world = new SettlerFixture();
        var start = world.Time.Now;
        var failed = await Assert.ThrowsAsync<StoreFailedException>(
            () => world.SettleAsync([Line("r1", 0.5m)], (_, _) => fate));

        Assert.Equal(told, failed.Fault);
        Assert.Equal($"ledger read: {told}: scripted", failed.Message);
        Assert.Equal(Enumerable.Repeat("ReadEntries", times), world.Network.Calls);
        // Half of each ceiling and a millisecond: 6, 11, 21, 41, 81, 161, then five times 321.
        Assert.Equal(TimeSpan.FromMilliseconds(times == 1 ? 0 : 321 + (5 * 321)), world.Time.Now - start);
    }

    [Fact]
    public async Task A_read_that_is_refused_is_a_bug_of_the_store()
    {
        var world = new SettlerFixture();
        world.Network.Answers = call =>
            call.Method == "ReadEntries" ? new StoreResult<IReadOnlyList<LedgerEntry>>.Refused(null) : null;
        var failed = await Assert.ThrowsAsync<StoreFailedException>(() => world.SettleAsync([Line("r1", 0.5m)]));

        Assert.Equal("ledger read: Malformed: A read was refused.", failed.Message);
    }

    [Theory]
    [InlineData(Fate.Throttled, "settlement: Throttled: scripted", 12)]
    [InlineData(Fate.Denied, "settlement: Denied: scripted", 1)]
    public async Task A_settlement_without_an_answer_is_repeated_and_then_told(Fate fate, string told, int times)
    {
        var world = new SettlerFixture();
        var failed = await Assert.ThrowsAsync<StoreFailedException>(() => world.SettleAsync(
            [Line("r1", 0.5m)], (call, _) => call.Method == "Settle" ? fate : Fate.Normal));

        Assert.Equal(told, failed.Message);
        Assert.Equal(times, world.Network.Calls.Count(call => call == "Settle"));
    }

    /// <summary>Another worker books the same entry before every transaction.</summary>
    [Fact]
    public async Task Entries_that_change_again_and_again_are_settled_twelve_times_at_most_with_pauses()
    {
        var world = new SettlerFixture();
        world.Admit("r1", 1m);
        var start = world.Time.Now;
        world.Network.OnItsWay = call =>
        {
            if (call.Method == "Settle")
            {
                var entry = world.Tables.Ledger.Find("r1")!;
                world.Tables.Ledger.Write(entry with { Version = entry.Version + 1 });
            }

            return Task.CompletedTask;
        };
        var failed = await Assert.ThrowsAsync<StoreFailedException>(() => world.SettleAsync([Line("r1", 0.5m)]));

        Assert.Equal(StoreFault.Conflict, failed.Fault);
        Assert.Equal("settlement: Conflict: The entries changed again and again.", failed.Message);
        Assert.Equal(12, world.Network.Calls.Count(call => call == "Settle"));
        Assert.Equal(13, world.Network.Calls.Count(call => call == "ReadEntries"));
        Assert.Equal(TimeSpan.FromMilliseconds(321 + (6 * 321)), world.Time.Now - start);
    }
}
