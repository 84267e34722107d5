using AiGateway.Domain.Budgets;
using AiGateway.Domain.Ledger;
using AiGateway.Engine.Tests.Contract;

namespace AiGateway.Engine.Tests;

/// <summary>One account against the ledger: which differences are told, and what would be right.</summary>
public static class ComparisonTests
{
    private static readonly AccountKey Team = SettlerFixture.Account("payments");
    private static readonly Total Month = ContractData.MonthUsd;

    /// <summary>The account's committed, settled, estimated and held; the ledger settles 5, estimates 2 and holds 3.</summary>
    [Theory]
    [InlineData("10 5 2 3", "")]
    [InlineData("11 5 2 3", "Parts 11 10")]
    [InlineData("11 6 2 3", "Settled 6 5")]
    [InlineData("9 5 1 3", "Estimated 1 2")]
    [InlineData("9 5 2 2", "HoldsMissing 2 3")]
    [InlineData("11 5 2 4", "HoldsLeft 4 3")]
    [InlineData("0 0 0 0", "Settled 0 5, Estimated 0 2, HoldsMissing 0 3")]
    [InlineData("1 6 1 4", "Parts 1 11, Settled 6 5, Estimated 1 2, HoldsLeft 4 3")]
    public static void A_wrong_column_is_told_with_what_it_should_be(string account, string told)
    {
        var look = Look(account, Month);

        Assert.Equal(told, Told(Comparison.Of(Team, look, look, Ledger(Month))));
        Assert.Equal((5m, 2m), (Corrected(look, Month).Settled, Corrected(look, Month).Estimated));
        Assert.Equal(7m + look[Month].Buckets.Values.Sum(), Corrected(look, Month).Committed);
    }

    /// <summary>Minutes, hours and days leave the item: of these only the parts can be compared, and nothing is rebuilt.</summary>
    [Theory]
    [InlineData("M", true)]
    [InlineData("Q", true)]
    [InlineData("d12", false)]
    [InlineData("h1k2j3", false)]
    [InlineData("n21153e", false)]
    public static void Of_windows_that_are_removed_only_the_parts_are_compared(string window, bool isKept)
    {
        var total = new Total(window, Dimension.Usd);
        var look = Look("9 7 1 2", total);

        Assert.Equal(
            isKept ? "Parts 9 10, Settled 7 5, Estimated 1 2, HoldsMissing 2 3" : "Parts 9 10",
            Told(Comparison.Of(Team, look, look, Ledger(total))));
        var right = Corrected(look, total);
        Assert.Equal(isKept ? (9m, 5m, 2m) : (10m, 7m, 1m), (right.Committed, right.Settled, right.Estimated));
    }

    /// <summary>What is booked and not applied yet is not on the account, and its hold still is.</summary>
    [Fact]
    public static void What_open_postings_will_change_is_reckoned_with()
    {
        var look = Look("9 1 1 7", Month) with
        {
            Open =
            [
                new Posting(Team, "p1", [new(Month, 3m, 1m, [new(7, 2m)]), new(ContractData.MonthTokens, 100m, 100m, [new(7, 100m)])]),
                new Posting(Team, "p2", [new(Month, 1m, 0m, [new(7, 1.5m), new(8, 0.5m)])]),
            ],
        };

        Assert.Equal("PostingOpen 0 2", Told(Comparison.Of(Team, look, look, Ledger(Month))));
    }

    [Fact]
    public static void What_was_moved_to_other_shards_is_a_part_of_what_is_committed()
    {
        var look = Look("14 5 2 3", Month, moved: 4m);

        Assert.Empty(Comparison.Of(Team, look, look, Ledger(Month)));
        Assert.Equal(14m, Corrected(look, Month).Committed);
    }

    [Theory]
    [InlineData("10 5 2 3", "10 5 2 3", 0, 0, false)]
    [InlineData("10 5 2 3", "17 5 2 10", 0, 0, false)]  // holds come and go all the time
    [InlineData("10 5 2 3", "11 6 2 3", 0, 0, true)]
    [InlineData("10 5 2 3", "11 5 3 3", 0, 0, true)]
    [InlineData("10 5 2 3", "10 5 2 3", 1, 0, true)]
    [InlineData("10 5 2 3", "10 5 2 3", 0, 1, true)]
    [InlineData("10 5 2 3", "10 5 2 3", 49, 49, false)]
    [InlineData("10 5 2 3", "10 5 2 3", 50, 50, true)]  // there may be more than one answer shows
    public static void An_account_that_is_booked_on_meanwhile_is_busy(
        string first, string second, int openBefore, int openAfter, bool isBusy)
    {
        var before = Look(first, Month) with { Open = Postings(openBefore) };
        var after = Look(second, Month) with { Open = Postings(openAfter) };
        var told = Comparison.Of(Team, before, after, Ledger(Month));

        Assert.Equal(isBusy, told.Any(difference => difference.Kind == DifferenceKind.Busy));
        Assert.True(!isBusy || told is [{ Total: null, OfAccount: 0m, OfLedger: 0m }], "It compared what it did not trust.");
    }

    [Fact]
    public static void Other_postings_that_are_open_mean_that_it_is_busy()
    {
        var before = Look("10 5 2 3", Month) with { Open = Postings(1) };
        var after = before with { Open = [before.Open[0] with { Id = "other" }] };

        Assert.Equal(DifferenceKind.Busy, Assert.Single(Comparison.Of(Team, before, after, Ledger(Month))).Kind);
    }

    [Fact]
    public static void An_account_that_appears_or_is_not_there_is_compared_with_nothing()
    {
        var appeared = Look("10 5 2 3", Month);

        Assert.Equal("Busy 0 0", Told(Comparison.Of(Team, AccountLook.Nothing, appeared, Ledger(Month))));
        Assert.Equal(
            "Settled 0 5, Estimated 0 2, HoldsMissing 0 3",
            Told(Comparison.Of(Team, AccountLook.Nothing, AccountLook.Nothing, Ledger(Month))));
    }

    [Theory]
    [InlineData(DifferenceKind.Parts, true)]
    [InlineData(DifferenceKind.Settled, true)]
    [InlineData(DifferenceKind.Estimated, true)]
    [InlineData(DifferenceKind.HoldsMissing, true)]
    [InlineData(DifferenceKind.Moved, true)]
    [InlineData(DifferenceKind.HoldsLeft, false)]
    [InlineData(DifferenceKind.PostingOpen, false)]
    [InlineData(DifferenceKind.Busy, false)]
    public static void What_passes_by_itself_is_no_error(DifferenceKind kind, bool isError) =>
        Assert.Equal(isError, new Difference(Team, Month, kind, 1m, 2m).IsError);

    [Fact]
    public static void The_ledger_sums_what_is_settled_estimated_and_held_by_account()
    {
        var sums = new LedgerSums();
        sums.Add(Held("r1", 3m));
        sums.Add(Held("r2", 4m) with { State = EntryState.NotSent });
        sums.Add(Held("r3", 0m) with { State = EntryState.Measured, Settled = [On(Team, 5m)], Estimated = [On(Team, 2m), On(Team, 1m)] });
        sums.Add(Held("r4", 0m) with { State = EntryState.Measured, Settled = [On(SettlerFixture.Account("free"), 0m)] });

        Assert.Equal((4, 5m, 3m, 3m), (sums.Entries, sums.Settled(Team, Month), sums.Estimated(Team, Month), sums.Held(Team, Month)));
        Assert.Equal([Team], sums.Accounts);
        Assert.Equal([Month], sums.TotalsOf(Team));
        Assert.Empty(sums.TotalsOf(Team.At(1)));
    }

    /// <summary>Each of four teams: settled, estimated, held, all of these.</summary>
    [Fact]
    public static void What_is_booked_in_any_column_is_an_account_and_a_total_of_the_ledger()
    {
        AccountKey[] teams = [.. new[] { "settled", "estimated", "held", "all" }.Select(SettlerFixture.Account)];
        var sums = new LedgerSums();
        sums.Add(Held("r1", 0m) with
        {
            Settled = [On(teams[0], 1m), On(teams[3], 1m)],
            Estimated = [On(teams[1], 1m), On(teams[3], 1m)],
            Attempts = [ContractData.AttemptOf("a1", 1m) with { Holds = [On(teams[2], 1m), On(teams[3], 1m)] }],
        });

        Assert.Equal(teams.ToHashSet(), sums.Accounts.ToHashSet());
        Assert.Equal(teams.Length, sums.Accounts.Count());
        Assert.All(teams, team => Assert.Equal([Month], sums.TotalsOf(team)));
    }

    private static string Told(IReadOnlyList<Difference> differences) => string.Join(", ", differences.Select(difference =>
        FormattableString.Invariant($"{difference.Kind} {difference.OfAccount:0.##} {difference.OfLedger:0.##}")));

    private static RunningTotal Corrected(AccountLook look, Total total) =>
        Comparison.Corrected(Team, total, look, Ledger(total));

    private static AccountLook Look(string columns, Total total, decimal moved = 0m)
    {
        decimal[] values = [.. columns.Split(' ').Select(value => decimal.Parse(value, System.Globalization.CultureInfo.InvariantCulture))];
        var running = new RunningTotal(values[0], values[1], values[2], new Dictionary<long, decimal> { [7] = values[3] }) { Moved = moved };
        return new AccountLook(new AccountTotals(Team, new Dictionary<Total, RunningTotal> { [total] = running }), []);
    }

    private static LedgerSums Ledger(Total total)
    {
        var sums = new LedgerSums();
        sums.Add(Held("r1", 0m) with { Attempts = [ContractData.AttemptOf("a1", 3m) with { Holds = [On(Team, 3m, total)] }] });
        sums.Add(Held("r2", 0m) with { State = EntryState.Measured, Settled = [On(Team, 5m, total)], Estimated = [On(Team, 2m, total)] });
        return sums;
    }

    private static LedgerEntry Held(string id, decimal usd) =>
        ContractData.Held(id, ContractData.AttemptOf("a1", usd) with { Holds = [On(Team, usd)] });

    private static AccountHold On(AccountKey account, decimal usd, Total? total = null) => new(account, [new(total ?? Month, usd)]);

    private static IReadOnlyList<Posting> Postings(int count) =>
        [.. Enumerable.Range(0, count).Select(number => new Posting(Team, $"p{number}", []))];
}
