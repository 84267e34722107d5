using AiGateway.Domain.Budgets;
using AiGateway.Domain.Ledger;
using AiGateway.Engine.Tests.Contract;
using static AiGateway.Engine.Tests.ReservationFixture;

namespace AiGateway.Engine.Tests;

/// <summary>Which of several limits refuses: the one of which the smallest part of what is needed fits.</summary>
public static class LimitCheckTests
{
    private static readonly Total Tokens = ContractData.MonthTokens;
    private static readonly DateTimeOffset Soon = DateTimeOffset.FromUnixTimeSeconds(1_794_000_000);

    /// <summary>Each limit: dollars and tokens of the team, what is committed, what is needed.</summary>
    [Theory]
    [InlineData("10:9:2 100:90:20", "usd")]     // half of either fits: the one that comes back last
    [InlineData("10:9:2 100:91:20", "tokens")]  // 9 of 20 are less than 1 of 2
    [InlineData("10:9:2 100:89:20", "usd")]
    [InlineData("10:12:2 100:103:20", "usd")]   // both are exceeded: 2 for 2 is more than 3 for 20
    [InlineData("10:10:2 100:0:100", "usd")]
    [InlineData("10:0:10 100:100:1", "tokens")]
    [InlineData("10:7:4 100:100:0", "usd")]     // of what nothing is needed is not in the way
    [InlineData("10:10:0 100:40:80", "tokens")]
    [InlineData("10:6:4 100:40:61", "tokens")]  // what fits exactly is not in the way
    [InlineData("10:6:5 100:40:60", "usd")]
    [InlineData("10:3:1 100:40:30", "tokens")]  // where room was made meanwhile: 2 of what is needed against 7
    [InlineData("10:9:0.5 100:40:10", "usd")]
    [InlineData("10:9.9:0.2 100:-20:300", "tokens")] // 0.5 against 0.4
    public static void Of_several_limits_the_most_restrictive_is_named(string usdAndTokens, string named)
    {
        var rows = usdAndTokens.Split(' ').Select(row => row.Split(':').Select(Number).ToArray()).ToArray();
        Total[] totals = [Usd, Tokens];
        var plan = Plan(
            [.. totals.Zip(rows, (total, row) => new TotalAmount(total, row[2]))],
            new AccountLimit(Team, Usd, rows[0][0], BudgetMode.Hard, Soon.AddDays(1)),
            new AccountLimit(Team, Tokens, rows[1][0], BudgetMode.Hard, Soon));
        var item = new AccountTotals(Team, totals.Zip(rows).ToDictionary(
            one => one.First, one => RunningTotal.Zero with { Committed = one.Second[1] }));

        foreach (var order in (ReservePlan[])[plan, plan with { Limits = [.. plan.Limits.Reverse()] }])
        {
            var refused = LimitCheck.Refused(order, [item], seen => seen);
            Assert.Equal(named == "usd" ? Usd : Tokens, refused.Limit.Total);
            Assert.Equal(rows[named == "usd" ? 0 : 1][2], refused.Needed);
            Assert.Equal([item], refused.Items);
            Assert.Equal(item, refused.Current);
        }
    }

    [Fact]
    public static void Only_the_accounts_that_refused_are_asked_and_with_all_their_shards()
    {
        var shard = Team.At(3);
        var limits = new[] { Limit(Org, 1m), Limit(shard, 10m) };
        var plan = Plan([new(Usd, 2m)], limits) with
        {
            Attempt = ContractData.AttemptOf("a1", 2m) with
            {
                Holds = [new AccountHold(Org, [new(Usd, 2m)]), new AccountHold(shard, [new(Usd, 2m)])],
            },
        };
        var item = AccountTotals.Empty(shard);
        var sum = new AccountTotals(Team, new Dictionary<Total, RunningTotal> { [Usd] = RunningTotal.Zero with { Committed = 9m } });
        var refused = LimitCheck.Refused(plan, [item], _ => sum);

        Assert.Equal((Team, sum), (refused.Limit.Account, refused.Current));
        Assert.Equal([item], refused.Items);
    }

    [Theory]
    [InlineData("2", "2", null)]
    [InlineData("2", "1.999999", "tokens")]
    [InlineData("1.9", "1.999999", "usd")]
    [InlineData("1.999999", "1.9", "tokens")]
    [InlineData("1.9", "1.9", "usd")]
    public static void A_hold_above_a_limit_can_never_fit(string usd, string tokens, string? named)
    {
        var plan = Plan(
            [new(Usd, 2m), new(Tokens, 2m)],
            new AccountLimit(Team, Usd, Number(usd), BudgetMode.Hard, Soon.AddDays(1)),
            new AccountLimit(Team, Tokens, Number(tokens), BudgetMode.Hard, Soon),
            new AccountLimit(Team, Tokens, 1m, BudgetMode.Soft, Soon),
            new AccountLimit(Team, Usd, 0m, BudgetMode.Shadow, Soon));
        var refused = LimitCheck.AboveLimit(plan);

        Assert.Equal(named, refused?.Limit.Total.Dimension.ToString().ToLowerInvariant());
        Assert.Null(refused?.Current);
        Assert.Empty(refused?.Items ?? []);
    }

    [Fact]
    public static void An_account_without_a_hard_limit_that_refuses_is_a_bug()
    {
        var plan = Plan([new(Usd, 2m)], Limit(Team, 1m, BudgetMode.Soft));

        Assert.Throws<InvalidOperationException>(() => LimitCheck.Refused(plan, [AccountTotals.Empty(Team)], seen => seen));
    }

    [Fact]
    public static void What_is_needed_of_a_limit_is_what_the_attempt_holds_on_its_total()
    {
        var attempt = ContractData.AttemptOf("a1", 2m) with
        {
            Holds =
            [
                new AccountHold(Team, [new(Usd, 2m), new(Tokens, 30m), new(Usd, 4m)]),
                new AccountHold(Org, [new(Usd, 8m)]),
                new AccountHold(Team, [new(Usd, 16m)]),
            ],
        };

        Assert.Equal(22m, LimitCheck.NeededBy(attempt, Limit(Team, 1m)));
        Assert.Equal(8m, LimitCheck.NeededBy(attempt, Limit(Org, 1m)));
        Assert.Equal(0m, LimitCheck.NeededBy(attempt, Limit(Team.At(1), 1m)));
    }

    private static ReservePlan Plan(IReadOnlyList<TotalAmount> amounts, params AccountLimit[] limits) => new(
        "r1", "payments", ContractData.AttemptOf("a1", 2m) with { Holds = [new AccountHold(Team, amounts)] }, limits);

    private static decimal Number(string text) =>
        decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
