using AiGateway.Domain.Ledger;
using AiGateway.Engine.Tests.Contract;
using AiGateway.Engine.Tests.Fakes;

namespace AiGateway.Engine.Tests.Shards;

/// <summary>One process that asks again and again, on fake tables, with a script of faults.</summary>
internal sealed class ShardWorld
{
    /// <summary>More than any question needs: whoever asks for more is in a loop that does not end.</summary>
    private const int RollsMax = 1_000;

    private readonly Random dice = new(4711);
    private readonly OpenIndexView index = new(entry => entry.OpenBucket);
    private readonly Reservation reservation;
    private readonly ScriptedNetwork network;
    private readonly int shards;
    private int asked;
    private int rolls;

    /// <param name="shards">How many the hot scope has.</param>
    /// <param name="beside">Another process, on whose tables and clock this one works.</param>
    public ShardWorld(int shards, ShardWorld? beside = null)
    {
        this.shards = shards;
        Tables = beside?.Tables ?? new FakeTables();
        Time = beside?.Time ?? new ManualTime();
        Tables.Ledger.Changed += index.CatchUp;
        Tables.Ledger.Probed += index.CatchUp;
        network = new ScriptedNetwork((call, number) => Script(call, number));
        var store = new FakeStore(Tables, index, network);
        var pacing = new Pacing(Time, Roll, (delay, _) =>
        {
            Time.Now += StandsStill ? TimeSpan.Zero : delay;
            return Task.CompletedTask;
        });
        reservation = new Reservation(store, store, pacing, count => RoundTrips = count, Memory, count => SentAgain = count);
    }

    public Func<StoreCall, int, Fate> Script { get; init; } = (_, _) => Fate.Normal;

    public ManualTime Time { get; }

    public FakeTables Tables { get; }

    public ScriptedNetwork Network => network;

    /// <summary>Of this process.</summary>
    public ShardMemory Memory { get; } = new();

    public DateTimeOffset Deadline { get; private set; }

    public string Process { get; init; } = "r";

    /// <summary>Pauses take no time: only the number of tries ends anything.</summary>
    public bool StandsStill { get; init; }

    public int RoundTrips { get; private set; }

    public int SentAgain { get; private set; }

    public string LastId => $"{Process}{asked}";

    /// <summary>Of the last question.</summary>
    public IReadOnlyList<string> Calls { get; private set; } = [];

    public IReadOnlyList<AccountTotals> Items =>
        [.. Tables.Accounts.All.Where(item => item.Account.Whole() == ShardPlans.Hot)];

    public async Task<ReserveOutcome> AskAsync(decimal usd, params AccountLimit[] limits)
    {
        network.Calls.Clear();
        asked++;
        rolls = 0;
        Deadline = Time.Now + TimeSpan.FromSeconds(1);
        var outcome = await reservation.ReserveAsync(
            ShardPlans.Of(LastId, $"{LastId}.1", Time.Now, usd, shards, limits),
            Deadline,
            CancellationToken.None);
        Calls = [.. network.Calls];
        return outcome;
    }

    public (decimal Held, decimal Committed, decimal Moved) Sums() => (
        Items.Sum(item => item[ShardPlans.Usd].Buckets.Values.Sum()),
        Items.Sum(item => item[ShardPlans.Usd].Committed),
        Items.Sum(item => item[ShardPlans.Usd].Moved));

    private int Roll(int sides) => ++rolls <= RollsMax
        ? dice.Next(sides)
        : throw new InvalidOperationException($"The {rolls}th roll for one question: does this ever end?");

    public Task<SweepReport> SweepAsync()
    {
        var store = new FakeStore(Tables, index, new PerfectNetwork());
        var settler = new Settler(store, store, Time.Pacing(), () => $"p{Time.Now.Ticks}-{dice.Next()}");
        return new Sweep(store, store, store, settler, Time.Pacing(), SweepOptions.Default).RunAsync(default);
    }

    /// <summary>A request ended, at a cost.</summary>
    public async Task SettleAsync(string id, decimal usd)
    {
        var store = new FakeStore(Tables, index, new PerfectNetwork());
        var settler = new Settler(store, store, Time.Pacing(), () => $"p{Time.Now.Ticks}-{dice.Next()}");
        var report = await settler.SettleAsync([SettlerFixture.Line(id, usd)], default);
        Assert.IsType<SettlementOutcome.Booked>(Assert.Single(report.Outcomes));
    }

    /// <summary>Something cost more than its hold.</summary>
    public async Task OverdrawAsync(AccountKey shard, decimal usd)
    {
        var store = new FakeStore(Tables, index, new PerfectNetwork());
        var entry = ContractData.Measured(ContractData.Held("over") with { Version = 0 }, usd, "over") with
        {
            Settled = [new AccountHold(shard, [new(ShardPlans.Usd, usd)])],
        };
        var posting = new Posting(shard, "over", [new(ShardPlans.Usd, usd, 0m, [])]);
        await store.SettleAsync([new(entry, null)], [posting], default);
        await store.ApplyAsync(posting, Time.Now, default);
    }

    public Reconciliation Books()
    {
        var store = new FakeStore(Tables, index, new PerfectNetwork());
        return new Reconciliation(store, store, store, Time.Pacing());
    }
}
