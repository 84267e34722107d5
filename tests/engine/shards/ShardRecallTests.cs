using AiGateway.Domain.Budgets;
using AiGateway.Domain.Ledger;
using AiGateway.Engine.Tests.Contract;
using AiGateway.Engine.Tests.Fakes;
using AiGateway.Engine.Tests.Simulation;
using static AiGateway.Engine.Tests.Shards.ShardPlans;

namespace AiGateway.Engine.Tests.Shards;

/// <summary>Which shares a sweep takes back, and on which conditions.</summary>
public sealed class ShardRecallTests
{
    private static readonly Total Tokens = ContractData.MonthTokens;

    private readonly ManualTime time = new();
    private readonly MoveStore store = new();

    /// <summary>The last hold so many buckets ago; idle is who had none in this bucket and the two before.</summary>
    [Theory]
    [InlineData(0, -5, false)]
    [InlineData(2, -5, false)]
    [InlineData(3, -5, true)]
    [InlineData(2, 0, false)]
    [InlineData(3, 0, true)]
    [InlineData(0, 5, true)]   // what was overspent is paid for at once
    public async Task A_share_comes_back_from_an_idle_shard_and_a_debt_from_every_one(int age, int committed, bool isMoved)
    {
        var moves = await RecallAsync(Item(1, (Usd, Total(committed, granted: 10m, age: age))));

        Assert.Equal(isMoved ? 1 : 0, moves.Count);
    }

    [Fact]
    public async Task A_shard_without_any_hold_is_idle() =>
        Assert.Single(await RecallAsync(Item(1, (Usd, Total(-5m, granted: 10m)))));

    [Fact]
    public async Task A_hold_on_one_total_keeps_the_shares_of_all() =>
        Assert.Empty(await RecallAsync(
            Item(1, (Usd, Total(-5m, granted: 10m, age: 9)), (Tokens, Total(-5m, granted: 10m, age: 0)))));

    [Theory]
    [InlineData("M", true)]
    [InlineData("d12", true)]
    [InlineData("F", true)]
    [InlineData("h1k2j3", false)]
    [InlineData("n21153e", false)]
    public async Task Minutes_and_hours_are_over_before_it_matters(string window, bool isMoved)
    {
        var total = new Total(window, Dimension.Usd);

        Assert.Equal(isMoved ? 2 : 0, (await RecallAsync(
            Item(1, (total, Total(-5m, granted: 10m))), Item(2, (total, Total(5m, granted: 10m))))).Count);
    }

    [Fact]
    public async Task Shard_0_and_what_was_never_granted_are_left_alone() => Assert.Empty(await RecallAsync(
        Item(0, (Usd, Total(5m)), (Tokens, Total(5m, granted: 10m))), Item(1, (Usd, Total(-5m))), Item(2, (Usd, Total(5m)))));

    /// <summary>Spent there before there was a limit, or by who did not know of it yet.</summary>
    [Fact]
    public async Task What_is_held_without_a_share_is_paid_for_once_something_was_granted() =>
        Assert.Single(await RecallAsync(
            Item(2, (Usd, Total(5m))), Item(1, (Usd, Total(-5m))), Item(0, (Usd, Total(5m, granted: 10m)))));

    /// <summary>What was taken back once is not taken back with every sweep.</summary>
    [Theory]
    [InlineData(0, false)]
    [InlineData(-1, true)]
    [InlineData(1, true)]
    public async Task What_rests_on_no_limit_any_more_is_looked_at_where_it_is_not_zero(int committed, bool isMoved) => Assert.Equal(
        isMoved ? 1 : 0, (await RecallAsync(Item(1, (Usd, Total(committed, granted: ShardShare.UnderNoLimit))))).Count);

    [Theory]
    [InlineData(-5, "-5", "")]
    [InlineData(5, "", "5")]
    [InlineData(0, "", "")]
    public async Task It_moves_what_is_there_if_it_still_is_and_what_comes_back_later_is_no_share(
        int committed, string atMost, string atLeast)
    {
        var (bank, own) = (await RecallAsync(Item(3, (Usd, Total(committed, granted: 10m))))).Single() switch
        {
            [var first, var second] => (first, second),
            var other => throw new InvalidOperationException($"{other.Count} writes."),
        };

        Assert.Equal((Hot, Hot.At(3)), (bank.Account, own.Account));
        Assert.Equal([new TotalAmount(Usd, committed)], bank.Moves);
        Assert.Equal([new TotalAmount(Usd, -committed)], own.Moves);
        Assert.Equal([new TotalAmount(Usd, ShardShare.UnderNoLimit)], own.Grants);
        Assert.Equal((atMost, atLeast), (Told(own.Hold.Ceilings), Told(own.AtLeast)));
        Assert.All([bank, own], write => Assert.Empty(write.Hold.Amounts));
        Assert.Equal((0, 0, 0), (bank.Grants.Count, bank.Hold.Ceilings.Count, bank.AtLeast.Count));
    }

    [Fact]
    public async Task What_moved_is_counted_and_what_others_moved_meanwhile_is_not()
    {
        store.Answers = [true, false, true];
        var recall = new ShardRecall(store, time.Pacing());
        recall.Note(Item(1, (Usd, Total(-5m, granted: 10m)), (Tokens, Total(-7m, granted: 10m))));
        recall.Note(Item(2, (Usd, Total(-5m, granted: 10m))));

        Assert.Equal(2, await recall.RunAsync(default));
        Assert.Equal(3, store.Moves.Count);
    }

    private static AccountTotals Item(int shard, params (Total Total, RunningTotal Running)[] totals) =>
        new(Hot.At(shard), totals.ToDictionary(one => one.Total, one => one.Running));

    private static string Told(IEnumerable<TotalAmount> amounts) =>
        string.Join(' ', amounts.Select(amount => new Domain.Usd(amount.Amount).ToString()));

    private RunningTotal Total(decimal committed, decimal? granted = null, int? age = null) => new(
        committed, 0m, 0m,
        age is { } old ? new Dictionary<long, decimal> { [HoldBucket.Containing(time.Now) - old] = 1m } : new Dictionary<long, decimal>())
    {
        Granted = granted,
    };

    private async Task<IReadOnlyList<IReadOnlyList<ShardWrite>>> RecallAsync(params AccountTotals[] items)
    {
        var recall = new ShardRecall(store, time.Pacing());
        foreach (var item in items)
        {
            recall.Note(item);
        }

        Assert.Equal(await recall.RunAsync(default), store.Moves.Count);
        return store.Moves;
    }

    /// <summary>Tells what was moved.</summary>
    private sealed class MoveStore() : PassThrough(null!)
    {
        public List<IReadOnlyList<ShardWrite>> Moves { get; } = [];

        /// <summary>Whether each move in turn is applied; all where none is named.</summary>
        public IReadOnlyList<bool> Answers { get; set; } = [];

        public override Task<StoreResult<IReadOnlyList<AccountTotals>>> MoveAsync(
            IReadOnlyList<ShardWrite> writes, CancellationToken stop)
        {
            Moves.Add(writes);
            return Task.FromResult<StoreResult<IReadOnlyList<AccountTotals>>>(Answers.Count < Moves.Count || Answers[Moves.Count - 1]
                ? new StoreResult<IReadOnlyList<AccountTotals>>.Done([])
                : new StoreResult<IReadOnlyList<AccountTotals>>.Refused([]));
        }
    }
}
