using AiGateway.Domain.Budgets;
using AiGateway.Domain.Ledger;
using AiGateway.Engine.Tests.Contract;
using static AiGateway.Engine.Tests.ReservationFixture;

namespace AiGateway.Engine.Tests;

/// <summary>What a plan becomes at the database: one write for each account that anything is held on or limited.</summary>
public static class ReserveWritesTests
{
    [Theory]
    [InlineData(2, true, true)]
    [InlineData(2, false, true)]
    [InlineData(0, true, true)]
    [InlineData(0, false, false)]
    public static void An_account_is_written_to_where_it_is_held_on_or_limited(int usd, bool isLimited, bool isWritten)
    {
        var writes = ReserveWrites.Of(Plan(Team, usd, isLimited ? [Limit(Team, 10m)] : []), Never);

        Assert.Equal(isWritten ? 1 : 0, writes.Count);
        Assert.All(writes, write => Assert.Equal(usd == 0 ? [] : [new TotalAmount(Usd, usd)], write.Amounts));
        Assert.All(writes, write => Assert.Equal(isLimited ? [new TotalAmount(Usd, 10m - usd)] : [], write.Ceilings));
    }

    [Fact]
    public static void Of_several_hard_limits_on_one_total_the_lowest_counts()
    {
        var writes = ReserveWrites.Of(Plan(
            Team, 2m, Limit(Team, 30m), Limit(Team, 10m), Limit(Team, 20m), Limit(Team, 5m, BudgetMode.Soft)), Never);

        Assert.Equal([new TotalAmount(Usd, 8m)], Assert.Single(writes).Ceilings);
    }

    [Fact]
    public static void Every_limited_total_of_an_account_is_a_condition_of_its_one_write()
    {
        var tokens = Limit(Team, 50m) with { Total = ContractData.MonthTokens };
        var requests = Limit(Team, 7m) with { Total = ContractData.DayRequests };
        var write = Assert.Single(ReserveWrites.Of(Plan(Team, 2m, Limit(Team, 10m), tokens, requests), Never));

        Assert.Equal(
            [new(Usd, 8m), new(ContractData.MonthTokens, 50m), new TotalAmount(ContractData.DayRequests, 7m)], write.Ceilings);
    }

    /// <summary>Its own part of the limit is nothing; what was moved to it was granted under no higher limit.</summary>
    [Theory]
    [InlineData(2, "-2", true)]
    [InlineData(0, "0", false)]
    public static void A_shard_has_what_was_moved_to_it_under_this_limit_or_a_lower_one(int usd, string ceiling, bool isGranted)
    {
        var write = Assert.Single(ReserveWrites.Of(Sharded(Team.At(3), usd), Never));

        Assert.Equal(ceiling, new Domain.Usd(write.Ceilings[0].Amount).ToString());
        Assert.Equal(isGranted ? [new TotalAmount(Usd, 10m)] : [], write.GrantedAtMost);
        Assert.Empty(write.GrantedAtLeast);
    }

    [Theory]
    [InlineData(2, null, "8", "10")]
    [InlineData(2, "11", "8", "10")]
    [InlineData(2, "9", "7", "9")]
    [InlineData(0, "9", "9", null)]
    public static void Shard_0_stays_within_the_lowest_limit_that_a_share_was_granted_under(
        int usd, string? granted, string ceiling, string? within)
    {
        var bank = new AccountTotals(Team, new Dictionary<Total, RunningTotal>
        {
            [Usd] = RunningTotal.Zero with { Granted = granted is null ? null : Amount(granted) },
        });
        var write = Assert.Single(ReserveWrites.Of(Sharded(Team, usd), account => account == Team ? bank : null));

        Assert.Equal([new TotalAmount(Usd, Amount(ceiling))], write.Ceilings);
        Assert.Equal(within is null ? [] : [new TotalAmount(Usd, Amount(within))], write.GrantedAtLeast);
        Assert.True(write.IsOpened, "Nobody has to have looked at all shards.");
        Assert.Empty(write.GrantedAtMost);
    }

    [Fact]
    public static void An_account_that_is_not_spread_knows_nothing_of_grants()
    {
        var plan = Sharded(Org, 2m) with { Shards = new Dictionary<Scope, int> { [Team.Scope] = 8 } };
        var write = Assert.Single(ReserveWrites.Of(plan, _ => throw new InvalidOperationException("It was looked for.")));

        Assert.Equal([new TotalAmount(Usd, 8m)], write.Ceilings);
        Assert.Empty(write.GrantedAtLeast.Concat(write.GrantedAtMost));
    }

    [Theory]
    [InlineData(95, 1)]
    [InlineData(96, 0)]
    public static void What_one_write_removes_is_what_an_expression_holds_and_no_more(int buckets, int removed)
    {
        StaleTotal[] stale = [new(new Total("n1", Dimension.Usd), [.. Enumerable.Range(0, buckets).Select(bucket => (long)bucket)])];
        var plan = Plan(Team, 2m) with
        {
            Stale = new Dictionary<AccountKey, IReadOnlyList<StaleTotal>> { [Team] = stale },
        };

        Assert.Equal(removed, Assert.Single(ReserveWrites.Of(plan, Never)).Stale.Count);
    }

    private static AccountTotals? Never(AccountKey account) => null;

    private static decimal Amount(string text) => decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    private static ReservePlan Sharded(AccountKey account, decimal usd) => Plan(account, usd, Limit(account, 10m)) with
    {
        Shards = new Dictionary<Scope, int> { [account.Scope] = 8 },
    };

    private static ReservePlan Plan(AccountKey account, decimal usd, params AccountLimit[] limits) => new(
        "r1",
        "payments",
        ContractData.AttemptOf("a1", usd) with { Holds = [new AccountHold(account, [new(Usd, usd)])] },
        limits);
}
