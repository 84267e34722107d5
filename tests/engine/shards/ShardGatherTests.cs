using AiGateway.Domain.Ledger;
using AiGateway.Engine.Tests.Contract;
using static AiGateway.Engine.Tests.Shards.ShardPlans;

namespace AiGateway.Engine.Tests.Shards;

/// <summary>Who gives how much to whom: of four shards, on examples.</summary>
public static class ShardGatherTests
{
    private const int Shards = 4;
    private const decimal Cap = 1_000m;

    /// <summary>The shard of the hold, the hold, and what each shard has: committed, and the limit of its share.</summary>
    [Theory]
    [InlineData(0, 5, "995 0 0 0", "")]
    [InlineData(1, 5, "0 -5@1000 0 0", "")]
    [InlineData(1, 5, "0 -5@900 0 0", "")]          // a share counts under a higher limit too
    [InlineData(1, 0, "0 0 0 0", "")]
    [InlineData(1, 5, "0 -5@1001 0 0", "0:0 1:0")]
    [InlineData(1, 5, "0 -6@1001 0 0", "0:0 1:0")]  // nothing is missing but that shard 0 looks at it
    public static void A_hold_that_fits_moves_nothing(int shard, int hold, string items, string moves) =>
        Assert.Equal(moves, Told(shard, hold, items));

    [Theory]
    [InlineData("996 0 -25 0", "0:-4 2:4")]             // what is missing is 1, and an eighth of the rest
    [InlineData("996 -9 -8 -17", "0:-3 3:3")]           // from the richest
    [InlineData("1003 -3 -2 -4", "0:-8 1:3 2:1 3:4")]   // and from the next ones what is missing still
    [InlineData("1003 -3 -2 -3", "0:-8 1:3 2:2 3:3")]
    [InlineData("1001 -3 -2 -3", "0:-6 1:3 3:3")]       // and nobody where nothing is missing any more
    [InlineData("1003 -2 -2 -3", null)]
    [InlineData("1003 7 -2 -3", null)]
    public static void Into_shard_0_the_richest_give_what_is_missing(string items, string? moves) =>
        Assert.Equal(moves, Told(0, 5, items, Tokens));

    /// <summary>A share of 500 left on shard 0, after what is needed, is 500 : (2 × 4).</summary>
    [Theory]
    [InlineData(20, "480 0@1000 0@1000 0@1000", "0:82.5 1:-82.5")]
    [InlineData(20, "480 -5@1001 0@1000 0@1000", "0:78.125 1:-78.125")]
    [InlineData(20, "478 2@1000 0@1000 0@1000", "0:84.5 1:-84.5")]
    [InlineData(20, "980 0@1000 0@1000 0@1000", "0:20 1:-20")]
    [InlineData(20, "- 0@1000 0@1000 0@1000", "0:20 1:-20")]   // of a shard 0 that was never seen what is needed
    public static void A_dry_shard_takes_what_it_needs_and_a_share(int hold, string items, string moves) =>
        Assert.Equal(moves, Told(1, hold, items));

    [Theory]
    [InlineData("990 0@1000 -30@1000 -40@1000", "0:10 1:-23.75 3:13.75")]
    [InlineData("1005 0@1000 -30@1000 -16@1000", "0:-5 1:-20.625 2:25.625")]  // what was given out beyond the limit comes back
    [InlineData("1005 -30@1001 0@1000 0@1000", "0:-5 1:5")]                 // also from its own share
    [InlineData("1005 -24@1000 0@1000 0@1000", "")]
    [InlineData("1005 -15@1000 0@1000 -10@1000", "0:-5 1:-5 3:10")]
    [InlineData("1005 -15@1000 0@1000 -9@1000", null)]
    public static void Where_shard_0_has_too_little_the_others_give_through_it(string items, string? moves) =>
        Assert.Equal(moves, Told(1, 20, items));

    /// <summary>Of 512 left on shard 0 after the hold a first share is 512 : (2 × 4 × 4), which is 16, and 8 holds of 2.</summary>
    [Theory]
    [InlineData("486 0 0 0", "0:50 1:-18 2:-16 3:-16")]
    [InlineData("486 0 - 0", "0:34 1:-18 3:-16")]
    [InlineData("486 0 0@1000 0@1001", "0:34 1:-18 3:-16")]
    [InlineData("486 0 0@1000 0@999", "0:66 1:-66")]
    [InlineData("487 0 0 0", "0:65.875 1:-65.875")]
    [InlineData("486 0 17 16", "0:34 1:-18 3:-16")]  // but one whose debt is more than that
    public static void While_there_is_much_a_move_gives_every_shard_its_first_share(string items, string moves) =>
        Assert.Equal(moves, Told(1, 2, items));

    /// <summary>Shard 0 was granted nothing yet: what the others hold without a share is paid for with the first move.</summary>
    [Theory]
    [InlineData(0, 5, "10! 0 0 0", "")]
    [InlineData(0, 5, "10! 7 0 -3", "0:7 1:-7")]
    [InlineData(0, 5, "900! 50 40 5", "0:95 1:-50 2:-40 3:-5")]
    [InlineData(0, 5, "900! 50 41 5", null)]
    [InlineData(0, 0, "10! 7 0 0", "")]
    [InlineData(1, 5, "900! 50 40 5", "0:100 1:-55 2:-40 3:-5")]
    [InlineData(1, 5, "901! 50 40 5", null)]
    [InlineData(1, 2, "453! 0 17 16", "0:67 1:-18 2:-17 3:-32")]
    [InlineData(1, 5, "- 5 5 5", "0:20 1:-10 2:-5 3:-5")]
    public static void The_first_under_a_limit_pays_for_what_others_hold_already(int shard, int hold, string items, string? moves)
    {
        var gathered = Gather(shard, hold, items, Usd);

        Assert.Equal(moves, Told(gathered));
        Assert.True(gathered is null || hold == 0 || gathered is { Opens: true, GrantsAll: false, Limit: Cap }, "It opens nothing.");
    }

    [Fact]
    public static void Without_first_shares_the_dry_shard_alone_takes_one() =>
        Assert.Equal("0:66 1:-66", Told(1, 2, "486 0 0 0", isFirst: false));

    /// <summary>The lowest limit that a share was granted under is 600.</summary>
    [Theory]
    [InlineData(0, "599@600 0 0 0", "", 600, false)]
    [InlineData(0, "600@600 0 -9@600 0", "", 1000, true)]
    [InlineData(0, "999@600 0 -9@600 0", "", 1000, true)]
    [InlineData(1, "560@600 0@600 0@600 0@600", "0:5.875 1:-5.875", 600, false)]
    [InlineData(1, "599@600 0@600 0@600 0@600", "0:1 1:-1", 600, false)]
    [InlineData(1, "600@600 0@600 0@600 0@600", "0:38.40625 1:-13.46875 2:-12.46875 3:-12.46875", 1000, true)]
    [InlineData(1, "600@600 0@600 - 0@600", "0:25.9375 1:-13.46875 3:-12.46875", 1000, true)]
    [InlineData(1, "0@1200 0@1000 0@1000 0@1000", "0:125.875 1:-125.875", 1000, false)]
    [InlineData(1, "1000@600 0@600 0@600 0@600", null, 0, false)]
    public static void Shard_0_passes_the_lowest_limit_of_a_share_only_where_all_are_granted_anew(
        int shard, string items, string? moves, int limit, bool grantsAll)
    {
        var gathered = Gather(shard, 1m, items, Usd);

        Assert.Equal(moves, Told(gathered));
        Assert.Equal((limit, grantsAll), ((int)(gathered?.Limit ?? 0m), gathered?.GrantsAll ?? false));
    }

    private static Total Tokens => ContractData.MonthTokens;

    private static string? Told(int shard, decimal hold, string items, Total? total = null, bool isFirst = true) =>
        Told(Gather(shard, hold, items, total ?? Usd, isFirst));

    private static string? Told(ShardMoves? moves) => moves is null ? null : string.Join(' ', moves.ByShard
        .OrderBy(one => one.Key)
        .Select(one => FormattableString.Invariant($"{one.Key}:{one.Value:0.######}")));

    private static ShardMoves? Gather(int shard, decimal hold, string items, Total total, bool isFirst = true)
    {
        var seen = items.Split(' ').Select((text, at) => ItemOf(text, Hot.At(at), total)).ToList();
        var gather = isFirst
            ? new ShardGather(shard, Shards, at => seen[at])
            : new ShardGather(shard, Shards, at => seen[at]) { GivesFirstShares = false };
        return gather.Of(new ShardNeed(total, Cap, hold));
    }

    private static AccountTotals? ItemOf(string text, AccountKey account, Total total)
    {
        // Of a shard 0 whose row in an example says nothing of it something was granted, under the limit.
        var granted = account.Shard == 0 && !text.EndsWith('!') ? Cap : (decimal?)null;
        decimal[] values = [.. text.TrimEnd('!').Split('@').Where(part => part != "-")
            .Select(part => decimal.Parse(part, System.Globalization.CultureInfo.InvariantCulture))];
        return values.Length == 0 ? null : new AccountTotals(account, new Dictionary<Total, RunningTotal>
        {
            [total] = RunningTotal.Zero with { Committed = values[0], Granted = values.Length > 1 ? values[1] : granted },
        });
    }
}
