using AiGateway.Engine;

namespace AiGateway.Aws.Tests;

/// <summary>What a store answered, or a failing test that says what it answered instead.</summary>
internal static class Answers
{
    public static T Done<T>(StoreResult<T> result) => Assert.IsType<StoreResult<T>.Done>(result).Value;

    public static T? Refused<T>(StoreResult<T> result) => Assert.IsType<StoreResult<T>.Refused>(result).Current;

    public static StoreResult<T>.Failed Failed<T>(StoreFault fault, StoreResult<T> result)
    {
        var failed = Assert.IsType<StoreResult<T>.Failed>(result);
        Assert.Equal(fault, failed.Fault);
        return failed;
    }
}
