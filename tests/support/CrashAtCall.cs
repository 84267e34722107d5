using AiGateway.Engine;

namespace AiGateway.Tests.Support;

/// <summary>The process "dies": nothing may catch it but the test.</summary>
public sealed class CrashException(string call, int number) : Exception($"Crashed at call {number}, {call}.");

/// <summary>Whether the call that the process dies at still reaches the database.</summary>
public enum CrashSide
{
    BeforeTheCall,
    AfterTheCall,
}

/// <summary>
/// Dies at the n-th call, and stays dead: no later call comes through. Run the work again with 1, 2, 3 … until nothing
/// crashes, and every
/// gap between two calls was tried.
/// </summary>
/// <param name="number">Counted from 1.</param>
/// <param name="side">Before or after it reaches the database.</param>
public sealed class CrashAtCall(int number, CrashSide side) : StoreInterceptor
{
    private int calls;

    /// <summary>False: there were fewer calls than that, so that every place was tried.</summary>
    public bool HasCrashed => Volatile.Read(ref calls) >= number;

    public override async Task<StoreResult<T>> RunAsync<T>(string call, Func<Task<StoreResult<T>>> send)
    {
        var current = Interlocked.Increment(ref calls);
        if (current > number || (current == number && side == CrashSide.BeforeTheCall))
        {
            throw new CrashException(call, current);
        }

        var result = await send();
        return current < number ? result : throw new CrashException(call, current);
    }
}
