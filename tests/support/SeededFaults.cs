using AiGateway.Engine;

namespace AiGateway.Tests.Support;

/// <summary>How many of a hundred calls meet which trouble; the rest goes through.</summary>
/// <param name="Throttled">Not applied.</param>
/// <param name="Conflict">Not applied.</param>
/// <param name="FailBefore">Not applied, but its caller can't know: a time-out.</param>
/// <param name="FailAfter">Applied, but its caller can't know: a time-out.</param>
public sealed record FaultRates(int Throttled = 0, int Conflict = 0, int FailBefore = 0, int FailAfter = 0);

/// <summary>
/// Fails calls by chance, the same ones for the same seed and order of calls. The message of each fault carries the
/// seed.
/// </summary>
public sealed class SeededFaults(int seed, FaultRates rates) : StoreInterceptor
{
    private readonly Random random = new(seed);

    public override async Task<StoreResult<T>> RunAsync<T>(string call, Func<Task<StoreResult<T>>> send)
    {
        var chance = Next();
        if ((chance -= rates.Throttled) < 0)
        {
            return Fault<T>(StoreFault.Throttled, call, "throttled");
        }

        if ((chance -= rates.Conflict) < 0)
        {
            return Fault<T>(StoreFault.Conflict, call, "in conflict");
        }

        if ((chance -= rates.FailBefore) < 0)
        {
            return Fault<T>(StoreFault.TimedOut, call, "failed before it was applied");
        }

        var result = await send();
        return chance < rates.FailAfter ? Fault<T>(StoreFault.TimedOut, call, "failed after it was applied") : result;
    }

    private int Next()
    {
        lock (random)
        {
            return random.Next(100);
        }
    }

    private StoreResult<T>.Failed Fault<T>(StoreFault fault, string call, string how) =>
        new(fault, $"{call} {how} (seed {seed})");
}
