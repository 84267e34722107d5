using AiGateway.Domain.Ledger;
using AiGateway.Engine.Tests.Contract;
using AiGateway.Engine.Tests.Fakes;
using static AiGateway.Engine.Tests.ReservationFixture;

namespace AiGateway.Engine.Tests;

/// <summary>The gateway gives up at its deadline: what is confirmed at that very moment is too late.</summary>
public sealed class DeadlineTests
{
    [Theory]
    [InlineData(-1, true)]
    [InlineData(0, false)]
    [InlineData(1, false)]
    public async Task Holds_are_admitted_only_before_the_deadline(int ticks, bool isAdmitted)
    {
        var world = new ReservationFixture();
        world.Network.Applied = call => Arrive(world, call, "Reserve", ticks);
        var outcome = await world.ReserveAsync("a1", 2m, Limit(Team, 10m));

        Assert.Equal(isAdmitted, outcome is ReserveOutcome.Admitted);
        Assert.Equal(isAdmitted ? 2m : 0m, world.Committed(Team));
        Assert.Equal(isAdmitted ? null : "too_late", world.Entry!.Result?.Reason);
    }

    [Theory]
    [InlineData(-1, true)]
    [InlineData(0, false)]
    [InlineData(1, false)]
    public async Task An_append_is_admitted_only_before_the_deadline(int ticks, bool isAdmitted)
    {
        var world = new ReservationFixture();
        await world.ReserveAsync("a1", 2m, Limit(Team, 10m));
        world.Network.Applied = call => Arrive(world, call, "Append", ticks);
        var outcome = await world.ReserveAsync("a2", 3m, Limit(Team, 10m));

        Assert.Equal(isAdmitted ? typeof(ReserveOutcome.Admitted) : typeof(ReserveOutcome.TooLate), outcome.GetType());
        Assert.Equal(isAdmitted ? 0 : 2, outcome.HoldsLeft);
        Assert.Equal(5m, world.Committed(Team));
    }

    [Theory]
    [InlineData(-1, true)]
    [InlineData(0, false)]
    public async Task An_append_that_another_was_before_is_sent_again_only_before_the_deadline(int ticks, bool isAdmitted)
    {
        var world = new ReservationFixture();
        await world.ReserveAsync("a1", 2m, Limit(Team, 10m));
        world.Network.Applied = call =>
        {
            if (call.Method == "PutHeld")
            {
                world.Tables.Ledger.Append("r1", 1, world.AttemptOf("other", 1m));
            }

            Arrive(world, call, "Append", ticks);
        };
        var outcome = await world.ReserveAsync("a2", 3m, Limit(Team, 10m));

        Assert.Equal(isAdmitted ? typeof(ReserveOutcome.Admitted) : typeof(ReserveOutcome.TooLate), outcome.GetType());
        Assert.Equal(isAdmitted ? 0 : 2, outcome.HoldsLeft);
        Assert.Equal(isAdmitted ? 2 : 1, world.Network.Calls.Count(call => call == "Append"));
    }

    /// <summary>A pause that ends at the deadline leaves no time for the call behind it.</summary>
    [Theory]
    [InlineData(5, false)]
    [InlineData(6, false)]
    [InlineData(7, true)]
    public async Task A_call_is_sent_again_only_where_its_pause_ends_before_the_deadline(int msLeft, bool isSentAgain)
    {
        // The first pause: the middle of 1 to 10 ms.
        var world = new ReservationFixture((call, number) => call.Method == "Reserve" && number <= 3 ? Fate.Throttled : Fate.Normal);
        world.Network.OnItsWay = call =>
        {
            if (call.Method == "PutHeld")
            {
                world.Time.Now = world.Deadline - TimeSpan.FromMilliseconds(msLeft);
            }

            return Task.CompletedTask;
        };
        await world.ReserveAsync("a1", 2m, Limit(Team, 10m));

        Assert.Equal(isSentAgain ? 3 : 2, world.Network.Calls.Count(call => call == "Reserve"));
    }

    /// <summary>Nobody waits for it any more: a settlement's conflicts are outlasted for five seconds, and no longer.</summary>
    [Fact]
    public async Task Giving_back_too_late_ends_five_seconds_later()
    {
        var world = new ReservationFixture((call, _) => call.Method == "GiveBack" ? Fate.Conflict : Fate.Normal);
        world.Network.Applied = call => Arrive(world, call, "Reserve", 0);
        var outcome = await world.ReserveAsync("a1", 2m, Limit(Team, 10m));

        Assert.Equal(2, Assert.IsType<ReserveOutcome.TooLate>(outcome).HoldsLeft);
        Assert.InRange(world.Time.Now - world.Deadline, TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task Who_stops_waiting_is_told_what_the_store_said_last()
    {
        using var stopping = new CancellationTokenSource();
        var world = new ReservationFixture((call, _) => call.Method == "Reserve" ? Fate.Throttled : Fate.Normal)
        {
            Delay = (_, stop) =>
            {
                stopping.Cancel();
                return Task.FromCanceled(stop);
            },
        };
        var outcome = await world.ReserveAsync(
            new ReservePlan("r1", "payments", world.AttemptOf("a1", 2m), [Limit(Team, 10m)]), stopping.Token);

        Assert.Equal(StoreFault.Throttled, Assert.IsType<ReserveOutcome.StoreFailed>(outcome).Fault);
        Assert.Equal(2, world.Network.Calls.Count(call => call == "Reserve"));
        Assert.Equal(EntryState.Void, world.Entry!.State);
    }

    /// <summary>
    /// Within a second: pauses of 6, 11, 21, 41, 81, 161, then 321 ms; after a conflict, which ends in milliseconds, of 21 at most.
    /// </summary>
    [Theory]
    [InlineData(Fate.Throttled, 9)]
    [InlineData(Fate.Conflict, 49)]
    public async Task A_throttled_item_is_asked_less_and_less_often_and_a_busy_one_goes_on_being_asked(Fate fate, int times)
    {
        var world = new ReservationFixture((call, _) => call.Method == "PutHeld" ? fate : Fate.Normal);
        await world.ReserveAsync("a1", 2m, Limit(Team, 10m));

        Assert.Equal(times, world.Network.Calls.Count(call => call == "PutHeld"));
    }

    /// <summary>On a clock that stands still only the number of tries ends it.</summary>
    [Fact]
    public async Task However_short_the_pauses_are_a_call_is_sent_two_hundred_times_at_most()
    {
        var world = new ReservationFixture((call, _) => call.Method == "PutHeld" ? Fate.Throttled : Fate.Normal)
        {
            Delay = (_, _) => Task.CompletedTask,
        };
        await world.ReserveAsync("a1", 2m, Limit(Team, 10m));

        Assert.Equal(200, world.Network.Calls.Count(call => call == "PutHeld"));
        Assert.Equal([201], world.RoundTrips);
    }

    // The answer to the last call of its kind arrives that long after the deadline.
    private static void Arrive(ReservationFixture world, StoreCall call, string method, int ticks)
    {
        if (call.Method == method)
        {
            world.Time.Now = world.Deadline.AddTicks(ticks);
        }
    }
}
