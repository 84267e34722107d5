using AiGateway.Domain.Ledger;
using AiGateway.Engine.Tests.Contract;
using AiGateway.Engine.Tests.Fakes;
using static AiGateway.Engine.Tests.ReservationFixture;

namespace AiGateway.Engine.Tests;

/// <summary>
/// A gateway retry asks again under the same request id, perhaps for another provider and price (T88).
/// </summary>
public sealed class ReattemptTests
{
    [Fact]
    public async Task A_retry_takes_its_own_hold_and_is_appended_when_it_is_confirmed()
    {
        var world = new ReservationFixture();
        await world.ReserveAsync("a1", 2m, Limit(Team, 10m));
        var outcome = await world.ReserveAsync("a2", 3m, Limit(Team, 10m));

        Assert.Equal(2, Assert.IsType<ReserveOutcome.Admitted>(outcome).Attempts);
        Assert.Equal([1, 2], world.RoundTrips);
        Assert.Equal(5m, world.Committed(Team));
        Assert.Equal(["a1", "a2"], world.Entry!.Attempts.Select(attempt => attempt.Id));
        Assert.Equal("Append", world.Network.Calls[^1]);
    }

    [Fact]
    public async Task A_refused_retry_leaves_the_first_attempts_hold_alone()
    {
        var world = new ReservationFixture();
        await world.ReserveAsync("a1", 6m, Limit(Team, 10m));
        var outcome = await world.ReserveAsync("a2", 5m, Limit(Team, 10m));

        Assert.IsType<ReserveOutcome.OverLimit>(outcome);
        Assert.Equal([1, 2], world.RoundTrips);
        Assert.Equal((6m, 6m), (world.Committed(Org), world.Committed(Team)));
        Assert.Equal((EntryState.Held, 1L), (world.Entry!.State, world.Entry.Version));
        Assert.DoesNotContain("Void", world.Network.Calls);
    }

    [Fact]
    public async Task A_request_that_is_settled_already_is_refused_and_given_back()
    {
        var world = new ReservationFixture();
        await world.ReserveAsync("a1", 2m, Limit(Team, 10m));
        world.Tables.Ledger.Write(world.Entry! with { State = EntryState.Measured, Version = 2 });
        var outcome = await world.ReserveAsync("a2", 3m, Limit(Team, 10m));

        Assert.Equal(EntryState.Measured, Assert.IsType<ReserveOutcome.NotHeld>(outcome).State);
        Assert.Equal(2m, world.Committed(Team));
    }

    [Fact]
    public async Task An_append_is_sent_again_while_the_entry_is_held_in_another_version()
    {
        var world = new ReservationFixture();
        await world.ReserveAsync("a1", 2m, Limit(Team, 10m));
        world.Network.Applied = call =>
        {
            if (call.Method == "PutHeld")
            {
                world.Tables.Ledger.Append("r1", 1, world.AttemptOf("other", 1m));
            }
        };
        var outcome = await world.ReserveAsync("a2", 3m, Limit(Team, 10m));

        Assert.Equal(3, Assert.IsType<ReserveOutcome.Admitted>(outcome).Attempts);
        Assert.Equal(["a1", "other", "a2"], world.Entry!.Attempts.Select(attempt => attempt.Id));
        Assert.Equal([1, 3], world.RoundTrips);
    }

    [Fact]
    public async Task Once_an_append_was_sent_nothing_is_given_back()
    {
        var world = new ReservationFixture((call, _) => call.Method == "Append" ? Fate.AnswerLost : Fate.Normal);
        await world.ReserveAsync("a1", 2m, Limit(Team, 10m));
        var outcome = await world.ReserveAsync("a2", 3m, Limit(Team, 10m));

        Assert.Equal(StoreFault.TimedOut, Assert.IsType<ReserveOutcome.StoreFailed>(outcome).Fault);
        Assert.Equal((5m, 2), (world.Committed(Team), outcome.HoldsLeft));
        Assert.Equal(1, world.Network.Calls.Count(call => call == "Append"));
        Assert.DoesNotContain("GiveBack", world.Network.Calls);
    }

    [Fact]
    public async Task An_append_that_is_confirmed_too_late_is_refused_and_keeps_its_hold()
    {
        var world = new ReservationFixture();
        await world.ReserveAsync("a1", 2m, Limit(Team, 10m));
        world.Network.Applied = call => world.Time.Now += TimeSpan.FromSeconds(call.Method == "Append" ? 2 : 0);
        var outcome = await world.ReserveAsync("a2", 3m, Limit(Team, 10m));

        Assert.IsType<ReserveOutcome.TooLate>(outcome);
        Assert.Equal(5m, world.Committed(Team));
        Assert.Equal(2, world.Entry!.Attempts.Count);
    }

    [Fact]
    public async Task An_entry_that_was_settled_while_it_was_appended_to_keeps_the_hold_for_its_line()
    {
        var world = new ReservationFixture();
        await world.ReserveAsync("a1", 2m, Limit(Team, 10m));
        world.Network.OnItsWay = call =>
        {
            if (call.Method == "Append")
            {
                world.Tables.Ledger.Write(world.Entry! with { State = EntryState.Measured, Version = 2 });
            }

            return Task.CompletedTask;
        };
        var outcome = await world.ReserveAsync("a2", 3m, Limit(Team, 10m));

        Assert.Equal((EntryState.Measured, 2), (Assert.IsType<ReserveOutcome.NotHeld>(outcome).State, outcome.HoldsLeft));
        Assert.DoesNotContain("GiveBack", world.Network.Calls);
    }

    /// <summary>No attempt makes an entry change so often without growing: whatever does, is not followed for ever.</summary>
    [Fact]
    public async Task An_entry_that_changes_again_and_again_is_appended_to_twenty_times_at_most()
    {
        var world = new ReservationFixture();
        await world.ReserveAsync("a1", 2m, Limit(Team, 10m));
        world.Network.OnItsWay = call =>
        {
            if (call.Method == "Append")
            {
                world.Tables.Ledger.Write(world.Entry! with { Version = world.Entry.Version + 1 });
            }

            return Task.CompletedTask;
        };
        var failed = Assert.IsType<ReserveOutcome.StoreFailed>(await world.ReserveAsync("a2", 3m, Limit(Team, 10m)));

        Assert.Equal(20, world.Network.Calls.Count(call => call == "Append"));
        Assert.Equal((StoreFault.Conflict, "ledger append", 2), (failed.Fault, failed.Where, failed.HoldsLeft));
        Assert.Contains("again", failed.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_entry_does_not_grow_without_end()
    {
        var world = new ReservationFixture();
        for (var attempt = 1; attempt <= ReservationRun.AttemptsMax; attempt++)
        {
            Assert.IsType<ReserveOutcome.Admitted>(await world.ReserveAsync($"a{attempt}", 1m, Limit(Team, 100m)));
        }

        Assert.IsType<ReserveOutcome.NotHeld>(await world.ReserveAsync("more", 1m, Limit(Team, 100m)));
        Assert.Equal(ReservationRun.AttemptsMax, world.Committed(Team));
    }
}
