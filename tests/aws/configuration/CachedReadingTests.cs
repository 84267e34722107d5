using AiGateway.Engine;
using static AiGateway.Aws.Tests.Answers;

namespace AiGateway.Aws.Tests.Configuration;

public sealed class CachedReadingTests
{
    private static readonly TimeSpan RefreshAfter = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan AgeMax = TimeSpan.FromSeconds(60);

    private readonly SetClock clock = new();
    private readonly GatedReads reads = new();

    [Fact]
    public async Task Reads_once_for_many_who_wait()
    {
        var cache = Cache();
        var waiting = Enumerable.Range(0, 50).Select(_ => cache.GetAsync(default)).ToList();

        await reads.AnswerAsync(1);

        Assert.All(await Task.WhenAll(waiting), answer => Assert.Equal(1, Done(answer)));
        Assert.Equal(1, reads.Started);
    }

    [Fact]
    public async Task Gives_the_value_without_reading_while_it_is_young()
    {
        var cache = await FilledAsync();
        clock.Advance(RefreshAfter - TimeSpan.FromTicks(1));

        Assert.Equal(1, Done(await cache.GetAsync(default)));
        Assert.Equal(1, reads.Started);
    }

    [Fact]
    public async Task Gives_the_old_value_at_once_and_reads_the_new_one_beside_it()
    {
        var cache = await FilledAsync();
        clock.Advance(RefreshAfter);

        Assert.Equal(1, Done(await cache.GetAsync(default)));
        Assert.Equal(1, Done(await cache.GetAsync(default)));
        await reads.AnswerAsync(2);

        for (var polls = 0; Done(await cache.GetAsync(default)) != 2; polls++)
        {
            Assert.InRange(polls, 0, 10_000_000);
            await Task.Yield();
        }

        Assert.Equal(2, reads.Started);
    }

    [Fact]
    public async Task Waits_for_the_new_value_once_the_old_one_is_too_old()
    {
        var cache = await FilledAsync();
        clock.Advance(AgeMax);

        var waiting = cache.GetAsync(default);
        Assert.False(waiting.IsCompleted);
        await reads.AnswerAsync(2);

        Assert.Equal(2, Done(await waiting));
    }

    [Fact]
    public async Task Says_the_fault_where_only_a_value_that_is_too_old_is_left()
    {
        var cache = await FilledAsync();
        clock.Advance(AgeMax);
        var waiting = cache.GetAsync(default);
        await reads.FailAsync(StoreFault.Denied);

        Failed(StoreFault.Denied, await waiting);

        var again = cache.GetAsync(default);
        await reads.AnswerAsync(3);
        Assert.Equal(3, Done(await again));
    }

    [Fact]
    public async Task Counts_the_age_from_before_the_reading()
    {
        var cache = Cache();
        var first = cache.GetAsync(default);
        await reads.StartedAsync();
        clock.Advance(AgeMax);
        reads.Answer(1);
        Assert.Equal(1, Done(await first));

        var second = cache.GetAsync(default);
        Assert.False(second.IsCompleted);
        await reads.AnswerAsync(2);
        Assert.Equal(2, Done(await second));
    }

    [Fact]
    public async Task Forgets_also_what_is_just_being_read()
    {
        var cache = Cache();
        var first = cache.GetAsync(default);
        await reads.StartedAsync();
        cache.Forget();
        reads.Answer(1);
        Assert.Equal(1, Done(await first));

        var second = cache.GetAsync(default);
        await reads.AnswerAsync(2);
        Assert.Equal(2, Done(await second));
    }

    private CachedReading<int> Cache() => new(reads.ReadAsync, clock, RefreshAfter, AgeMax);

    private async Task<CachedReading<int>> FilledAsync()
    {
        var cache = Cache();
        var first = cache.GetAsync(default);
        await reads.AnswerAsync(1);
        Assert.Equal(1, Done(await first));
        return cache;
    }

    private sealed class SetClock : TimeProvider
    {
        private DateTimeOffset now = Samples.Now;

        public void Advance(TimeSpan by) => now += by;

        public override DateTimeOffset GetUtcNow() => now;
    }

    /// <summary>Reads that end when the test says so.</summary>
    private sealed class GatedReads
    {
        private readonly SemaphoreSlim started = new(0);
        private TaskCompletionSource<StoreResult<int>> gate = NewGate();
        private int count;

        public int Started => Volatile.Read(ref count);

        public async Task<StoreResult<int>> ReadAsync(CancellationToken stop)
        {
            Interlocked.Increment(ref count);
            var opened = gate;
            started.Release();
            return await opened.Task;
        }

        public Task StartedAsync() => started.WaitAsync(TimeSpan.FromMinutes(1));

        public void Answer(int value) => Open(new StoreResult<int>.Done(value));

        public async Task AnswerAsync(int value)
        {
            await StartedAsync();
            Answer(value);
        }

        public async Task FailAsync(StoreFault fault)
        {
            await StartedAsync();
            Open(new StoreResult<int>.Failed(fault, "no"));
        }

        private void Open(StoreResult<int> result)
        {
            var opened = gate;
            gate = NewGate();
            opened.SetResult(result);
        }

        private static TaskCompletionSource<StoreResult<int>> NewGate() => new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
