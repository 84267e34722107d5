using AiGateway.Domain.Ledger;
using AiGateway.Engine.Tests.Contract;
using AiGateway.Engine.Tests.Fakes;
using static AiGateway.Engine.Tests.ReservationFixture;

namespace AiGateway.Engine.Tests;

/// <summary>What is told where the store gave no usable answer: the worst of it, where it was, and whether all of it was away.</summary>
public sealed class StoreTroubleTests
{
    /// <summary>Only where nothing could be reached may the allowance let through: else a hold or the entry may stand.</summary>
    [Theory]
    [InlineData(Fate.Unreachable, Fate.Unreachable, Fate.Unreachable, true)]
    [InlineData(Fate.Normal, Fate.Unreachable, Fate.Unreachable, false)]
    [InlineData(Fate.Unreachable, Fate.Normal, Fate.Unreachable, false)]
    [InlineData(Fate.Unreachable, Fate.Unreachable, Fate.Normal, false)]
    [InlineData(Fate.Unreachable, Fate.Normal, Fate.Normal, false)]
    [InlineData(Fate.Normal, Fate.Unreachable, Fate.Normal, false)]
    [InlineData(Fate.RequestLost, Fate.Unreachable, Fate.Unreachable, false)]
    [InlineData(Fate.Unreachable, Fate.RequestLost, Fate.Unreachable, false)]
    [InlineData(Fate.Unreachable, Fate.Throttled, Fate.Throttled, false)]
    public async Task Only_where_nothing_at_all_was_reached_it_is_an_outage(Fate put, Fate org, Fate team, bool isOutage)
    {
        var world = new ReservationFixture((call, _) => FateOf(call, put, org, team));
        var outcome = await world.ReserveAsync("a1", 2m, Limit(Team, 10m));

        Assert.Equal(isOutage, Assert.IsType<ReserveOutcome.StoreFailed>(outcome).IsOutage);
    }

    /// <summary>Bugs first, then what perhaps was applied, then what certainly was not.</summary>
    [Theory]
    [InlineData(Fate.Denied, Fate.Malformed, StoreFault.Denied)]
    [InlineData(Fate.Malformed, Fate.RequestLost, StoreFault.Malformed)]
    [InlineData(Fate.RequestLost, Fate.Conflict, StoreFault.TimedOut)]
    [InlineData(Fate.Conflict, Fate.Throttled, StoreFault.Conflict)]
    [InlineData(Fate.Throttled, Fate.Unreachable, StoreFault.Throttled)]
    [InlineData(Fate.Unreachable, Fate.Normal, StoreFault.Unreachable)]
    public async Task Of_several_troubles_the_worst_is_told(Fate worse, Fate better, StoreFault told)
    {
        var world = new ReservationFixture((call, _) => FateOf(call, better, worse, better));
        var other = new ReservationFixture((call, _) => FateOf(call, worse, better, better));

        Assert.Equal(told, Assert.IsType<ReserveOutcome.StoreFailed>(await world.ReserveAsync("a1", 2m)).Fault);
        Assert.Equal(told, Assert.IsType<ReserveOutcome.StoreFailed>(await other.ReserveAsync("a1", 2m)).Fault);
    }

    [Theory]
    [InlineData("PutHeld", "ledger put")]
    [InlineData("Append", "ledger append")]
    [InlineData("Reserve", "account org@2026-11")]
    public async Task The_call_that_failed_is_named_with_what_the_store_said(string method, string where)
    {
        var isBroken = false;
        var world = new ReservationFixture((call, _) => isBroken && call.Method == method ? Fate.RequestLost : Fate.Normal);
        await world.ReserveAsync("a1", 2m);
        isBroken = true;
        var failed = Assert.IsType<ReserveOutcome.StoreFailed>(await world.ReserveAsync("a2", 2m));

        Assert.Equal((where, "scripted"), (failed.Where, failed.Detail));
    }

    [Fact]
    public async Task What_was_refused_for_the_store_says_so_in_its_void_entry()
    {
        var world = new ReservationFixture((call, _) => call.Method == "Reserve" ? Fate.RequestLost : Fate.Normal);
        await world.ReserveAsync("a1", 2m);

        Assert.Equal((EntryState.Void, "store_failed"), (world.Entry!.State, world.Entry.Result!.Reason));
        Assert.Empty(world.Entry.Attempts);
        Assert.Equal(world.Time.Now, world.Entry.Result.SettledAt);
    }

    [Fact]
    public async Task A_known_id_without_an_entry_is_a_bug_of_the_store_and_gives_back()
    {
        var world = new ReservationFixture();
        world.Network.Answers = call => call.Method == "PutHeld" ? new StoreResult<LedgerEntry>.Refused(null) : null;
        var failed = Assert.IsType<ReserveOutcome.StoreFailed>(await world.ReserveAsync("a1", 2m, Limit(Team, 10m)));

        Assert.Equal((StoreFault.Malformed, "ledger put", 0), (failed.Fault, failed.Where, failed.HoldsLeft));
        Assert.Equal("The id is known, but no entry stands.", failed.Detail);
        Assert.Equal((0m, 0m), (world.Committed(Org), world.Committed(Team)));
        Assert.DoesNotContain("Void", world.Network.Calls);
    }

    /// <summary>What was sent again below the engine meets its own first writing.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_entry_that_names_this_very_attempt_is_its_own(bool isAppendedTo)
    {
        var world = new ReservationFixture();
        world.Tables.Ledger.PutHeld(ContractData.Held("r1", world.AttemptOf("a1", 2m)));
        if (isAppendedTo)
        {
            world.Tables.Ledger.Append("r1", 1, world.AttemptOf("other", 1m));
        }

        var before = world.Entry;
        Assert.IsType<ReserveOutcome.Admitted>(await world.ReserveAsync("a1", 2m, Limit(Team, 10m)));

        Assert.Equal(before, world.Entry);
        Assert.DoesNotContain("Append", world.Network.Calls);
    }

    [Fact]
    public async Task Its_own_entry_is_voided_with_its_holds()
    {
        var world = new ReservationFixture();
        world.Tables.Ledger.PutHeld(ContractData.Held("r1", world.AttemptOf("a1", 2m)));
        world.Tables.Accounts.Reserve(ContractData.Hold(Team, 9m, null));
        await world.ReserveAsync("a1", 2m, Limit(Team, 10m));

        Assert.Equal(EntryState.Void, world.Entry!.State);
    }

    private static Fate FateOf(StoreCall call, Fate put, Fate org, Fate team) => call.Method switch
    {
        "PutHeld" => put,
        "Reserve" => call.Items[0] == Org.ToString() ? org : team,
        _ => Fate.Normal,
    };
}
