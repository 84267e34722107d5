namespace AiGateway.Lambda;

/// <summary>Until when an answer is of use: the caller's time-out or Lambda's, whichever ends sooner.</summary>
public sealed class InvocationDeadline
{
    private readonly TimeProvider clock;

    /// <param name="receivedAt">When the call arrived (<see cref="FunctionUrlRequest.ReceivedAt"/>).</param>
    /// <param name="callerTimeout">How long the caller waits for the answer, from then on.</param>
    /// <param name="margin">What the way back of the answer may take; kept free before both time-outs.</param>
    /// <param name="remainingTime">What Lambda leaves it as of now (<c>ILambdaContext.RemainingTime</c>).</param>
    public InvocationDeadline(
        DateTimeOffset receivedAt, TimeSpan callerTimeout, TimeSpan margin, TimeSpan remainingTime, TimeProvider clock)
    {
        this.clock = clock;
        var callersEnd = receivedAt + callerTimeout - margin;
        var lambdasEnd = clock.GetUtcNow() + remainingTime - margin;
        At = callersEnd < lambdasEnd ? callersEnd : lambdasEnd;
    }

    public DateTimeOffset At { get; }

    /// <summary>The time left, never negative.</summary>
    public TimeSpan Left
    {
        get
        {
            var left = At - clock.GetUtcNow();
            return left > TimeSpan.Zero ? left : TimeSpan.Zero;
        }
    }

    public bool HasPassed => Left == TimeSpan.Zero;

    /// <summary>Is cancelled at the deadline; at once where it has passed. The caller disposes of it.</summary>
    public CancellationTokenSource CancelledAtDeadline()
    {
        var left = Left;
        var source = left > TimeSpan.Zero ? new CancellationTokenSource(left, clock) : new CancellationTokenSource();
        if (left == TimeSpan.Zero)
        {
            source.Cancel();
        }

        return source;
    }
}
