using AiGateway.Domain.Budgets;
using AiGateway.Domain.Ledger;
using AiGateway.Engine.Tests.Contract;
using AiGateway.Engine.Tests.Fakes;
using AiGateway.Engine.Tests.Simulation;
using static AiGateway.Engine.Tests.Shards.ShardPlans;

namespace AiGateway.Engine.Tests.Shards;

/// <summary>The second round of a reservation: what it is for, what it sends, and what it remembers.</summary>
public sealed class ShardRefillTests
{
    private const int Shards = 4;
    private const decimal Cap = 1_000m;

    private static readonly AccountKey Own = Hot.At(1);
    private static readonly AccountKey Org = new(Scope.Org, "2026-11");

    private readonly ManualTime time = new();
    private readonly ShardMemory memory = new();
    private readonly AnsweringStore store = new();
    private readonly ReservePlan plan =
        Of("r1", "r1.1", DateTimeOffset.UnixEpoch, 1m, Shards, Limit(Cap, account: Own), Limit(Cap, account: Org));

    [Fact]
    public void It_remembers_what_shards_held_and_refused_and_no_other_account()
    {
        Refill().Note(
        [
            Held(Item(Own, Usd, 3m)), Refused(Hot.At(2), Item(Hot.At(2), Usd, 4m)), Refused(Hot.At(3), null), Held(Item(Org, Usd, 5m)),
            new HoldAnswer(WriteOn(Hot), new StoreResult<AccountTotals>.Failed(StoreFault.Throttled, "busy")),
        ]);

        Assert.Equal((3m, 4m), (memory.Find(Own)![Usd].Committed, memory.Find(Hot.At(2))![Usd].Committed));
        Assert.Empty(memory.Find(Hot.At(3))!.Totals);
        Assert.All([Org, Hot], account => Assert.Null(memory.Find(account)));
    }

    [Fact]
    public void A_dry_shard_alone_is_refilled()
    {
        memory.Note(Item(Hot, Usd, 0m), time.Now);

        Assert.NotNull(Refill().PlanFor(Taken(Refused(Own, Item(Own, Usd, 0m)), Held(Item(Org, Usd, 5m)))));
        Assert.Null(Refill().PlanFor(Taken(Held(Item(Own, Usd, 0m)))));
        Assert.Null(Refill().PlanFor(Taken(Refused(Own, Item(Own, Usd, 0m)), Refused(Org, Item(Org, Usd, 5m)))));
    }

    [Theory]
    [InlineData(EntryState.Held, true)]
    [InlineData(EntryState.Void, false)]
    [InlineData(EntryState.Measured, false)]
    public void Nothing_moves_for_a_request_that_has_ended(EntryState state, bool isMoved)
    {
        memory.Note(Item(Hot, Usd, 0m), time.Now);
        var standing = ContractData.Held("r1", ContractData.AttemptOf("other", 1m)) with { State = state };
        var taken = Taken(Refused(Own, null)) with { Put = new StoreResult<LedgerEntry>.Refused(standing) };

        Assert.Equal(isMoved, Refill().PlanFor(taken) is not null);
    }

    [Fact]
    public void Nothing_moves_where_a_write_had_no_answer()
    {
        memory.Note(Item(Hot, Usd, 0m), time.Now);
        var fault = new HoldAnswer(WriteOn(Org), new StoreResult<AccountTotals>.Failed(StoreFault.TimedOut, "late"));

        Assert.Null(Refill().PlanFor(Taken(Refused(Own, null), fault)));
    }

    [Fact]
    public async Task What_moved_is_reckoned_from_what_was_seen_and_what_was_not_seen_stays_unknown()
    {
        memory.Note(Item(Own, Usd, -2m), time.Now);
        var other = Held(Item(Org, Usd, 5m));
        var (holds, lost) = await MoveAsync(Taken(Refused(Own, null), other), Writes());

        Assert.Equal((LostRace.None, -11m), (lost, memory.Find(Own)![Usd].Committed));
        Assert.Null(memory.Find(Hot));
        Assert.Equal(-11m, Assert.IsType<StoreResult<AccountTotals>.Done>(holds.Holds[0].Answer).Value[Usd].Committed);
        Assert.Same(other, holds.Holds[1]);
        Assert.Equal(["Move"], store.Calls);
    }

    [Fact]
    public async Task Where_others_had_moved_what_it_was_planned_with_their_items_are_remembered_and_it_is_told_as_refused()
    {
        store.Moves = new StoreResult<IReadOnlyList<AccountTotals>>.Refused([Item(Own, Usd, 9m)]);
        var looks = Looks();
        var (holds, lost) = await MoveAsync(Taken(Refused(Own, null)), Writes(), looks);

        Assert.Equal((LostRace.Outrun, 9m), (lost, memory.Find(Own)![Usd].Committed));
        Assert.Equal(9m, Assert.IsType<StoreResult<AccountTotals>.Refused>(holds.Holds[0].Answer).Current![Usd].Committed);
    }

    [Theory]
    [InlineData(StoreFault.Conflict, LostRace.Busy)]
    [InlineData(StoreFault.Throttled, LostRace.Busy)]
    [InlineData(StoreFault.TimedOut, LostRace.None)]
    [InlineData(StoreFault.Denied, LostRace.None)]
    internal async Task Only_after_a_lost_race_is_nothing_trusted_that_was_seen_before(StoreFault fault, LostRace expected)
    {
        store.Moves = new StoreResult<IReadOnlyList<AccountTotals>>.Failed(fault, "scripted");
        var looks = Looks();
        foreach (var shard in Enumerable.Range(0, Shards))
        {
            memory.Note(Item(Hot.At(shard), Usd, 0m), time.Now.AddTicks(-1));
        }

        var (holds, lost) = await MoveAsync(Taken(Refused(Own, null)), Writes(), looks);
        await looks.AroundAsync(default);

        Assert.Equal(expected, lost);
        Assert.Equal(expected == LostRace.Busy ? Shards : 0, store.Calls.Count(call => call == "Read"));
        var failed = Assert.IsType<StoreResult<AccountTotals>.Failed>(holds.Holds[0].Answer);
        Assert.Equal((fault, "move: scripted"), (failed.Fault, failed.Detail));
    }

    [Fact]
    public async Task A_hold_that_fits_by_now_is_a_plain_one()
    {
        memory.Note(Item(Own, Usd, -2m), time.Now);
        var (holds, lost) = await MoveAsync(Taken(Refused(Own, null)), [new ShardWrite(WriteOn(Own), [], [])]);

        Assert.Equal((LostRace.None, -1m), (lost, memory.Find(Own)![Usd].Committed));
        Assert.IsType<StoreResult<AccountTotals>.Done>(holds.Holds[0].Answer);
        Assert.Equal(["Reserve"], store.Calls);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_plain_hold_that_is_refused_is_a_race_that_was_lost(bool isThere)
    {
        memory.Note(Item(Own, Usd, -2m), time.Now);
        store.Reserves = new StoreResult<AccountTotals>.Refused(isThere ? Item(Own, Usd, 9m) : null);
        var (_, lost) = await MoveAsync(Taken(Refused(Own, null)), [new ShardWrite(WriteOn(Own), [], [])]);

        Assert.Equal((LostRace.Outrun, isThere ? 9m : -2m), (lost, memory.Find(Own)![Usd].Committed));
    }

    [Fact]
    public async Task A_plain_hold_without_an_answer_is_told_as_such()
    {
        store.Reserves = new StoreResult<AccountTotals>.Failed(StoreFault.Conflict, "scripted");
        var (holds, lost) = await MoveAsync(Taken(Refused(Own, null)), [new ShardWrite(WriteOn(Own), [], [])]);

        Assert.Equal(LostRace.Busy, lost);
        Assert.Equal("move: scripted", Assert.IsType<StoreResult<AccountTotals>.Failed>(holds.Holds[0].Answer).Detail);
    }

    /// <summary>One of six who see that a shard is low fills it, and only a shard.</summary>
    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 0)]
    [InlineData(5, 0)]
    public void A_shard_that_a_hold_left_low_is_filled_by_one_of_those_who_see_it(int roll, int moves)
    {
        memory.Note(Item(Hot, Usd, 0m), time.Now);
        memory.Note(Item(Own, Usd, -1m), time.Now);
        var sides = new List<int>();
        var pacing = new Pacing(
            time,
            most =>
            {
                sides.Add(most);
                return roll;
            },
            (_, _) => Task.CompletedTask);
        new ShardRefill(store, plan, memory, Looks(), pacing).TopUp(Taken(Held(Item(Own, Usd, -1m)), Held(Item(Org, Usd, 5m))));

        Assert.Equal([ShardTopUp.OneOf], sides);
        Assert.Equal(Enumerable.Repeat("Move", moves), store.Calls);
        Assert.Equal(moves > 0, memory.Find(Own)![Usd].Committed < -1m);
    }

    private static HoldAnswer Held(AccountTotals item) => new(WriteOn(item.Account), new StoreResult<AccountTotals>.Done(item));

    private static HoldAnswer Refused(AccountKey account, AccountTotals? current) =>
        new(WriteOn(account), new StoreResult<AccountTotals>.Refused(current));

    private static ReserveWrite WriteOn(AccountKey account) => new(account, 7, [new(Usd, 1m)], [new(Usd, -1m)], []);

    // Shard 0 gives ten to the shard of the hold.
    private static IReadOnlyList<ShardWrite> Writes() =>
    [
        new(new ReserveWrite(Hot, 0, [], [new(Usd, 990m)], []), [new(Usd, 10m)], []),
        new(WriteOn(Own), [new(Usd, -10m)], [new(Usd, Cap)]),
    ];

    private static TakenHolds Taken(params HoldAnswer[] holds) =>
        new(holds, new StoreResult<LedgerEntry>.Done(ContractData.Held("r1", ContractData.AttemptOf("r1.1", 1m))), "r1.1");

    private ShardLooks Looks() => new(store, plan, memory, time.Pacing());

    private ShardRefill Refill(ShardLooks? looks = null) => new(store, plan, memory, looks ?? Looks(), time.Pacing());

    private Task<(TakenHolds Holds, LostRace Lost)> MoveAsync(
        TakenHolds taken, IReadOnlyList<ShardWrite> writes, ShardLooks? looks = null) => Refill(looks).MoveAsync(
            taken, writes, new CertainRetry(time.Pacing(), time.Now.AddSeconds(1)), default);

    /// <summary>Answers as it is told, and tells what it was asked.</summary>
    private sealed class AnsweringStore() : PassThrough(null!)
    {
        public StoreResult<IReadOnlyList<AccountTotals>> Moves { get; set; } = new StoreResult<IReadOnlyList<AccountTotals>>.Done([]);

        public StoreResult<AccountTotals>? Reserves { get; set; }

        public List<string> Calls { get; } = [];

        public override Task<StoreResult<IReadOnlyList<AccountTotals>>> MoveAsync(
            IReadOnlyList<ShardWrite> writes, CancellationToken stop) => Answer("Move", Moves);

        public override Task<StoreResult<AccountTotals>> ReserveAsync(ReserveWrite write, CancellationToken stop) =>
            Answer("Reserve", Reserves ?? new StoreResult<AccountTotals>.Done(AccountTotals.Empty(write.Account)));

        public override Task<StoreResult<AccountTotals?>> ReadAsync(AccountKey account, CancellationToken stop) =>
            Answer<AccountTotals?>("Read", new StoreResult<AccountTotals?>.Done(null));

        private Task<StoreResult<T>> Answer<T>(string call, StoreResult<T> answer)
        {
            Calls.Add(call);
            return Task.FromResult(answer);
        }
    }
}
