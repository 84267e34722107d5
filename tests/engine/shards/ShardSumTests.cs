using AiGateway.Domain.Budgets;
using AiGateway.Domain.Ledger;
using static AiGateway.Engine.Tests.Shards.ShardPlans;

namespace AiGateway.Engine.Tests.Shards;

/// <summary>What the shards of an account come to together, and what one comes to by a write.</summary>
public sealed class ShardSumTests
{
    private const long Bucket = 7;

    private static readonly Total Tokens = new("M", Dimension.Tokens);

    private readonly Dictionary<AccountKey, AccountTotals> items = [];
    private readonly List<AccountKey> read = [];

    [Fact]
    public async Task Where_nothing_was_ever_written_there_is_no_account()
    {
        Assert.Null(await SumAsync(shards: 3));
        Assert.Equal([Hot, Hot.At(1), Hot.At(2)], read);
    }

    [Fact]
    public async Task The_shards_in_use_are_summed_and_no_others_where_no_share_is_missing()
    {
        Put(0, 10m, moved: 3m);
        Put(2, -1m, moved: -3m);
        Put(3, 100m, moved: 0m);
        var sum = await SumAsync(shards: 3);

        Assert.Equal((Hot, 9m, 0m), (sum!.Account, sum[Usd].Committed, sum[Usd].Moved));
        Assert.Equal(3, read.Count);
    }

    [Fact]
    public async Task Where_shares_are_missing_the_shards_of_before_count_too()
    {
        Put(0, 10m, moved: 3m);
        Put(1, 0m, moved: 0m);
        Put(BudgetRowParser.ShardsMax - 1, -1m, moved: -3m);
        var sum = await SumAsync(shards: 2);

        Assert.Equal((Hot, 9m, 0m), (sum!.Account, sum[Usd].Committed, sum[Usd].Moved));
        Assert.Equal(Enumerable.Range(0, BudgetRowParser.ShardsMax).Select(Hot.At), read);
    }

    [Fact]
    public async Task A_missing_share_of_any_total_is_enough()
    {
        items[Hot] = new AccountTotals(Hot, new Dictionary<Total, RunningTotal>
        {
            [Usd] = RunningTotal.Zero,
            [Tokens] = RunningTotal.Zero with { Moved = 5m },
        });
        await SumAsync(shards: 1);

        Assert.Equal(BudgetRowParser.ShardsMax, read.Count);
    }

    [Fact]
    public async Task A_single_item_is_told_as_it_stands_and_by_the_accounts_name()
    {
        Put(0, 10m, moved: 0m);
        Assert.Same(items[Hot], await SumAsync(shards: 1));

        items.Clear();
        Put(1, 10m, moved: 0m);
        Assert.Equal(Hot, (await SumAsync(shards: 2))!.Account);
    }

    [Fact]
    public async Task A_read_without_an_answer_ends_it()
    {
        var failed = await Assert.ThrowsAsync<StoreFailedException>(() => ShardSums.ReadAsync(
            (shard, _) => Task.FromResult<StoreResult<AccountTotals?>>(shard.Shard == 1
                ? new StoreResult<AccountTotals?>.Failed(StoreFault.Throttled, "busy")
                : new StoreResult<AccountTotals?>.Done(null)),
            Hot, 2, default));
        Assert.Equal((StoreFault.Throttled, $"account {Hot}: Throttled: busy"), (failed.Fault, failed.Message));

        failed = await Assert.ThrowsAsync<StoreFailedException>(() => ShardSums.ReadAsync(
            (_, _) => Task.FromResult<StoreResult<AccountTotals?>>(new StoreResult<AccountTotals?>.Refused(null)), Hot, 1, default));
        Assert.Equal(StoreFault.Malformed, failed.Fault);
    }

    [Fact]
    public void A_write_moves_grants_and_holds_and_leaves_the_rest_as_it_was()
    {
        var requests = new Total("M", Dimension.Requests);
        var item = new AccountTotals(Hot.At(1), new Dictionary<Total, RunningTotal>
        {
            [Usd] = new RunningTotal(4m, 1m, 2m, new Dictionary<long, decimal> { [Bucket] = 3m, [Bucket - 1] = 0.5m }) { Moved = -2.5m, Granted = 50m },
            [requests] = RunningTotal.Zero with { Committed = 9m, Granted = 8m },
        });
        var write = new ShardWrite(
            new ReserveWrite(Hot.At(1), Bucket, [new(Usd, 0.25m), new(Tokens, 10m)], [], []),
            [new(Usd, -6m), new(Tokens, -100m)],
            [new(Usd, 60m), new(requests, 70m)]);
        var after = ShardSums.After(item, write);

        Assert.Equal(Hot.At(1), after.Account);
        AssertTotal((-1.75m, 1m, 2m, -8.5m, 60m), "7: 3.25, 6: 0.5", after[Usd]);
        AssertTotal((-90m, 0m, 0m, -100m, null), "7: 10", after[Tokens]);
        AssertTotal((9m, 0m, 0m, 0m, 70m), "", after[requests]);
    }

    [Fact]
    public void A_total_that_is_granted_or_held_for_the_first_time_begins_at_zero()
    {
        var write = new ShardWrite(new ReserveWrite(Hot, Bucket, [new(Tokens, 10m)], [], []), [], [new(Usd, 60m)]);
        var after = ShardSums.After(AccountTotals.Empty(Hot), write);

        AssertTotal((0m, 0m, 0m, 0m, 60m), "", after[Usd]);
        AssertTotal((10m, 0m, 0m, 0m, null), "7: 10", after[Tokens]);
    }

    private static void AssertTotal(
        (decimal Committed, decimal Settled, decimal Estimated, decimal Moved, decimal? Granted) expected,
        string buckets,
        RunningTotal total)
    {
        Assert.Equal(expected, (total.Committed, total.Settled, total.Estimated, total.Moved, total.Granted));
        Assert.Equal(buckets, string.Join(", ", total.Buckets.OrderByDescending(bucket => bucket.Key)
            .Select(bucket => FormattableString.Invariant($"{bucket.Key}: {bucket.Value:0.##}"))));
    }

    private void Put(int shard, decimal committed, decimal moved) => items[Hot.At(shard)] = new AccountTotals(
        Hot.At(shard),
        new Dictionary<Total, RunningTotal> { [Usd] = RunningTotal.Zero with { Committed = committed, Moved = moved } });

    private Task<AccountTotals?> SumAsync(int shards) => ShardSums.ReadAsync(
        (shard, _) =>
        {
            read.Add(shard);
            return Task.FromResult<StoreResult<AccountTotals?>>(new StoreResult<AccountTotals?>.Done(items.GetValueOrDefault(shard)));
        },
        Hot, shards, default);
}
