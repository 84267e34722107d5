using AiGateway.Domain.Budgets;
using AiGateway.Domain.Ledger;
using AiGateway.Engine.Tests.Fakes;
using AiGateway.Engine.Tests.Simulation;
using static AiGateway.Engine.Tests.Shards.ShardPlans;

namespace AiGateway.Engine.Tests.Shards;

/// <summary>When a reservation looks at which shards, and what it takes for much.</summary>
public sealed class ShardLookTests
{
    private const int Shards = 4;
    private const decimal Cap = 1_000m;

    private const decimal Hold = 2m;

    /// <summary>Four holds for each of four shards.</summary>
    private const decimal Plenty = 4 * Shards * Hold;

    private static readonly Total Tokens = new("M", Dimension.Tokens);
    private static readonly AccountKey Week = Hot with { Period = "2026-W47" };
    private static readonly AccountKey Org = new(Scope.Org, "2026-11");

    private readonly ManualTime time = new();
    private readonly ShardMemory memory = new();
    private readonly ReadStore store = new();

    [Fact]
    public async Task Ahead_a_process_that_knows_nothing_of_shard_0_looks_at_all_shards()
    {
        store.Tables.Accounts.Drift(Hot.At(2), Usd, 7m, isSettled: true);
        await Looks(Limit(Cap), Limit(500m), Limit(100_000m, Tokens)).AheadAsync(default);

        Assert.Equal(All(Hot), store.Read);
        Assert.Equal([0m, 0m, 7m, 0m], All(Hot).Select(shard => memory.Find(shard)![Usd].Committed));
        Assert.All(All(Hot), shard => Assert.True(memory.IsSeenSince(shard, time.Now)));
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(-1, true)]
    public async Task Ahead_it_looks_where_shard_0_has_less_than_four_holds_for_every_shard(int more, bool isLooked)
    {
        memory.Note(Item(Hot, Usd, Cap - Plenty - more), time.Now);
        await Looks(Limit(Cap)).AheadAsync(default);

        Assert.Equal(isLooked ? All(Hot)[1..] : [], store.Read);
    }

    [Fact]
    public async Task Ahead_what_was_seen_within_a_quarter_of_a_second_is_not_looked_at_again()
    {
        memory.Note(Item(Hot, Usd, Cap), time.Now);
        memory.Note(Item(Hot.At(1), Usd, 0m), time.Now);
        memory.Note(Item(Hot.At(2), Usd, 0m), time.Now.AddTicks(1));
        time.Now += TimeSpan.FromMilliseconds(250);
        await Looks(Limit(Cap)).AheadAsync(default);

        Assert.Equal([Hot, Hot.At(1), Hot.At(3)], store.Read);
    }

    [Fact]
    public async Task Of_several_accounts_only_those_with_little_left_on_shard_0_are_looked_at()
    {
        memory.Note(Item(Hot, Usd, 0m), time.Now);
        memory.Note(Item(Week, Usd, Cap), time.Now.AddDays(-1));
        await Looks(Limit(Cap), Limit(Cap, account: Week.At(2))).AheadAsync(default);

        Assert.Equal(All(Week), store.Read);
    }

    [Fact]
    public async Task Only_hard_limits_on_accounts_that_are_spread_are_looked_at()
    {
        var looks = Looks(Limit(Cap) with { Mode = BudgetMode.Soft }, Limit(Cap, account: Org));
        await looks.AheadAsync(default);
        await looks.AroundAsync(default);

        Assert.Empty(store.Read);
    }

    [Fact]
    public async Task A_plan_without_shards_looks_at_nothing()
    {
        var plan = PlanOf(Limit(Cap)) with { Shards = new Dictionary<Scope, int> { [Hot.Scope] = 1 } };
        await new ShardLooks(store, plan, memory, time.Pacing()).AheadAsync(default);

        Assert.Empty(store.Read);
    }

    [Fact]
    public async Task What_could_not_be_read_is_not_known()
    {
        store.IsDown = true;
        await Looks(Limit(Cap)).AheadAsync(default);

        Assert.Equal(Shards, store.Read.Count);
        Assert.All(All(Hot), shard => Assert.Null(memory.Find(shard)));
    }

    [Fact]
    public async Task Around_it_looks_at_what_was_not_seen_for_a_second_or_never()
    {
        memory.Note(Item(Hot, Usd, 0m), time.Now);
        memory.Note(Item(Hot.At(1), Usd, 0m), time.Now.AddTicks(1));
        time.Now += TimeSpan.FromSeconds(1);
        await Looks(Limit(Cap)).AroundAsync(default);

        Assert.Equal([Hot, Hot.At(2), Hot.At(3)], store.Read);
    }

    [Fact]
    public async Task After_a_lost_race_nothing_counts_that_was_seen_before_it()
    {
        var looks = Looks(Limit(Cap));
        memory.Note(Item(Hot, Usd, 0m), time.Now.AddTicks(-1));
        foreach (var shard in All(Hot)[1..])
        {
            memory.Note(Item(shard, Usd, 0m), time.Now);
        }

        await looks.AroundAsync(default);
        Assert.Empty(store.Read);
        looks.Distrust();
        await looks.AroundAsync(default);
        Assert.Equal([Hot], store.Read);
    }

    /// <summary>Left on shard 0, and on another; 32 and 512 are 4 and 64 holds for each of four shards.</summary>
    [Theory]
    [InlineData(32, 0, true)]
    [InlineData(31, 0, false)]
    [InlineData(31, 480, false)]
    [InlineData(31, 481, true)]
    public void There_is_plenty_where_shard_0_has_four_holds_for_every_shard_or_all_together_have_sixty_four(
        int ofBank, int ofOthers, bool hasPlenty)
    {
        memory.Note(Item(Hot, Usd, Cap - ofBank), time.Now);
        memory.Note(Item(Hot.At(2), Usd, -ofOthers), time.Now);

        Assert.Equal(hasPlenty, Looks(Limit(Cap), Limit(1m, account: Org), Limit(1m) with { Mode = BudgetMode.Soft }).HasPlenty);
    }

    [Fact]
    public void There_is_plenty_where_every_limit_has_it()
    {
        memory.Note(Item(Hot, Usd, Cap), time.Now);
        memory.Note(Item(Week, Usd, 0m), time.Now);

        Assert.True(Looks(Limit(Cap, account: Week)).HasPlenty);
        Assert.False(Looks(Limit(Cap), Limit(Cap, account: Week)).HasPlenty);
        Assert.False(Looks(Limit(10m * Cap), Limit(Cap)).HasPlenty);
    }

    [Theory]
    [InlineData(null, false)]
    [InlineData(1, false)]
    [InlineData(2, true)]
    public void An_account_is_spread_where_its_scope_has_more_than_one_shard(int? shards, bool isSpread)
    {
        memory.Note(Item(Org, Usd, 3m), time.Now);
        memory.Note(Item(Org.At(1), Usd, 4m), time.Now);
        var plan = PlanOf(Limit(Cap));
        var more = shards is { } some ? new Dictionary<Scope, int>(plan.Shards) { [Scope.Org] = some } : plan.Shards;
        var looks = new ShardLooks(store, plan with { Shards = more }, memory, time.Pacing());
        var item = Item(Org, Usd, 5m);

        Assert.Equal(isSpread, looks.IsSharded(Org));
        Assert.Equal(isSpread ? 7m : 5m, looks.SumOf(item)[Usd].Committed);
    }

    private static AccountKey[] All(AccountKey bank) => [.. Enumerable.Range(0, Shards).Select(bank.At)];

    private static ReservePlan PlanOf(params AccountLimit[] limits) =>
        Of("r1", "r1.1", DateTimeOffset.UnixEpoch, Hold, Shards, limits);

    private ShardLooks Looks(params AccountLimit[] limits) => new(store, PlanOf(limits), memory, time.Pacing());

    /// <summary>Tells what was read.</summary>
    private sealed class ReadStore : PassThrough
    {
        public ReadStore()
            : this(new FakeTables())
        {
        }

        private ReadStore(FakeTables tables)
            : base(Perfect(tables)) => Tables = tables;

        public FakeTables Tables { get; }

        public bool IsDown { get; set; }

        public List<AccountKey> Read { get; } = [];

        public override Task<StoreResult<AccountTotals?>> ReadAsync(AccountKey account, CancellationToken stop)
        {
            Read.Add(account);
            return IsDown
                ? Task.FromResult<StoreResult<AccountTotals?>>(new StoreResult<AccountTotals?>.Failed(StoreFault.Throttled, "busy"))
                : base.ReadAsync(account, stop);
        }

        private static PlantedStores Perfect(FakeTables tables)
        {
            var inner = FakeStore.Perfect(tables);
            return new PlantedStores(inner, inner, inner);
        }
    }
}
