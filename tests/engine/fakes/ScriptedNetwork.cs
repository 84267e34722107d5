namespace AiGateway.Engine.Tests.Fakes;

/// <summary>The process was killed here.</summary>
public sealed class KilledException : Exception;

/// <summary>Answers each call as the script says: the call and its number among all calls, from 1.</summary>
internal sealed class ScriptedNetwork(Func<StoreCall, int, Fate> script) : INetwork
{
    private readonly Fuse fuse = new(50_000);

    public List<string> Calls { get; } = [];

    /// <summary>What a call waits for on its way; by default for nothing, so that it is answered at once.</summary>
    public Func<StoreCall, Task> OnItsWay { get; set; } = _ => Task.CompletedTask;

    /// <summary>An answer of this store's own, where it is one of the call's type: the tables are not asked.</summary>
    public Func<StoreCall, object?>? Answers { get; set; }

    /// <summary>What happens right after a call was applied: time passes, another process writes.</summary>
    public Action<StoreCall>? Applied { get; set; }

    public async Task<StoreResult<T>> SendAsync<T>(StoreCall call, Func<StoreResult<T>> apply)
    {
        fuse.Count(call);
        Calls.Add(call.Method);
        var fate = script(call, Calls.Count);
        await OnItsWay(call);
        if (Answers?.Invoke(call) is StoreResult<T> own)
        {
            return own;
        }

        switch (fate)
        {
            case Fate.CrashBefore:
                throw new KilledException();
            case Fate.RequestLost:
                return new StoreResult<T>.Failed(StoreFault.TimedOut, "scripted");
            case Fate.Throttled or Fate.Conflict or Fate.Unreachable or Fate.Denied or Fate.Malformed:
                return new StoreResult<T>.Failed(Enum.Parse<StoreFault>(fate.ToString()), "scripted");
        }

        var answer = apply();
        Applied?.Invoke(call);
        return fate switch
        {
            Fate.CrashAfter => throw new KilledException(),
            Fate.AnswerLost => new StoreResult<T>.Failed(StoreFault.TimedOut, "scripted"),
            _ => answer,
        };
    }
}

/// <summary>A clock that stands still until it is told, and that jumps over every delay.</summary>
internal sealed class ManualTime : TimeProvider
{
    public DateTimeOffset Now { get; set; } = DateTimeOffset.FromUnixTimeSeconds(1_794_000_000);

    public override DateTimeOffset GetUtcNow() => Now;

    public Pacing Pacing() => new(this, most => most / 2, (delay, _) => DelayAsync(delay));

    public Task DelayAsync(TimeSpan delay)
    {
        Now += delay;
        return Task.CompletedTask;
    }
}
