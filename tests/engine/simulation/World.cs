using AiGateway.Domain.Ledger;
using AiGateway.Engine.Tests.Fakes;

namespace AiGateway.Engine.Tests.Simulation;

/// <summary>One schedule's clock, dice, tables and faults. Everything that happens follows from the seed.</summary>
internal sealed class World
{
    public static readonly TimeSpan LandsLateMax = TimeSpan.FromSeconds(60);

    private readonly Random dice;
    private readonly Plant plant;
    private readonly int faultsPerThousand;
    private long postings;

    public World(int seed, Plant plant)
    {
        this.plant = plant;
        dice = new Random(seed);
        Time = new VirtualTime(DateTimeOffset.FromUnixTimeSeconds(1_794_000_000 + dice.Next(3600)));
        Capacity = new ItemCapacity(Time);
        Index = new OpenIndexView(plant.OpenBucketOf);
        faultsPerThousand = Pick(0, 5, 20, 60, 120);
        plant.Prepare(Tables);
        var states = new Dictionary<string, EntryState>();
        Tables.Ledger.Changed += entry =>
        {
            Seen.Add($"{(states.TryGetValue(entry.RequestId, out var from) ? from : "nothing")} to {entry.State}");
            states[entry.RequestId] = entry.State;
        };
        Tables.Ledger.Changed += entry => Time.After(plant.IndexLag(this), () => Index.CatchUp(entry));
    }

    public VirtualTime Time { get; }

    public FakeTables Tables { get; } = new();

    public OpenIndexView Index { get; }

    public ItemCapacity Capacity { get; }

    public TimeSpan StoreTimeout { get; } = TimeSpan.FromMilliseconds(300);

    /// <summary>Off at the end, so that everything comes to rest.</summary>
    public bool HasFaults { get; set; } = true;

    /// <summary>What happened in this schedule: a simulation that meets nothing proves nothing.</summary>
    public HashSet<string> Seen { get; } = [];

    /// <summary>Looks at the tables after every write.</summary>
    public Action? Written { get; set; }

    public int Roll(int sides) => dice.Next(sides);

    public T Pick<T>(params ReadOnlySpan<T> choices) => choices[dice.Next(choices.Length)];

    public TimeSpan Between(TimeSpan least, TimeSpan most) =>
        least + TimeSpan.FromMilliseconds(dice.Next((int)(most - least).TotalMilliseconds + 1));

    public string NewPostingId() => $"{Time.GetUtcNow():yyyyMMddHHmmssfff}-{postings++:D6}";

    public Pacing PacingOf(Process process) => new(Time, dice.Next, async (delay, _) =>
    {
        await Time.DelayAsync(delay);
        if (process.IsDead)
        {
            await new TaskCompletionSource().Task;
        }
    });

    public PlantedStores StoresOf(Process process)
    {
        var store = new FakeStore(Tables, Index, new FaultyNetwork(this, process));
        return plant.Stores(new PlantedStores(store, store, store), process.Role);
    }

    /// <summary>Half of the latency of a call.</summary>
    public Task LatencyAsync() =>
        Time.DelayAsync(Between(TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(Roll(20) == 0 ? 250 : 6)));

    public StoreResult<T> Apply<T>(StoreCall call, Func<StoreResult<T>> apply)
    {
        if (Capacity.Refuses(call) is { } fault)
        {
            return new StoreResult<T>.Failed(fault, "capacity");
        }

        var answer = apply();
        if (call.Items.Count > 0 && answer is StoreResult<T>.Done)
        {
            Written?.Invoke();
        }

        return answer;
    }

    public Fate FateOf(Process process, StoreCall call)
    {
        if (!HasFaults || Roll(1000) >= faultsPerThousand)
        {
            return Fate.Normal;
        }

        var fate = Draw(call);
        Seen.Add($"{fate} at {process.Role}");
        return fate;
    }

    private Fate Draw(StoreCall call) => call.Items.Count == 0
        ? Pick(Fate.Throttled, Fate.Unreachable, Fate.RequestLost, Fate.CrashBefore)
        : Pick(
            Fate.Throttled, Fate.Conflict, Fate.Unreachable, Fate.RequestLost, Fate.AnswerLost, Fate.LandsLate,
            Fate.CrashBefore, Fate.CrashAfter);
}
