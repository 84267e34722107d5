using AiGateway.Domain.Ledger;
using AiGateway.Engine.Tests.Contract;
using AiGateway.Engine.Tests.Fakes;
using static AiGateway.Engine.Tests.SettlerFixture;

namespace AiGateway.Engine.Tests;

public sealed class SettlerTests
{
    [Fact]
    public async Task A_batch_is_one_read_one_transaction_and_one_application_for_each_account()
    {
        var world = new SettlerFixture();
        world.Admit("r1", 1m);
        world.Admit("r2", 2m);
        world.Admit("r3", 4m, "search");
        var report = await world.SettleAsync([Line("r1", 0.5m), Line("r2", 1.5m), Line("r3", 3m)]);

        Assert.Equal(3, report.Outcomes.OfType<SettlementOutcome.Booked>().Count());
        Assert.Empty(report.PostingsLeftOpen);
        Assert.Equal(
            ["ReadEntries", "Settle", "ReadOpen", "Apply", "ReadOpen", "Apply"],
            world.Network.Calls);
        Assert.Equal((2m, 2m), (world.Dollars("payments").Settled, world.Dollars("payments").Committed));
        Assert.Equal((3m, 3m), (world.Dollars("search").Settled, world.Dollars("search").Committed));
    }

    [Fact]
    public async Task An_estimate_that_turns_out_to_be_nothing_is_taken_back_at_once_where_there_was_no_hold()
    {
        var world = new SettlerFixture();
        await world.SettleAsync([Line("r1", 0.5m, EntryState.Estimated)]);
        await world.SettleAsync([Line("r1", 0m)]);

        Assert.Equal((0m, 0m), (world.Dollars("unheld").Estimated, world.Dollars("unheld").Committed));
        Assert.Empty(world.Tables.OpenPostings);
    }

    /// <summary>Only where so many are open that one read may not have shown them all, it reads again.</summary>
    [Theory]
    [InlineData(10, 1)]
    [InlineData(60, 2)]
    public async Task Postings_that_crashes_left_open_are_all_applied(int open, int reads)
    {
        var world = new SettlerFixture();
        for (var number = 0; number < open - 1; number++)
        {
            world.Tables.Settle([], [new Posting(Account("payments"), $"{number:D8}", [new(ContractData.MonthUsd, 1m, 0m, [])])]);
        }

        world.Admit("r1", 1m);
        await world.SettleAsync([Line("r1", 1m)]);

        Assert.Equal(reads, world.Network.Calls.Count(call => call == "ReadOpen"));
        Assert.Equal(((decimal)open, (decimal)open), (world.Dollars("payments").Settled, world.Dollars("payments").Committed));
    }

    [Fact]
    public async Task A_redelivered_batch_changes_nothing()
    {
        var world = new SettlerFixture();
        world.Admit("r1", 1m);
        await world.SettleAsync([Line("r1", 0.5m), Line("r2", 0.25m)]);
        var before = world.Books();
        var report = await world.SettleAsync([Line("r2", 0.25m), Line("r1", 0.5m), Line("r1", 0.5m)]);

        Assert.All(report.Outcomes, outcome => Assert.IsType<SettlementOutcome.Duplicate>(outcome));
        Assert.Equal(before, world.Books());
    }

    [Fact]
    public async Task Two_lines_of_one_request_in_a_batch_are_booked_one_after_the_other()
    {
        var world = new SettlerFixture();
        world.Admit("r1", 1m);
        await world.SettleAsync([Line("r1", 1m, EntryState.Estimated), Line("r1", 0.5m)]);

        Assert.Equal((0.5m, 0m, 0.5m), Sums(world.Dollars("payments")));
    }

    [Fact]
    public async Task Of_two_lines_of_one_rank_the_first_counts()
    {
        var world = new SettlerFixture();
        world.Admit("r1", 1m);
        var report = await world.SettleAsync([Line("r1", 0.5m), Line("r2", 1m), Line("r1", 0.75m), Line("r1", 0.25m)]);

        Assert.Equal((0.5m, 0m, 0.5m), Sums(world.Dollars("payments")));
        Assert.Equal(["r1", "r2"], report.Outcomes.OfType<SettlementOutcome.Booked>().Select(booked => booked.RequestId));
        Assert.Equal(["r1", "r1"], report.Outcomes.OfType<SettlementOutcome.Duplicate>().Select(twice => twice.RequestId));
    }

    [Fact]
    public async Task Hundreds_of_requests_are_split_into_transactions_of_at_most_a_hundred_items()
    {
        var world = new SettlerFixture();
        var lines = Enumerable.Range(0, 250).Select(n => Line($"r{n:D3}", 0.01m)).ToList();
        for (var n = 0; n < lines.Count; n++)
        {
            world.Admit($"r{n:D3}", 0.02m, $"team{n % 7}");
        }

        var report = await world.SettleAsync(lines);

        Assert.Equal(250, report.Outcomes.OfType<SettlementOutcome.Booked>().Count());
        Assert.Equal(2.5m, Enumerable.Range(0, 7).Sum(team => world.Dollars($"team{team}").Settled));
        Assert.Equal(2.5m, Enumerable.Range(0, 7).Sum(team => world.Dollars($"team{team}").Committed));
    }

    [Fact]
    public async Task A_request_that_cannot_be_stored_is_bisected_out_and_the_others_are_booked()
    {
        var world = new SettlerFixture();
        List<SettlementRequest> lines = [.. Enumerable.Range(0, 9).Select(n => Line($"r{n}", 0.5m))];
        lines[4] = Line("poison", 0.5m);
        var report = await world.SettleAsync(
            lines, (call, _) => call.Items.Contains("poison") ? Fate.Malformed : Fate.Normal);

        var rejected = Assert.Single(report.Outcomes.OfType<SettlementOutcome.Rejected>());
        Assert.Equal(("poison", "scripted"), (rejected.RequestId, rejected.Reason));
        Assert.Equal(8, report.Outcomes.OfType<SettlementOutcome.Booked>().Count());
        Assert.Equal(4m, world.Dollars("unheld").Settled);
    }

    [Fact]
    public async Task A_line_whose_own_figures_fail_is_rejected_with_its_reason()
    {
        var world = new SettlerFixture();
        var bad = new SettlementRequest("bad", _ => throw new OverflowException("Too many tokens."));
        var report = await world.SettleAsync([bad, Line("r1", 0.5m)]);

        Assert.Equal(
            "Too many tokens.", Assert.Single(report.Outcomes.OfType<SettlementOutcome.Rejected>()).Reason);
        Assert.Single(report.Outcomes.OfType<SettlementOutcome.Booked>());
    }

    [Fact]
    public async Task A_settlement_whose_answer_was_lost_is_told_as_booked()
    {
        var world = new SettlerFixture();
        world.Admit("r1", 1m);
        var report = await world.SettleAsync(
            [Line("r1", 0.5m)], (_, number) => number == 2 ? Fate.AnswerLost : Fate.Normal);

        Assert.IsType<SettlementOutcome.Booked>(Assert.Single(report.Outcomes));
        Assert.Equal((0.5m, 0m, 0.5m), Sums(world.Dollars("payments")));
    }

    [Fact]
    public async Task What_another_worker_booked_meanwhile_drops_out_and_the_rest_is_booked()
    {
        var world = new SettlerFixture();
        world.Admit("r1", 1m);
        world.Admit("r2", 1m);
        var isOther = true;
        world.Network.Applied = call =>
        {
            if (isOther && call.Method == "ReadEntries")
            {
                isOther = false;
                world.SettleAsync([Line("r1", 0.5m)]).GetAwaiter().GetResult();
            }
        };
        var report = await world.SettleAsync([Line("r1", 0.5m), Line("r2", 0.25m)]);

        Assert.Equal("r1", Assert.Single(report.Outcomes.OfType<SettlementOutcome.Duplicate>()).RequestId);
        Assert.Equal("r2", Assert.Single(report.Outcomes.OfType<SettlementOutcome.Booked>()).RequestId);
        Assert.Equal((0.75m, 0m, 0.75m), Sums(world.Dollars("payments")));
    }

    [Fact]
    public async Task Where_another_worker_booked_all_of_it_nothing_more_is_written()
    {
        var world = new SettlerFixture();
        world.Admit("r1", 1m);
        BookedByAnother(world, EntryState.Measured, 0.5m);
        var report = await world.SettleAsync([Line("r1", 0.5m)]);

        Assert.IsType<SettlementOutcome.Duplicate>(Assert.Single(report.Outcomes));
        Assert.Equal(["ReadEntries", "Settle", "ReadEntries", "ReadOpen", "Apply"], world.Network.Calls);
        Assert.Equal((0.5m, 0m, 0.5m), Sums(world.Dollars("payments")));
    }

    /// <summary>A sweep expired it after it was read, and was killed before the charge was on the account.</summary>
    [Fact]
    public async Task The_charge_of_an_entry_that_expired_meanwhile_is_applied_before_it_is_taken_back()
    {
        var world = new SettlerFixture();
        world.Admit("r1", 1m);
        BookedByAnother(world, EntryState.Expired, 1m);
        await world.SettleAsync([Line("r1", 0.5m)]);

        Assert.Equal(
            ["ReadEntries", "Settle", "ReadEntries", "ReadOpen", "Apply", "Settle", "ReadOpen", "Apply"], world.Network.Calls);
        Assert.Equal((0.5m, 0m), (world.Dollars("payments").Settled, world.Dollars("payments").Estimated));
    }

    /// <summary>Its entry names no account any more: only the transaction tells which one got the estimate back.</summary>
    [Fact]
    public async Task What_was_booked_although_its_answer_was_lost_is_applied_at_once()
    {
        var world = new SettlerFixture();
        await world.SettleAsync([Line("r1", 0.5m, EntryState.Estimated)]);
        await world.SettleAsync([Line("r1", 0m)], (call, number) => call.Method == "Settle" && number == 2 ? Fate.AnswerLost : Fate.Normal);

        Assert.Equal((0m, 0m), (world.Dollars("unheld").Estimated, world.Dollars("unheld").Committed));
        Assert.Empty(world.Tables.OpenPostings);
    }

    [Fact]
    public async Task A_request_that_was_not_sent_changes_no_account_and_asks_for_none()
    {
        var world = new SettlerFixture();
        world.Admit("r1", 1m);
        await world.SettleAsync([Line("r1", 0m, EntryState.NotSent)]);

        Assert.Equal(["ReadEntries", "Settle"], world.Network.Calls);
    }

    [Fact]
    public async Task A_posting_whose_hold_has_expired_is_applied_without_it()
    {
        var world = new SettlerFixture();
        world.Admit("r1", 1m);
        world.Tables.Accounts.ExpireBucket(
            Account("payments"), ContractData.MonthUsd, new(HoldBucket.Containing(world.Time.Now), 1m));
        await world.SettleAsync([Line("r1", 0.5m)]);

        Assert.Equal((0.5m, 0m, 0.5m), Sums(world.Dollars("payments")));
    }

    [Fact]
    public async Task A_store_that_stays_away_throws_and_a_busy_account_is_left_for_the_next_batch()
    {
        var world = new SettlerFixture();
        world.Admit("r1", 1m);
        await Assert.ThrowsAsync<StoreFailedException>(
            () => world.SettleAsync([Line("r1", 0.5m)], (_, _) => Fate.Unreachable));
        var report = await world.SettleAsync(
            [Line("r1", 0.5m)], (call, _) => call.Method == "Apply" ? Fate.Conflict : Fate.Normal);

        Assert.Equal([Account("payments")], report.PostingsLeftOpen);
        Assert.Equal((0m, 0m, 1m), Sums(world.Dollars("payments")));

        await world.SettleAsync([Line("r1", 0.5m)]);
        Assert.Equal((0.5m, 0m, 0.5m), Sums(world.Dollars("payments")));
    }

    [Fact]
    public async Task A_missing_permission_throws_at_once()
    {
        var world = new SettlerFixture();
        var failed = await Assert.ThrowsAsync<StoreFailedException>(
            () => world.SettleAsync([Line("r1", 0.5m)], (_, _) => Fate.Denied));

        Assert.Equal(StoreFault.Denied, failed.Fault);
        Assert.Single(world.Network.Calls);
    }

    // Another worker settles the request r1 just before this one's transaction, and is killed before it is applied.
    private static void BookedByAnother(SettlerFixture world, EntryState state, decimal usd)
    {
        var isDone = false;
        world.Network.OnItsWay = call =>
        {
            if (!isDone && call.Method == "Settle")
            {
                isDone = true;
                var line = Line("r1", usd, state);
                var step = (SettlementStep.Write)Transitions.Settle(world.Tables.Ledger.Find("r1"), "r1", line.BookingFor(null));
                var pack = new SettlementPack([new PendingStep(line, step)]);
                world.Tables.Settle(pack.EntryWrites("other"), pack.Postings("other"));
            }

            return Task.CompletedTask;
        };
    }

    private static (decimal Settled, decimal Estimated, decimal Committed) Sums(RunningTotal total) =>
        (total.Settled, total.Estimated, total.Committed);
}
