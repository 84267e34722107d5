using AiGateway.Domain.Ledger;
using AiGateway.Engine.Tests.Fakes;
using AiGateway.Engine.Tests.Simulation;

namespace AiGateway.Engine.Tests.Shards;

/// <summary>What a load is. Where it settles, every request ends half a second later at a part of its hold.</summary>
internal sealed record LoadPlan(
    int Shards, int PerSecond, int Seconds, decimal Cap, int SettledPercent = 0, int Seed = 20261121)
{
    /// <summary>After a second the row says this; one process after the other comes to know it.</summary>
    public decimal? ChangedTo { get; init; }

    public AccountLimit Limit { get; init; } = ShardPlans.Limit(Cap);
}

/// <summary>What became of one question.</summary>
/// <param name="Outcome">The answer.</param>
/// <param name="RoundTrips">One after the other, what was sent again included.</param>
/// <param name="SentAgain">Calls that were certainly not applied, because the item was busy.</param>
/// <param name="At">When it was asked, from the beginning.</param>
/// <param name="Took">From the question to the answer.</param>
/// <param name="Left">Of the cap, as the answer is given.</param>
internal sealed record LoadDecision(
    ReserveOutcome Outcome, int RoundTrips, int SentAgain, TimeSpan At, TimeSpan Took, decimal Left);

/// <summary>
/// Decisions on one hot scope in virtual time, at an even rate, by as many execution environments as are busy at once,
/// each with a
/// memory of its own and one request at a time, as Lambda has it.
/// </summary>
internal sealed class HotScopeLoad
{
    private static readonly DateTimeOffset Begin = DateTimeOffset.FromUnixTimeSeconds(1_794_000_000);

    private readonly VirtualTime time = new(Begin);
    private readonly OpenIndexView index = new(entry => entry.OpenBucket);
    private readonly Random dice;
    private readonly Stack<Environment> free = new();
    private readonly ItemCapacity capacity;
    private readonly LoadPlan plan;
    private readonly LoadSettlement settlement;

    private HotScopeLoad(LoadPlan plan)
    {
        this.plan = plan;
        dice = new Random(plan.Seed);
        capacity = new ItemCapacity(time);
        Settling = new LoadNetwork(time, capacity, dice);
        settlement = new LoadSettlement(new FakeStore(Tables, index, Settling), time, dice, plan.SettledPercent);
    }

    public FakeTables Tables { get; } = new();

    public List<Environment> Environments { get; } = [];

    public LoadNetwork Settling { get; }

    public List<LoadDecision> Decisions { get; } = [];

    public IReadOnlyList<AccountTotals> Items => [.. Tables.Accounts.All];

    public static HotScopeLoad Run(LoadPlan plan)
    {
        var load = new HotScopeLoad(plan);
        var before = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(new VirtualContext(load.time));
        try
        {
            for (var number = 0; number < plan.PerSecond * plan.Seconds; number++)
            {
                var id = $"r{number}";
                load.time.After(TimeSpan.FromSeconds(1) * number / plan.PerSecond, () => _ = load.DecideAsync(id));
            }

            load.time.RunToEnd(100_000_000, () => false);
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
        }

        return load;
    }

    private async Task DecideAsync(string id)
    {
        var start = time.GetUtcNow();
        var environment = free.Count > 0 ? free.Pop() : NewEnvironment();
        var hold = 0.005m + (dice.Next(10_000) / 1_000_000m);
        var outcome = await environment.Reservation.ReserveAsync(
            ShardPlans.Of(id, $"{id}.1", start, hold, plan.Shards, KnownTo(environment, start)),
            start + TimeSpan.FromSeconds(1),
            CancellationToken.None);
        free.Push(environment);
        Decisions.Add(new LoadDecision(
            outcome, environment.RoundTrips, environment.SentAgain, start - Begin, time.GetUtcNow() - start, plan.Cap - Items.Sum(item => item[plan.Limit.Total].Buckets.Values.Sum() + item[plan.Limit.Total].Settled)));
        if (plan.SettledPercent > 0 && outcome is ReserveOutcome.Admitted)
        {
            settlement.EndsSoon(id, hold);
        }
    }

    private AccountLimit KnownTo(Environment environment, DateTimeOffset now) => plan.ChangedTo is { } changed
        && now >= Begin + TimeSpan.FromSeconds(1) + (TimeSpan.FromMilliseconds(20) * Environments.IndexOf(environment))
            ? plan.Limit with { Amount = changed }
            : plan.Limit;

    private Environment NewEnvironment()
    {
        var network = new LoadNetwork(time, capacity, dice);
        var environment = new Environment(new FakeStore(Tables, index, network), network, new Pacing(
            time, dice.Next, (delay, _) => time.DelayAsync(delay)));
        Environments.Add(environment);
        return environment;
    }

    /// <summary>One process.</summary>
    internal sealed class Environment
    {
        public Environment(FakeStore store, LoadNetwork network, Pacing pacing)
        {
            Network = network;
            Reservation = new Reservation(store, store, pacing, count => RoundTrips = count, onSentAgain: count => SentAgain = count);
        }

        public Reservation Reservation { get; }

        public LoadNetwork Network { get; }

        public int RoundTrips { get; private set; }

        public int SentAgain { get; private set; }
    }
}
