using AiGateway.Domain.Ledger;
using AiGateway.Engine.Tests.Contract;
using AiGateway.Engine.Tests.Fakes;
using static AiGateway.Engine.Tests.SettlerFixture;

namespace AiGateway.Engine.Tests;

public sealed class ReconciliationTests
{
    private static readonly Total Usd = ContractData.MonthUsd;

    [Fact]
    public async Task Books_that_agree_show_no_difference()
    {
        var world = await BusyWorldAsync();
        var report = await world.Reconciliation().VerifyAsync(default);

        Assert.Empty(report.Differences);
        Assert.Equal((4, 2), (report.Entries, report.Accounts));
    }

    [Fact]
    public async Task Each_wrong_column_is_found_and_rebuilt_from_the_ledger()
    {
        var world = await BusyWorldAsync();
        var account = Account("payments");
        var right = world.Dollars("payments");
        world.Tables.Accounts.Correct(account, Usd, right, right with { Settled = 7m, Committed = 10m });

        var found = await world.Reconciliation().VerifyAsync(default);
        Assert.Equal(
            [DifferenceKind.Parts, DifferenceKind.Settled], found.Differences.Select(difference => difference.Kind));
        Assert.All(found.Differences, difference => Assert.True(difference.IsError));

        Assert.Equal(1, (await world.Reconciliation().RebuildAsync(default)).Corrected);
        Assert.Empty((await world.Reconciliation().VerifyAsync(default)).Differences);
        Assert.Equal(right.Committed, world.Dollars("payments").Committed);
    }

    [Fact]
    public async Task An_open_posting_is_told_and_not_taken_for_an_error()
    {
        var world = await BusyWorldAsync();
        await world.SettleAsync(
            [Line("r3", 0.5m)], (call, _) => call.Method == "Apply" ? Fate.Throttled : Fate.Normal);
        var report = await world.Reconciliation().RebuildAsync(default);

        Assert.Equal(DifferenceKind.PostingOpen, Assert.Single(report.Differences).Kind);
        Assert.Equal(0, report.Corrected);
        await world.SettleAsync([Line("r3", 0.5m)]);
        Assert.Empty((await world.Reconciliation().VerifyAsync(default)).Differences);
    }

    [Fact]
    public async Task A_hold_without_an_entry_is_left_to_expiry_and_a_missing_one_is_an_error()
    {
        var world = await BusyWorldAsync();
        world.Tables.Accounts.Reserve(new ReserveWrite(Account("search"), 1, [new(Usd, 1m)], [], []));
        world.Tables.Accounts.GiveBack(
            Account("payments"), HoldBucket.Containing(world.Time.Now), [new(Usd, 1m)]);
        var report = await world.Reconciliation().VerifyAsync(default);

        Assert.Equal(
            [DifferenceKind.HoldsMissing, DifferenceKind.HoldsLeft],
            report.Differences.Select(difference => difference.Kind));
        Assert.Equal([true, false], report.Differences.Select(difference => difference.IsError));
    }

    [Fact]
    public async Task An_account_that_is_booked_on_meanwhile_is_left_alone()
    {
        var world = await BusyWorldAsync();
        var right = world.Dollars("payments");
        world.Tables.Accounts.Correct(Account("payments"), Usd, right, right with { Settled = 7m });
        var report = await world.Reconciliation(call =>
        {
            if (call.Method == "ScanLedger")
            {
                world.SettleAsync([Line("r3", 0.5m)]).GetAwaiter().GetResult();
            }
        }).RebuildAsync(default);

        Assert.Equal(DifferenceKind.Busy, Assert.Single(report.Differences).Kind);
        Assert.Equal(0, report.Corrected);
    }

    [Fact]
    public async Task A_total_that_the_ledger_books_and_the_account_lacks_is_rebuilt()
    {
        var world = new SettlerFixture();
        world.Tables.Ledger.Write(ContractData.Measured(ContractData.Held("old"), 3m, "p0") with
        {
            Settled = [new AccountHold(Account("payments"), [new(Usd, 3m)])],
        });
        await world.Reconciliation().RebuildAsync(default);

        Assert.Equal((3m, 3m), (world.Dollars("payments").Settled, world.Dollars("payments").Committed));
    }

    [Theory]
    [InlineData("0.75", EntryState.Measured, "0.75")]
    [InlineData(null, EntryState.NotSent, "0")]
    public async Task An_operator_resolves_an_expired_entry(string? cost, EntryState state, string committed)
    {
        var world = new SettlerFixture();
        world.Admit("r1", 2m);
        world.Time.Now += TimeSpan.FromMinutes(40);
        await world.SweepAsync();
        var resolution = new Resolution(Domain.Usd.TryParse(cost, out var usd) ? usd : null, 10);
        await world.SettleAsync([resolution.For("r1", world.Time.Now)]);

        Assert.Equal(state, world.Tables.Ledger.Find("r1")!.State);
        Assert.Equal(committed, new Domain.Usd(world.Dollars("payments").Committed).ToString());
    }

    [Theory]
    [InlineData("r1")]
    [InlineData("nobody")]
    public async Task What_is_held_or_unknown_is_not_resolved_by_hand(string requestId)
    {
        var world = new SettlerFixture();
        world.Admit("r1", 2m);
        var report = await world.SettleAsync([new Resolution(null, 0).For(requestId, world.Time.Now)]);

        Assert.IsType<SettlementOutcome.Rejected>(Assert.Single(report.Outcomes));
        Assert.Equal(2m, world.Dollars("payments").Committed);
    }

    private static async Task<SettlerFixture> BusyWorldAsync()
    {
        var world = new SettlerFixture();
        world.Admit("r1", 1m);
        world.Admit("r2", 2m, "search");
        world.Admit("r3", 1m);
        world.Admit("r4", 1m);
        await world.SettleAsync([Line("r1", 0.5m), Line("r2", 1m, EntryState.Estimated)]);
        return world;
    }
}
