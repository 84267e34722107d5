using AiGateway.Domain.Budgets;
using AiGateway.Domain.Ledger;
using static AiGateway.Engine.Tests.Shards.ShardPlans;

namespace AiGateway.Engine.Tests.Shards;

/// <summary>Which items one move writes to, for one account or several.</summary>
public static class ShardWriteTests
{
    private const decimal Cap = 100_000m;

    private static readonly AccountKey Week = Hot with { Period = "2026-W47" };

    [Fact]
    public static void The_items_of_all_accounts_that_refused_are_written_at_once()
    {
        var writes = Of(shards: 4, _ => 0m, _ => Cap)!;

        Assert.Equal([Hot, Hot.At(1), Week, Week.At(1)], writes.Select(write => write.Account).OrderBy(Name));
        Assert.Equal([Hot.At(1), Week.At(1)], writes.Where(write => write.Hold.Amounts.Count > 0).Select(write => write.Account));
    }

    [Fact]
    public static void Where_the_hold_fits_by_now_no_other_item_is_written()
    {
        var writes = Of(shards: 4, account => account.Shard == 1 ? -1m : 0m, _ => Cap)!;

        Assert.Equal([Hot.At(1), Week.At(1)], writes.Select(write => write.Account));
        Assert.All(writes, write => Assert.Equal((0, 0, 1), (write.Moves.Count, write.Grants.Count, write.Hold.Amounts.Count)));
    }

    [Fact]
    public static void Where_one_account_has_no_room_nothing_is_written() =>
        Assert.Null(Of(shards: 4, account => account.Period == Week.Period && account.Shard == 0 ? Cap : 0m, _ => Cap));

    /// <summary>Every shard of both accounts would get its first share.</summary>
    [Theory]
    [InlineData(50, 100)]
    [InlineData(51, 4)]
    public static void First_shares_are_given_while_one_transaction_takes_them(int shards, int items)
    {
        var writes = Of(shards, _ => 0m, _ => null)!;

        Assert.Equal(items, writes.Count);
        Assert.Equal(items, writes.Select(write => write.Account).Distinct().Count());
    }

    [Fact]
    public static void What_has_to_be_granted_anew_on_two_accounts_is_more_than_one_transaction_takes()
    {
        Assert.Null(Of(shards: 4, Spent, LowGrant));
        Assert.Equal(BudgetRowParser.ShardsMax + 2, Of(shards: 4, Spent, account => account.Period == Week.Period ? Cap : LowGrant(account))!.Count);
    }

    /// <summary>Shards that are not in use any more are looked at, and granted anew where they were ever used.</summary>
    [Fact]
    public static void Then_those_of_the_first_account_are_granted_ahead_without_the_hold()
    {
        var (plan, refused, seen) = Case(shards: 4, Spent, LowGrant);
        var writes = ShardWrites.GrantsAhead(plan, refused, account => account.Shard < 6 ? seen(account) : null)!;

        Assert.Equal(Enumerable.Range(0, BudgetRowParser.ShardsMax).Select(Hot.At), writes.Select(write => write.Account));
        Assert.All(writes, write => Assert.Empty(write.Hold.Amounts));
        Assert.All(writes.Take(6), write => Assert.Equal([new TotalAmount(Usd, Cap)], write.Grants));
        Assert.All(writes.Skip(4), write => Assert.Empty(write.Moves));
        Assert.All(writes.Skip(6), write => Assert.Equal((0, 1), (write.Grants.Count, write.Hold.GrantedAtLeast.Count)));
        Assert.Equal([new TotalAmount(Usd, 0m)], writes[0].Moves);
        Assert.Equal([new TotalAmount(Usd, Cap)], writes[0].Hold.Ceilings);
    }

    [Fact]
    public static void An_account_that_needs_no_grants_is_passed_over()
    {
        var (plan, refused, seen) = Case(shards: 4, Spent, account => account.Period == Hot.Period ? Cap : LowGrant(account));

        Assert.All(ShardWrites.GrantsAhead(plan, refused, seen)!, write => Assert.Equal(Week.Period, write.Account.Period));
        (plan, refused, seen) = Case(shards: 4, _ => 0m, _ => Cap);
        Assert.Null(ShardWrites.GrantsAhead(plan, refused, seen));
    }

    // Shard 0 stands at the lowest limit of a share, and the others are dry.
    private static decimal Spent(AccountKey account) => account.Shard == 0 ? 600m : 0m;

    private static decimal? LowGrant(AccountKey account) => 600m;

    private static string Name(AccountKey account) => account.Period + account.Shard;

    private static IReadOnlyList<ShardWrite>? Of(
        int shards, Func<AccountKey, decimal> committed, Func<AccountKey, decimal?> granted)
    {
        var (plan, refused, seen) = Case(shards, committed, granted);
        return ShardWrites.Of(plan, refused, seen);
    }

    // A hold of 1 on shard 1 of both accounts was refused.
    private static (ReservePlan Plan, IReadOnlyList<ReserveWrite> Refused, Func<AccountKey, AccountTotals?> Seen) Case(
        int shards, Func<AccountKey, decimal> committed, Func<AccountKey, decimal?> granted)
    {
        var plan = ShardPlans.Of(
            "r1", "r1.1", DateTimeOffset.UnixEpoch, 1m, shards, Limit(Cap, account: Hot.At(1)), Limit(Cap, account: Week.At(1)));
        return (plan, ReserveWrites.Of(plan, Seen), Seen);

        AccountTotals Seen(AccountKey account) => new(account, new Dictionary<Total, RunningTotal>
        {
            [Usd] = RunningTotal.Zero with { Committed = committed(account), Granted = granted(account) },
        });
    }
}
