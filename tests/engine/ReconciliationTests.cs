using AiGateway.Domain.Ledger;
using AiGateway.Engine.Tests.Contract;
using AiGateway.Engine.Tests.Fakes;
using AiGateway.Engine.Tests.Simulation;
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

    [Fact]
    public async Task All_accounts_of_all_pages_are_compared_in_their_order()
    {
        var world = new SettlerFixture();
        List<string> teams = [.. Enumerable.Range(0, 25).Select(number => $"t{24 - number:D2}")];
        foreach (var team in teams)
        {
            world.Admit($"r-{team}", 1m, team);
            world.Tables.Accounts.Drift(Account(team), Usd, 2m, isSettled: true);
        }

        var report = await world.Reconciliation().VerifyAsync(default);

        Assert.Equal((25, 25, 0), (report.Entries, report.Accounts, report.Corrected));
        Assert.Equal(teams.Order().Select(Account), report.Differences.Select(difference => difference.Account));
        Assert.Equal(25, (await world.Reconciliation().RebuildAsync(default)).Corrected);
        Assert.Empty((await world.Reconciliation().VerifyAsync(default)).Differences);
    }

    [Fact]
    public async Task What_changed_since_it_was_compared_is_not_corrected()
    {
        var world = await BusyWorldAsync();
        world.Tables.Accounts.Drift(Account("payments"), Usd, 2m, isSettled: true);
        var wrong = world.Dollars("payments");
        var report = await world.Reconciliation(onItsWay: call => world.Tables.Accounts.Drift(
            Account("payments"), Usd, call.Method == "Correct" ? 1m : 0m, isSettled: true)).RebuildAsync(default);

        Assert.Equal(0, report.Corrected);
        Assert.Equal(wrong.Settled + 1m, world.Dollars("payments").Settled);
    }

    [Fact]
    public async Task A_correction_that_fails_is_told_with_its_account()
    {
        var world = await BusyWorldAsync();
        world.Tables.Accounts.Drift(Account("payments"), Usd, 2m, isSettled: true);
        var failed = await Assert.ThrowsAsync<StoreFailedException>(() => world.Reconciliation(
            script: (call, _) => call.Method == "Correct" ? Fate.Denied : Fate.Normal).RebuildAsync(default));

        Assert.Equal($"account {Account("payments")}: Denied: scripted", failed.Message);
    }

    /// <summary>A missing hold ends as its entry is settled: nothing is made up for it.</summary>
    [Fact]
    public async Task A_missing_hold_is_told_and_not_corrected()
    {
        var world = await BusyWorldAsync();
        world.Tables.Accounts.GiveBack(Account("payments"), HoldBucket.Containing(world.Time.Now), [new(Usd, 1m)]);
        var report = await world.Reconciliation().RebuildAsync(default);

        Assert.Equal(DifferenceKind.HoldsMissing, Assert.Single(report.Differences).Kind);
        Assert.Equal((0, 0), (report.Corrected, world.Tables.Accounts.Corrections));
    }

    [Theory]
    [InlineData("Scan", "account scan: Throttled: scripted")]
    [InlineData("ScanLedger", "ledger scan: Throttled: scripted")]
    [InlineData("ReadAccount", "account team#payments@2026-11: Throttled: scripted")]
    [InlineData("ReadOpen", "postings of team#payments@2026-11: Throttled: scripted")]
    public async Task A_read_that_fails_ends_it(string method, string told)
    {
        var world = await BusyWorldAsync();
        var failed = await Assert.ThrowsAsync<StoreFailedException>(() => world.Reconciliation(
            script: (call, _) => call.Method == method ? Fate.Throttled : Fate.Normal).VerifyAsync(default));

        Assert.Equal(told, failed.Message);
    }

    [Theory]
    [Trait("Takes", "long")]
    [InlineData(true, "There are more than 1000000 pages of accounts.")]
    [InlineData(false, "There are more than 1000000 pages of entries.")]
    public async Task Pages_without_end_are_a_bug_that_is_told(bool isOfAccounts, string told)
    {
        var store = new EndlessStore(FakeStore.Perfect(new FakeTables()), isOfAccounts);
        var books = new Reconciliation(store, store, store, new ManualTime().Pacing());
        var failed = await Assert.ThrowsAsync<InvalidOperationException>(() => books.VerifyAsync(default));

        Assert.Equal((told, 1_000_000), (failed.Message, store.Pages));
    }

    [Fact]
    public async Task What_an_operator_tells_is_booked_in_every_dimension_and_says_who_told_it()
    {
        var world = new SettlerFixture();
        var tokens = ContractData.MonthTokens;
        var attempt = world.Attempt("r1", 2m, "payments") with
        {
            Holds = [new AccountHold(Account("payments"), [new(Usd, 2m), new(tokens, 100m), new(ContractData.DayRequests, 1m)])],
        };
        world.Tables.Ledger.Write(ContractData.Held("r1", attempt) with { State = EntryState.Expired });
        await world.SettleAsync([new Resolution(new Domain.Usd(0.75m), 10).For("r1", world.Time.Now)]);
        var totals = world.Tables.Accounts.Read(Account("payments"))!;

        Assert.Equal((0.75m, 10m, 1m), (totals[Usd].Settled, totals[tokens].Settled, totals[ContractData.DayRequests].Settled));
        var result = world.Tables.Ledger.Find("r1")!.Result!;
        Assert.Equal(("resolved_by_operator", world.Time.Now, 0m), (result.Reason, result.SettledAt, result.Overrun.Amount));
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

    // Pages that never end but for the fuse, answered from memory: a million of them are read in no time.
    private sealed class EndlessStore(FakeStore inner, bool isOfAccounts)
        : PassThrough(new PlantedStores(inner, inner, inner)), ILedgerStore
    {
        private static readonly Task<StoreResult<AccountPage>> Accounts = Task.FromResult<StoreResult<AccountPage>>(
            new StoreResult<AccountPage>.Done(new AccountPage([], "next")));

        private static readonly Task<StoreResult<LedgerPage>> Entries = Task.FromResult<StoreResult<LedgerPage>>(
            new StoreResult<LedgerPage>.Done(new LedgerPage([], "next")));

        private readonly Fuse fuse = new(1_100_000);

        public int Pages { get; private set; }

        public override Task<StoreResult<AccountPage>> ScanAsync(string? cursor, CancellationToken stop)
        {
            if (!isOfAccounts)
            {
                return base.ScanAsync(cursor, stop);
            }

            Turn("Scan");
            return Accounts;
        }

        Task<StoreResult<LedgerPage>> ILedgerStore.ScanAsync(string? cursor, CancellationToken stop)
        {
            Turn("ScanLedger");
            return Entries;
        }

        private void Turn(string method)
        {
            Pages++;
            fuse.Count(new StoreCall(method, []));
        }
    }
}
