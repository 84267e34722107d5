using AiGateway.Local.Stack;

namespace AiGateway.Local.Tests.Stack;

public static class SweepScheduleTests
{
    [Fact]
    public static async Task Sweeps_after_every_interval_and_ends_when_the_stack_stops()
    {
        var clock = new TickingClock();
        using var stop = new CancellationTokenSource();
        var sent = System.Threading.Channels.Channel.CreateUnbounded<string>();
        var running = SweepSchedule.RunAsync(
            payload => sent.Writer.WriteAsync(System.Text.Encoding.UTF8.GetString(payload)).AsTask(), clock, stop.Token);

        clock.Tick();
        var first = await sent.Reader.ReadAsync(stop.Token);
        clock.Tick();
        var second = await sent.Reader.ReadAsync(stop.Token);
        await stop.CancelAsync();
        await running.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

        Assert.Equal(SweepSchedule.Interval, clock.Period);
        Assert.Equal(["""{"action":"sweep"}""", """{"action":"sweep"}"""], [first, second]);
    }

    /// <summary>Its one timer fires when the test says so.</summary>
    private sealed class TickingClock : TimeProvider, ITimer
    {
        private Action tick = () => { };

        public TimeSpan Period { get; private set; }

        public void Tick() => tick();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            Period = period;
            tick = () => callback(state);
            return this;
        }

        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose() => tick = () => { };

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
