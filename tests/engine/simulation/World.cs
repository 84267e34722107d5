using AiGateway.Domain.Ledger;
using AiGateway.Engine.Tests.Fakes;

namespace AiGateway.Engine.Tests.Simulation;

/// <summary>One schedule's clock, dice, tables and faults. Everything that happens follows from the seed.</summary>
internal sealed class World
{
    /// <summary>A call that timed out is applied within the grace that totals of past windows have.</summary>
    public static readonly TimeSpan LandsLateMax = TimeSpan.FromSeconds(55);

    private readonly Random dice;
    private readonly Plant plant;
    private readonly int faultsPerThousand;
    private readonly DateTimeOffset outageFrom;
    private readonly DateTimeOffset outageTo;
    private long postings;

    public World(int seed, Plant plant)
    {
        this.plant = plant;
        dice = new Random(seed);
        Time = new VirtualTime(Begin());
        outageFrom = Time.GetUtcNow() + Between(TimeSpan.Zero, TimeSpan.FromMinutes(12));
        outageTo = outageFrom + (Roll(4) == 0 ? Between(TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(3)) : TimeSpan.Zero);
        Capacity = new ItemCapacity(Time);
        Index = new OpenIndexView(plant.OpenBucketOf);
        Tables.Ledger.Probed += (shard, at) => Time.After(plant.ProbeLag(this), () => Index.CatchUp(shard, at));
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
    public Action<StoreCall>? Written { get; set; }

    public bool AdmitsHalfOutages => plant.AdmitsHalfOutages;

    /// <summary>Nothing of the database can be reached.</summary>
    public bool IsOutage => HasFaults && Time.GetUtcNow() >= outageFrom && Time.GetUtcNow() < outageTo;

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
            Written?.Invoke(call);
        }

        return answer;
    }

    public Fate FateOf(Process process, StoreCall call)
    {
        if (IsOutage)
        {
            return Fate.Unreachable;
        }

        if (!HasFaults || Roll(1000) >= faultsPerThousand)
        {
            return Fate.Normal;
        }

        var fate = Draw(call);
        Seen.Add($"{fate} at {process.Role}");
        return fate;
    }

    // Often just before a minute, a day and perhaps a month end.
    private DateTimeOffset Begin() => Roll(3) switch
    {
        0 => new DateTimeOffset(2026, 11, 30, 23, 50, 0, TimeSpan.Zero) + Between(TimeSpan.Zero, TimeSpan.FromMinutes(10)),
        1 => new DateTimeOffset(2026, 11, 12, 23, 50, 0, TimeSpan.Zero) + Between(TimeSpan.Zero, TimeSpan.FromMinutes(10)),
        _ => DateTimeOffset.FromUnixTimeSeconds(1_794_000_000 + Roll(3600)),
    };

    private Fate Draw(StoreCall call) => call.Items.Count == 0
        ? Pick(Fate.Throttled, Fate.Unreachable, Fate.RequestLost, Fate.CrashBefore)
        : Pick(
            Fate.Throttled, Fate.Conflict, Fate.Unreachable, Fate.RequestLost, Fate.AnswerLost, Fate.LandsLate,
            Fate.CrashBefore, Fate.CrashAfter);
}
