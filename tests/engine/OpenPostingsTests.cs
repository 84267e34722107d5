using AiGateway.Domain.Ledger;
using AiGateway.Engine.Tests.Contract;
using AiGateway.Engine.Tests.Fakes;
using static AiGateway.Engine.Tests.SettlerFixture;

namespace AiGateway.Engine.Tests;

/// <summary>How the postings of an account are applied, and when they are left to the next batch.</summary>
public sealed class OpenPostingsTests
{
    private static readonly PostingRefusal Missing = new(false, [(ContractData.MonthUsd, 1L)]);

    private readonly SettlerFixture world = new();

    [Fact]
    public async Task The_oldest_posting_is_applied_first_whatever_the_order_of_the_answer()
    {
        foreach (var id in (string[])["0003", "0001", "0002"])
        {
            Open(id);
        }

        var applied = new List<string>();
        world.Network.Answers = call => call.Method == "ReadOpen"
            ? new StoreResult<IReadOnlyList<Posting>>.Done([.. world.Tables.OpenPostings.OrderByDescending(posting => posting.Id)])
            : null;
        world.Network.Applied = call => applied.AddRange(
            call.Method == "Apply" ? [call.Items[1][^4..]] : (string[])[]);
        await world.SettleAsync([Line("r1", 0.5m)]);

        Assert.Equal(["0001", "0002", "0003"], applied.Take(3));
    }

    [Theory]
    [InlineData(49, 1)]
    [InlineData(50, 100)]
    public async Task An_account_that_is_posted_to_without_end_is_left_after_a_hundred_pages(int shown, int pages)
    {
        Open("0001");
        var posting = world.Tables.OpenPostings.Single();
        world.Network.Answers = call => call.Method == "ReadOpen"
            ? new StoreResult<IReadOnlyList<Posting>>.Done([.. Enumerable.Repeat(posting, shown)])
            : null;
        var report = await world.SettleAsync([Line("r1", 0.5m)]);

        Assert.Equal(pages, world.Network.Calls.Count(call => call == "ReadOpen"));
        Assert.Equal(pages == 1 ? [] : [Account("unheld")], report.PostingsLeftOpen);
    }

    /// <summary>Each hold of a posting that is gone is left out once; more often nothing can be missing.</summary>
    [Fact]
    public async Task A_posting_that_always_misses_a_hold_is_left_after_twenty_tries()
    {
        world.Network.Answers = call => call.Method == "Apply" ? new StoreResult<PostingRefusal>.Refused(Missing) : null;
        var report = await world.SettleAsync([Line("r1", 0.5m)]);

        Assert.Equal(20, world.Network.Calls.Count(call => call == "Apply"));
        Assert.Equal([Account("unheld")], report.PostingsLeftOpen);
    }

    [Fact]
    public async Task A_posting_that_somebody_else_applied_is_done_and_the_next_one_is_applied()
    {
        Open("0001");
        var isFirst = true;
        world.Network.OnItsWay = call =>
        {
            if (call.Method == "Apply" && isFirst)
            {
                isFirst = false;
                world.Tables.Apply(world.Tables.OpenPostings.First());
            }

            return Task.CompletedTask;
        };
        var report = await world.SettleAsync([Line("r1", 0.5m)]);

        Assert.Empty(report.PostingsLeftOpen);
        Assert.Empty(world.Tables.OpenPostings);
        Assert.Equal(1.5m, world.Dollars("unheld").Settled);
    }

    [Theory]
    [InlineData("ReadOpen", Fate.Throttled)]
    [InlineData("ReadOpen", Fate.Unreachable)]
    [InlineData("Apply", Fate.Conflict)]
    [InlineData("Apply", Fate.RequestLost)]
    public async Task What_the_store_does_not_let_now_is_left_and_the_other_accounts_are_finished(string method, Fate fate)
    {
        world.Admit("r1", 1m);
        world.Admit("r2", 1m, "search");
        var isFirst = true;
        var failing = 0;
        var report = await world.SettleAsync([Line("r1", 0.5m), Line("r2", 0.5m)], (call, _) =>
        {
            isFirst &= failing < 12;
            failing += call.Method == method ? 1 : 0;
            return isFirst && call.Method == method ? fate : Fate.Normal;
        });

        Assert.Equal([Account("payments")], report.PostingsLeftOpen);
        Assert.Equal((0m, 0.5m), (world.Dollars("payments").Settled, world.Dollars("search").Settled));
        Assert.Equal(2, report.Outcomes.OfType<SettlementOutcome.Booked>().Count());
    }

    [Theory]
    [InlineData("ReadOpen", Fate.Denied, "Denied: scripted")]
    [InlineData("ReadOpen", Fate.Malformed, "Malformed: scripted")]
    [InlineData("Apply", Fate.Denied, "Denied: scripted")]
    [InlineData("Apply", Fate.Malformed, "Malformed: scripted")]
    [InlineData("Apply", Fate.Normal, "Malformed: Refused without a reason.")]
    public async Task A_bug_is_told_with_the_account(string method, Fate fate, string told)
    {
        world.Network.Answers = call => fate == Fate.Normal && call.Method == method
            ? new StoreResult<PostingRefusal>.Refused(PostingRefusal.None)
            : null;
        var failed = await Assert.ThrowsAsync<StoreFailedException>(
            () => world.SettleAsync([Line("r1", 0.5m)], (call, _) => call.Method == method ? fate : Fate.Normal));

        Assert.Equal($"postings of {Account("unheld")}: {told}", failed.Message);
    }

    /// <summary>A later figure takes the charge back: it must be on the account by then.</summary>
    [Theory]
    [InlineData(EntryState.Expired, true)]
    [InlineData(EntryState.Estimated, false)]
    public async Task The_charge_of_an_expired_entry_is_applied_before_a_later_figure_takes_it_back(EntryState state, bool isAppliedFirst)
    {
        world.Admit("r1", 1m);
        Task<SettlementReport> Book() => world.SettleAsync(
            [Line("r1", 0.5m)], (call, _) => call.Method == "Apply" ? Fate.Throttled : Fate.Normal);
        await world.SettleAsync(
            [Line("r1", 1m, state)], (call, _) => call.Method == "Apply" ? Fate.Throttled : Fate.Normal);

        if (isAppliedFirst)
        {
            var failed = await Assert.ThrowsAsync<StoreFailedException>(Book);
            Assert.Equal(
                $"postings of {Account("payments")}: Unreachable: The charge of an expired entry could not be applied.", failed.Message);
            Assert.DoesNotContain("Settle", world.Network.Calls);
        }
        else
        {
            Assert.Equal([Account("payments")], (await Book()).PostingsLeftOpen);
        }

        await world.SettleAsync([Line("r1", 0.5m)]);
        Assert.Equal((0.5m, 0m), (world.Dollars("payments").Settled, world.Dollars("payments").Estimated));
    }

    [Fact]
    public async Task An_expired_entry_that_charged_nothing_needs_nothing_to_be_applied()
    {
        world.Tables.Ledger.Write(ContractData.Held("r1", ContractData.AttemptOf("a1", 0m)) with { State = EntryState.Expired });
        await world.SettleAsync([Line("r1", 0.5m)]);

        Assert.Equal(["ReadEntries", "Settle"], world.Network.Calls.Take(2));
    }

    private void Open(string id) =>
        world.Tables.Settle([], [new Posting(Account("unheld"), id, [new(ContractData.MonthUsd, 1m, 0m, [])])]);
}
