namespace AiGateway.Engine.Tests.Simulation;

/// <summary>
/// A clock that only moves when everything due has run, and the one queue of everything that happens.
/// </summary>
internal sealed class VirtualTime(DateTimeOffset start) : TimeProvider
{
    private readonly PriorityQueue<Action, (DateTimeOffset Due, long Order)> events = new();
    private DateTimeOffset now = start;
    private long order;

    public override DateTimeOffset GetUtcNow() => now;

    public void After(TimeSpan delay, Action action) => events.Enqueue(action, (now + delay, order++));

    public Task DelayAsync(TimeSpan delay)
    {
        // Without asynchronous continuations: what waited runs at once, on this thread, in a fixed order.
        var due = new TaskCompletionSource();
        After(delay, due.SetResult);
        return due.Task;
    }

    /// <summary>Runs everything until nothing is left to happen, or until enough is known.</summary>
    /// <exception cref="InvalidOperationException">Too many events: something never comes to rest.</exception>
    public void RunToEnd(int eventsMax, Func<bool> isEnough)
    {
        for (var run = 0; !isEnough() && events.TryDequeue(out var action, out var at); run++)
        {
            if (run == eventsMax)
            {
                throw new InvalidOperationException($"More than {eventsMax} events.");
            }

            now = at.Due;
            action();
        }
    }
}

/// <summary>
/// Brings continuations back into the virtual time's queue, so that a schedule depends on nothing but its seed.
/// </summary>
internal sealed class VirtualContext(VirtualTime time) : SynchronizationContext
{
    public override void Post(SendOrPostCallback callback, object? state) =>
        time.After(TimeSpan.Zero, () => callback(state));

    public override void Send(SendOrPostCallback callback, object? state) => callback(state);
}
