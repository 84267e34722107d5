using AiGateway.Domain.Budgets;
using AiGateway.Domain.Ledger;
using AiGateway.Engine.Tests.Contract;

namespace AiGateway.Engine.Tests;

/// <summary>What the shards of an account moved between each other, seen before and after the ledger was summed.</summary>
public static class MovedSharesTests
{
    private static readonly AccountKey Team = SettlerFixture.Account("payments");
    private static readonly Total Month = ContractData.MonthUsd;

    /// <summary>What shard 0 and shard 1 had moved, at both times; nothing: there was no such item.</summary>
    [Theory]
    [InlineData("5 -5", "5 -5", "")]
    [InlineData("5 -5", "9 -9", "")]
    [InlineData("5 -3", "5 -3", "Moved 2 M")]
    [InlineData("5 -8", "7 -10", "Moved -3 M")]
    [InlineData("5 -5", "5 -8", "Busy 0 ")]
    [InlineData("5 -8", "8 -8", "Busy 0 ")]
    [InlineData("5 -8", "5 -9", "Busy 0 ")]
    [InlineData("5 - ", "5 -5", "Busy 0 ")]
    [InlineData("- - ", "- -5", "Busy 0 ")]
    [InlineData("- -5", "- - ", "Busy 0 ")]
    [InlineData("- -5", "5 -5", "Busy 0 ")]
    [InlineData("- -5", "- -5", "Moved -5 M")]
    [InlineData("- - ", "- - ", "")]
    public static void Shares_that_got_lost_are_told_and_what_moved_meanwhile_is_not_judged(string before, string after, string told)
    {
        var moved = new MovedShares();
        foreach (var (shard, (first, second)) in before.Trim().Split(' ').Zip(after.Trim().Split(' ')).Index())
        {
            moved.Add(Team.At(shard), Look(first, Month), Look(second, Month));
        }

        Assert.Equal(told, string.Join(", ", moved.Differences().Select(Told)));
    }

    [Fact]
    public static void Every_total_of_every_account_is_summed_apart_but_those_that_leave_the_item()
    {
        var tokens = ContractData.MonthTokens;
        var other = SettlerFixture.Account("search");
        var moved = new MovedShares();
        foreach (var (account, total, amount) in (IEnumerable<(AccountKey, Total, string)>)[
            (Team, Month, "1"), (Team.At(1), Month, "2"), (Team.At(2), tokens, "7"), (other.At(1), Month, "-4"),
            (other.At(2), new Total("d12", Dimension.Usd), "9")])
        {
            moved.Add(account, Look(amount, total), Look(amount, total));
        }

        Assert.Equal(
            [(Team, Month, 3m), (Team, tokens, 7m), (other, Month, -4m)],
            moved.Differences().Select(difference => (difference.Account, difference.Total!.Value, difference.OfAccount)));
    }

    private static string Told(Difference difference)
    {
        Assert.Equal((Team, 0m), (difference.Account, difference.OfLedger));
        return FormattableString.Invariant($"{difference.Kind} {difference.OfAccount:0} {difference.Total?.Window}");
    }

    private static AccountLook Look(string moved, Total total) => moved is "-" ? AccountLook.Nothing : new AccountLook(
        new AccountTotals(Team, new Dictionary<Total, RunningTotal>
        {
            [total] = RunningTotal.Zero with { Moved = decimal.Parse(moved, System.Globalization.CultureInfo.InvariantCulture) },
        }),
        []);
}
