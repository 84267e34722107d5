namespace AiGateway.Local.Stack;

/// <summary>One event on its way through a process.</summary>
internal sealed class Invocation(ReadOnlyMemory<byte> payload)
{
    private readonly TaskCompletionSource<InvocationResult> _result =
        new(TaskCreationOptions.RunContinuationsAsynchronously);

    private readonly TaskCompletionSource _delivered = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string RequestId { get; } = Guid.NewGuid().ToString();

    public string TraceId { get; } = NewTraceId(DateTimeOffset.UtcNow);

    public ReadOnlyMemory<byte> Payload { get; } = payload;

    public Task<InvocationResult> Result => _result.Task;

    /// <summary>Done once the function has called for the event: from then on its time runs.</summary>
    public Task Delivered => _delivered.Task;

    public void MarkDelivered() => _delivered.TrySetResult();

    /// <returns>False when there was a result already.</returns>
    public bool Finish(InvocationResult result) => _result.TrySetResult(result);

    private static string NewTraceId(DateTimeOffset now) =>
        $"Root=1-{now.ToUnixTimeSeconds():x8}-{Guid.NewGuid().ToString("N")[..24]};"
        + $"Parent={Guid.NewGuid().ToString("N")[..16]};Sampled=0";
}
