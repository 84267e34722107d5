using AiGateway.Domain.Budgets;
using AiGateway.Domain.Ledger;
using AiGateway.Engine.Tests.Contract;
using AiGateway.Engine.Tests.Fakes;
using static AiGateway.Engine.Tests.ReservationFixture;

namespace AiGateway.Engine.Tests;

public sealed class ReservationTests
{
    [Fact]
    public async Task Admitting_takes_one_round_trip_and_one_write_for_each_account_and_the_entry()
    {
        var world = new ReservationFixture();
        var outcome = await world.ReserveAsync("a1", 2m, Limit(Org, 10m), Limit(Team, 2m));

        var admitted = Assert.IsType<ReserveOutcome.Admitted>(outcome);
        Assert.Equal(1, admitted.Attempts);
        Assert.Equal([(Org, 2m), (Team, 2m)], admitted.Accounts.Select(account => (account.Account, account[Usd].Committed)));
        Assert.Equal(admitted.Accounts, admitted.Sums);
        Assert.Equal([1], world.RoundTrips);
        Assert.Equal(["PutHeld", "Reserve", "Reserve"], world.Network.Calls);
        Assert.Equal((2m, 2m), (world.Committed(Org), world.Committed(Team)));
        Assert.Equal((EntryState.Held, 1), (world.Entry!.State, world.Entry.Attempts.Count));
    }

    [Fact]
    public async Task A_refusal_takes_two_round_trips_and_leaves_no_trace_in_any_account()
    {
        var world = new ReservationFixture();
        world.Tables.Accounts.Reserve(ContractData.Hold(Team, 9m, null));
        var outcome = await world.ReserveAsync("a1", 2m, Limit(Org, 100m), Limit(Team, 10m));

        var refused = Assert.IsType<ReserveOutcome.OverLimit>(outcome);
        Assert.Equal((Team, 2m, 9m), (refused.Limit.Account, refused.Needed, refused.Current![Usd].Committed));
        Assert.Equal([2], world.RoundTrips);
        Assert.Equal((0m, 9m), (world.Committed(Org), world.Committed(Team)));
        Assert.Equal(EntryState.Void, world.Entry!.State);
        Assert.Equal("over_limit", world.Entry.Result!.Reason);
    }

    [Fact]
    public async Task A_hold_above_a_limit_is_refused_before_anything_is_written()
    {
        var world = new ReservationFixture();
        var outcome = await world.ReserveAsync("a1", 2m, Limit(Org, 100m), Limit(Team, 1.999999999999m));

        var refused = Assert.IsType<ReserveOutcome.OverLimit>(outcome);
        Assert.Equal((Team, null), (refused.Limit.Account, refused.Current));
        Assert.Empty(world.Network.Calls);
        Assert.Equal([0], world.RoundTrips);
    }

    [Fact]
    public async Task A_budget_of_zero_admits_what_is_free_and_nothing_else()
    {
        var world = new ReservationFixture();

        Assert.IsType<ReserveOutcome.OverLimit>(await world.ReserveAsync("a1", 0.000001m, Limit(Team, 0m)));
        Assert.IsType<ReserveOutcome.Admitted>(await world.ReserveAsync("a1", 0m, Limit(Team, 0m)));
    }

    [Fact]
    public async Task A_refusal_is_told_only_when_everything_was_given_back_and_voided()
    {
        var answering = new TaskCompletionSource();
        var world = new ReservationFixture();
        world.Tables.Accounts.Reserve(ContractData.Hold(Team, 9m, null));
        world.Network.OnItsWay = call => call.Method == "Void" ? answering.Task : Task.CompletedTask;
        var refusing = world.ReserveAsync("a1", 2m, Limit(Org, 100m), Limit(Team, 10m));

        Assert.False(refusing.IsCompleted, "It was told before the entry was void.");
        answering.SetResult();
        Assert.IsType<ReserveOutcome.OverLimit>(await refusing);
    }

    /// <summary>It was certainly not applied the first time: that is no second round trip, and no reason to hurry.</summary>
    [Fact]
    public async Task A_refusal_after_a_busy_moment_is_told_with_everything_given_back()
    {
        var world = new ReservationFixture((call, number) => number == 2 ? Fate.Throttled : Fate.Normal);
        world.Tables.Accounts.Reserve(ContractData.Hold(Team, 9m, null));
        var outcome = await world.ReserveAsync("a1", 2m, Limit(Org, 100m), Limit(Team, 10m));

        Assert.Equal(0, Assert.IsType<ReserveOutcome.OverLimit>(outcome).HoldsLeft);
        Assert.Equal([3], world.RoundTrips);
        Assert.Equal((0m, 9m, EntryState.Void), (world.Committed(Org), world.Committed(Team), world.Entry!.State));
    }

    [Fact]
    public async Task What_took_nothing_has_nothing_to_give_back()
    {
        var world = new ReservationFixture((call, _) => call.Method == "PutHeld" ? Fate.RequestLost : Fate.Normal);
        var outcome = await world.ReserveAsync("a1", 0m, Limit(Team, 0m));

        Assert.Equal(0, outcome.HoldsLeft);
        Assert.Equal(["PutHeld", "Reserve", "Void"], world.Network.Calls);
    }

    [Theory]
    [InlineData(BudgetMode.Soft)]
    [InlineData(BudgetMode.Shadow)]
    public async Task Only_hard_limits_refuse_and_the_others_are_counted(BudgetMode mode)
    {
        var world = new ReservationFixture();
        var outcome = await world.ReserveAsync("a1", 2m, Limit(Team, 1m, mode));

        var admitted = Assert.IsType<ReserveOutcome.Admitted>(outcome);
        Assert.Equal(2m, admitted.Accounts.Single(account => account.Account == Team)[Usd].Committed);
    }

    [Fact]
    public async Task The_most_restrictive_of_several_limits_is_named()
    {
        var world = new ReservationFixture();
        world.Tables.Accounts.Reserve(ContractData.Hold(Org, 9m, null));
        world.Tables.Accounts.Reserve(ContractData.Hold(Team, 9m, null));
        var outcome = await world.ReserveAsync("a1", 2m, Limit(Org, 9.5m), Limit(Team, 10m));

        Assert.Equal(Org, Assert.IsType<ReserveOutcome.OverLimit>(outcome).Limit.Account);
    }

    [Fact]
    public async Task A_limit_on_an_account_that_is_not_listed_is_a_bug()
    {
        var world = new ReservationFixture();
        var elsewhere = Team with { Period = "2026" };

        await Assert.ThrowsAsync<ArgumentException>(() => world.ReserveAsync("a1", 2m, Limit(elsewhere, 10m)));
    }

    [Fact]
    public async Task What_was_confirmed_too_late_is_given_back()
    {
        var world = new ReservationFixture();
        world.Network.Applied = _ => world.Time.Now += TimeSpan.FromMilliseconds(400);
        var outcome = await world.ReserveAsync("a1", 2m, Limit(Team, 10m));

        Assert.IsType<ReserveOutcome.TooLate>(outcome);
        Assert.Equal((0m, 0m), (world.Committed(Org), world.Committed(Team)));
        Assert.Equal(EntryState.Void, world.Entry!.State);
    }

    [Theory]
    [InlineData(Fate.Throttled)]
    [InlineData(Fate.Conflict)]
    public async Task What_was_certainly_not_applied_is_sent_again(Fate fate)
    {
        var world = new ReservationFixture((_, number) => number <= 4 ? fate : Fate.Normal);
        var outcome = await world.ReserveAsync("a1", 2m, Limit(Team, 10m));

        Assert.IsType<ReserveOutcome.Admitted>(outcome);
        Assert.Equal((2m, 2m), (world.Committed(Org), world.Committed(Team)));
    }

    [Fact]
    public async Task Sending_again_ends_at_the_deadline()
    {
        var world = new ReservationFixture((call, _) => call.Method == "Reserve" ? Fate.Throttled : Fate.Normal);
        var start = world.Time.Now;
        var outcome = await world.ReserveAsync("a1", 2m, Limit(Team, 10m));

        Assert.Equal(StoreFault.Throttled, Assert.IsType<ReserveOutcome.StoreFailed>(outcome).Fault);
        Assert.InRange(world.Time.Now, start, start + TimeSpan.FromSeconds(1));
        Assert.Equal(EntryState.Void, world.Entry!.State);
    }

    [Theory]
    [InlineData(Fate.RequestLost, 0)]
    [InlineData(Fate.AnswerLost, 2)]
    public async Task A_hold_that_timed_out_is_neither_repeated_nor_given_back(Fate fate, int left)
    {
        var world = new ReservationFixture(
            (call, _) => call.Method == "Reserve" && call.Items[0] == Team.ToString() ? fate : Fate.Normal);
        var outcome = await world.ReserveAsync("a1", 2m, Limit(Team, 10m));

        Assert.Equal(StoreFault.TimedOut, Assert.IsType<ReserveOutcome.StoreFailed>(outcome).Fault);
        Assert.Equal(["PutHeld", "Reserve", "Reserve", "GiveBack", "Void"], world.Network.Calls);
        Assert.Equal((0m, left), (world.Committed(Org), world.Committed(Team)));
        Assert.Equal(EntryState.Void, world.Entry!.State);
    }

    [Fact]
    public async Task Giving_back_goes_on_where_the_gateway_has_given_up_and_a_settlement_is_in_the_way()
    {
        var world = new ReservationFixture(
            (call, number) => call.Method == "GiveBack" && number < 12 ? Fate.Conflict : Fate.Normal);
        world.Network.Applied = _ => world.Time.Now += TimeSpan.FromMilliseconds(400);
        var outcome = await world.ReserveAsync("a1", 2m, Limit(Team, 10m));

        Assert.Equal(0, Assert.IsType<ReserveOutcome.TooLate>(outcome).HoldsLeft);
        Assert.Equal((0m, 0m), (world.Committed(Org), world.Committed(Team)));
        Assert.True(world.Network.Calls.Count(call => call == "GiveBack") > 4);
    }

    [Theory]
    [InlineData("GiveBack", Fate.AnswerLost, 2)]
    [InlineData("GiveBack", Fate.RequestLost, 2)]
    [InlineData("GiveBack", Fate.Conflict, 2)]
    [InlineData("Reserve", Fate.AnswerLost, 2)]
    [InlineData("Reserve", Fate.Malformed, 2)]
    [InlineData("Reserve", Fate.Conflict, 0)]
    [InlineData("PutHeld", Fate.AnswerLost, 0)]
    public async Task What_may_be_left_to_expiry_is_counted(string method, Fate fate, int left)
    {
        var world = new ReservationFixture(
            (call, _) => call.Method == method || (method == "GiveBack" && call.Method == "PutHeld") ? fate : Fate.Normal);
        var outcome = await world.ReserveAsync("a1", 2m, Limit(Team, 10m));

        Assert.IsType<ReserveOutcome.StoreFailed>(outcome);
        Assert.Equal(left, outcome.HoldsLeft);
    }

    [Theory]
    [InlineData(Fate.RequestLost)]
    [InlineData(Fate.AnswerLost)]
    public async Task A_put_that_timed_out_refuses_and_is_voided_so_that_it_cannot_land_later(Fate fate)
    {
        var world = new ReservationFixture((call, _) => call.Method == "PutHeld" ? fate : Fate.Normal);
        var outcome = await world.ReserveAsync("a1", 2m, Limit(Team, 10m));

        Assert.Equal(StoreFault.TimedOut, Assert.IsType<ReserveOutcome.StoreFailed>(outcome).Fault);
        Assert.Equal((0m, 0m), (world.Committed(Org), world.Committed(Team)));
        Assert.Equal(EntryState.Void, world.Entry!.State);
    }

    [Theory]
    [InlineData(Fate.Unreachable, StoreFault.Unreachable)]
    [InlineData(Fate.Denied, StoreFault.Denied)]
    [InlineData(Fate.Malformed, StoreFault.Malformed)]
    public async Task A_store_without_an_answer_is_told_as_it_is(Fate fate, StoreFault fault)
    {
        var world = new ReservationFixture((_, _) => fate);
        var outcome = await world.ReserveAsync("a1", 2m, Limit(Team, 10m));

        Assert.Equal(fault, Assert.IsType<ReserveOutcome.StoreFailed>(outcome).Fault);
        Assert.Equal(3, world.Network.Calls.Count);
    }

    [Fact]
    public async Task A_missing_permission_is_not_hidden_behind_an_outage()
    {
        var world = new ReservationFixture(
            (call, _) => call.Method == "PutHeld" ? Fate.Denied : Fate.Unreachable);
        var outcome = await world.ReserveAsync("a1", 2m, Limit(Team, 10m));

        Assert.Equal(StoreFault.Denied, Assert.IsType<ReserveOutcome.StoreFailed>(outcome).Fault);
    }
}
