namespace AiGateway.Lambda.Tests;

public static class InvocationDeadlineTests
{
    private static readonly TimeSpan Margin = TimeSpan.FromMilliseconds(100);

    [Theory]
    [InlineData(0, 1_000, 10_000, 900)]
    [InlineData(300, 1_000, 10_000, 600)]
    [InlineData(0, 1_000, 500, 400)]
    [InlineData(900, 1_000, 10_000, 0)]
    [InlineData(5_000, 1_000, 10_000, 0)]
    [InlineData(0, 1_000, 100, 0)]
    [InlineData(0, 1_000, -20, 0)]
    public static void Ends_with_the_caller_or_with_Lambda_whichever_is_sooner(
        int ageMs, int callerTimeoutMs, int remainingMs, int leftMs)
    {
        var deadline = new InvocationDeadline(
            ManualClock.Noon.AddMilliseconds(-ageMs),
            TimeSpan.FromMilliseconds(callerTimeoutMs),
            Margin,
            TimeSpan.FromMilliseconds(remainingMs),
            new ManualClock());

        Assert.Equal(TimeSpan.FromMilliseconds(leftMs), deadline.Left);
        Assert.Equal(leftMs == 0, deadline.HasPassed);
    }

    [Fact]
    public static void Passes_as_the_clock_goes_on_and_cancels_just_then()
    {
        var clock = new ManualClock();
        var deadline = new InvocationDeadline(
            clock.Now, TimeSpan.FromSeconds(1), Margin, TimeSpan.FromSeconds(9), clock);
        using var cancelled = deadline.CancelledAtDeadline();

        clock.Advance(TimeSpan.FromMilliseconds(899));
        Assert.False(deadline.HasPassed);
        Assert.False(cancelled.IsCancellationRequested);

        clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.True(deadline.HasPassed);
        Assert.True(cancelled.IsCancellationRequested);
    }

    [Fact]
    public static void Is_cancelled_from_the_start_once_it_has_passed()
    {
        var clock = new ManualClock();
        var deadline = new InvocationDeadline(
            clock.Now.AddSeconds(-10), TimeSpan.FromSeconds(1), Margin, TimeSpan.FromSeconds(9), clock);

        using var cancelled = deadline.CancelledAtDeadline();

        Assert.True(cancelled.IsCancellationRequested);
    }
}
