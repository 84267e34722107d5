namespace AiGateway.Local.Stack;

/// <summary>What became of one event.</summary>
public abstract record InvocationResult
{
    private InvocationResult()
    {
    }

    /// <summary>The function answered.</summary>
    public sealed record Answered(ReadOnlyMemory<byte> Payload) : InvocationResult;

    /// <summary>
    /// It threw, crashed, did not start, or did not answer in time. <paramref name="Payload"/> is Lambda's error document:
    /// <c>{"errorType":"…","errorMessage":"…"}</c>.
    /// </summary>
    public sealed record Failed(string ErrorType, ReadOnlyMemory<byte> Payload) : InvocationResult;

    /// <summary>No process was free in time, and the reserved concurrency is used up.</summary>
    public sealed record Throttled : InvocationResult;
}
