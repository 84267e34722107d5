using AiGateway.Domain.Budgets;
using AiGateway.Domain.Ledger;
using AiGateway.Engine.Tests.Contract;
using AiGateway.Engine.Tests.Fakes;

namespace AiGateway.Engine.Tests;

/// <summary>A sweep meets many accounts, postings and entries: it reads all pages, but not without end.</summary>
public sealed class SweepPageTests
{
    private readonly SweepWorld world = new SweepWorld().Following();

    [Fact]
    public async Task Every_account_of_every_page_is_released()
    {
        for (var team = 0; team < 25; team++)
        {
            world.Hold($"t{team}", world.Newest - team, 1m);
        }

        var report = await world.RunAsync();

        Assert.Equal((25, null), (report.Released, report.LeftForNext));
        Assert.All(Enumerable.Range(0, 25), team => Assert.Equal(0m, world.Dollars($"t{team}").Committed));
        Assert.Equal(3, world.Network.Calls.Count(call => call == "Scan"));
    }

    [Fact]
    public async Task Every_entry_of_every_page_of_one_key_of_the_index_is_expired()
    {
        List<string> ids = [.. Enumerable.Range(0, 2_000).Select(number => $"r{number}").Where(id => OpenIndex.ShardOf(id) == 3).Take(60)];
        foreach (var id in ids)
        {
            world.Admit(id, 1m);
        }

        var report = await world.RunAsync();

        Assert.Equal((60, 1), (report.Expired, report.Released));
        Assert.Equal((60m, 60m), (world.Dollars().Estimated, world.Dollars().Committed));
        Assert.All(ids, id => Assert.Equal(EntryState.Expired, world.Tables.Ledger.Find(id)!.State));
    }

    [Fact]
    public async Task An_expired_entry_says_so_and_when()
    {
        var now = world.Time.Now;
        world.Admit("r1", 2m);
        await world.RunAsync();
        var entry = world.Tables.Ledger.Find("r1")!;

        Assert.Equal(("expired", now, "payments"), (entry.Result!.Reason, entry.Result.SettledAt, entry.Team));
        Assert.Equal((2m, 0m), (entry.Result.Cost!.Value.Amount, entry.Result.Overrun.Amount));
    }

    [Fact]
    public async Task An_entry_that_holds_nothing_expires_and_charges_nothing()
    {
        var entry = ContractData.Held("r1", ContractData.AttemptOf("a1", 2m, world.Newest) with { Holds = [] });
        world.Tables.Ledger.PutHeld(entry);

        Assert.Equal(1, (await world.RunAsync()).Expired);
        Assert.Empty(world.Tables.Ledger.Find("r1")!.Estimated);
        Assert.Empty(world.Tables.Accounts.All);
    }

    [Fact]
    public async Task The_postings_of_every_page_are_applied_and_each_account_is_asked_for_once()
    {
        foreach (var team in Enumerable.Range(0, 15))
        {
            Open($"t{team}", "0001");
            Open($"t{team}", "0002");
        }

        await world.RunAsync();

        Assert.Empty(world.Tables.OpenPostings);
        Assert.Equal(30m, Enumerable.Range(0, 15).Sum(team => world.Dollars($"t{team}").Settled));
        Assert.Equal(15, world.Network.Calls.Count(call => call == "ReadOpen"));
    }

    [Theory]
    [InlineData("Scan", "There are more than 10000 pages of accounts.", 10_000)]
    [InlineData("QueryOpen", "The open index has more than 1000 pages in bucket", 1_000)]
    public async Task Pages_without_end_are_a_bug_that_is_told(string method, string told, int pages)
    {
        world.Network.Answers = call => Endless(call, method);
        var failed = await Assert.ThrowsAsync<InvalidOperationException>(() => world.RunAsync());

        Assert.StartsWith(told, failed.Message);
        Assert.Equal(pages, world.Network.Calls.Count(call => call == method));
    }

    /// <summary>The type of the answer says which call it is: an entry's look and a probe's are one kind of call.</summary>
    [Theory]
    [InlineData("ScanOpen", "open postings: Throttled: busy")]
    [InlineData("PutProbe", "index probe: Throttled: busy")]
    [InlineData("Probe", "index probe: Throttled: busy")]
    [InlineData("QueryOpen", "open index: Throttled: busy")]
    [InlineData("Scan", "account scan: Throttled: busy")]
    [InlineData("ReadAccount", "account: Throttled: busy")]
    [InlineData("ReadAccountAgain", "account: Throttled: busy")]
    public async Task A_call_without_an_answer_is_named_and_ends_the_sweep(string method, string told)
    {
        world.Hold("payments", world.Newest, 1m);
        world.Network.Answers = call => (call.Method, method) switch
        {
            ("ScanOpen", "ScanOpen") => new StoreResult<PostingPage>.Failed(StoreFault.Throttled, "busy"),
            ("PutProbe", "PutProbe") => new StoreResult<DateTimeOffset>.Failed(StoreFault.Throttled, "busy"),
            ("QueryOpen", "Probe") => new StoreResult<DateTimeOffset?>.Failed(StoreFault.Throttled, "busy"),
            ("QueryOpen", "QueryOpen") => new StoreResult<OpenPage>.Failed(StoreFault.Throttled, "busy"),
            ("Scan", "Scan") => new StoreResult<AccountPage>.Failed(StoreFault.Throttled, "busy"),
            ("ReadAccount", "ReadAccountAgain") when world.Network.Calls.Contains("ExpireBucket") =>
                new StoreResult<AccountTotals?>.Failed(StoreFault.Throttled, "busy"),
            ("ReadAccount", "ReadAccount") => new StoreResult<AccountTotals?>.Failed(StoreFault.Throttled, "busy"),
            _ => null,
        };

        Assert.Equal(told, (await Assert.ThrowsAsync<StoreFailedException>(() => world.RunAsync())).Message);
        Assert.Equal(method == "ReadAccountAgain" ? 0m : 1m, world.Dollars().Committed);
    }

    /// <summary>They are written while they are read: the next sweep goes on.</summary>
    [Fact]
    public async Task Postings_without_end_keep_no_sweep_from_releasing()
    {
        world.Hold("payments", world.Newest, 1m);
        world.Network.Answers = call => Endless(call, "ScanOpen");

        Assert.Equal(1, (await world.RunAsync()).Released);
        Assert.Equal(10_000, world.Network.Calls.Count(call => call == "ScanOpen"));
    }

    /// <summary>Its holds may be needed by what is not applied yet.</summary>
    [Fact]
    public async Task An_account_whose_postings_cannot_be_applied_is_left_and_the_others_are_released()
    {
        world.Hold("payments", world.Newest, 1m);
        world.Hold("search", world.Newest, 1m);
        Open("payments", "0001");
        world.Network.Answers = call => call.Method == "Apply" ? new StoreResult<PostingRefusal>.Failed(StoreFault.Throttled, "busy") : null;
        var report = await world.RunAsync();

        Assert.Equal(
            (1, $"Postings of {SettlerFixture.Account("payments")} could not be applied."), (report.Released, report.LeftForNext));
        Assert.Equal((1m, 0m), (world.Dollars().Committed, world.Dollars("search").Committed));
    }

    [Fact]
    public async Task A_bucket_that_changed_since_it_was_seen_is_left_to_the_next_sweep()
    {
        world.Hold("payments", world.Newest, 1m);
        world.Hold("payments", world.Newest - 1, 1m);
        var newest = world.Newest;
        var isHeld = false;
        world.Network.OnItsWay = call =>
        {
            if (call.Method == "ExpireBucket" && !isHeld)
            {
                isHeld = true;
                world.Hold("payments", newest, 4m);
            }

            return Task.CompletedTask;
        };
        var report = await world.RunAsync();

        Assert.Equal(1, report.Released);
        Assert.Equal((5m, 5m), (world.Dollars().Buckets[newest], world.Dollars().Committed));
    }

    [Fact]
    public async Task An_account_that_is_gone_when_it_is_to_be_released_has_nothing_to_release()
    {
        world.Hold("payments", world.Newest, 1m);
        world.Network.Answers = call => call.Method == "ReadAccount" ? new StoreResult<AccountTotals?>.Done(null) : null;
        var report = await world.RunAsync();

        Assert.Equal((0, null), (report.Released, report.LeftForNext));
    }

    [Fact]
    public async Task Totals_that_are_over_are_removed_four_at_once()
    {
        var over = Enumerable.Range(0, 9).Select(minute => new TotalAmount(new Total($"n{minute + 1}", Dimension.Requests), 1m)).ToList();
        world.Tables.Accounts.Reserve(new ReserveWrite(SettlerFixture.Account("payments"), world.Newest + 2, over, [], []));
        await world.RunAsync();

        Assert.Empty(world.Tables.Accounts.Read(SettlerFixture.Account("payments"))!.Totals);
        Assert.Equal(3, world.Network.Calls.Count(call => call == "Remove"));
        Assert.DoesNotContain("ReadOpen", world.Network.Calls);
    }

    private void Open(string team, string id) => world.Tables.Settle(
        [], [new Posting(SettlerFixture.Account(team), id, [new(ContractData.MonthUsd, 1m, 0m, [])])]);

    private static object? Endless(StoreCall call, string method) => (call.Method == method, method) switch
    {
        (true, "Scan") => new StoreResult<AccountPage>.Done(new AccountPage([], "next")),
        (true, "QueryOpen") => new StoreResult<OpenPage>.Done(new OpenPage([], "next")),
        (true, "ScanOpen") => new StoreResult<PostingPage>.Done(new PostingPage([], "next")),
        _ => null,
    };
}
