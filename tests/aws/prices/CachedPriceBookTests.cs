using AiGateway.Domain.Pricing;

namespace AiGateway.Aws.Tests.Prices;

public static class CachedPriceBookTests
{
    private static readonly PriceOverride Discount =
        new("openai", "*", new DateOnly(2026, 1, 1), new OverrideTerms.Discount(50m));

    private static readonly PriceQuery Query =
        new("openai", "gpt-4o-mini", null, new DateTimeOffset(2026, 11, 21, 0, 0, 0, TimeSpan.Zero), null);

    [Fact]
    public static async Task Serves_from_memory_within_forty_seconds()
    {
        var store = new Store();
        var time = new ManualTime();
        var cache = new CachedPriceBook(PriceBook.Default, store.ReadAsync, time);
        await cache.GetAsync(default);

        time.Now += TimeSpan.FromSeconds(39);
        await cache.GetAsync(default);

        Assert.Equal(1, store.Reads);
    }

    [Fact]
    public static async Task Refreshes_off_the_path_before_a_minute_is_over()
    {
        var store = new Store();
        var time = new ManualTime();
        var cache = new CachedPriceBook(PriceBook.Default, store.ReadAsync, time);
        await cache.GetAsync(default);
        store.Overrides = [Discount];
        var gate = store.Hold();

        time.Now += TimeSpan.FromSeconds(45);
        var during = cache.GetAsync(default);
        Assert.True(during.IsCompletedSuccessfully);
        Assert.Equal(FoundBy.Exact, How(await during));
        Assert.True(cache.GetAsync(default).IsCompletedSuccessfully);
        gate.SetResult();
        var after = await cache.GetAsync(default);

        Assert.Equal(2, store.Reads);
        Assert.Equal(FoundBy.Override, How(after));
    }

    [Fact]
    public static async Task After_a_pause_a_request_waits_rather_than_use_what_is_too_old()
    {
        var store = new Store();
        var time = new ManualTime();
        var cache = new CachedPriceBook(PriceBook.Default, store.ReadAsync, time);
        await cache.GetAsync(default);
        store.Overrides = [Discount];

        time.Now += TimeSpan.FromMinutes(10);

        Assert.Equal(FoundBy.Override, How(await cache.GetAsync(default)));
    }

    [Fact]
    public static async Task An_outage_keeps_the_last_overrides_and_is_counted()
    {
        var store = new Store { Overrides = [Discount] };
        var time = new ManualTime();
        var cache = new CachedPriceBook(PriceBook.Default, store.ReadAsync, time);
        await cache.GetAsync(default);
        store.Fault = new TimeoutException("no table");

        time.Now += TimeSpan.FromMinutes(2);

        Assert.Equal(FoundBy.Override, How(await cache.GetAsync(default)));
        Assert.Equal(1, cache.FailuresInARow);
        store.Fault = null;
        await cache.GetAsync(default);
        Assert.Equal(0, cache.FailuresInARow);
    }

    [Fact]
    public static async Task Without_a_first_reading_the_failure_is_the_callers()
    {
        var store = new Store { Fault = new TimeoutException("no table") };
        var cache = new CachedPriceBook(PriceBook.Default, store.ReadAsync, new ManualTime());

        await Assert.ThrowsAsync<TimeoutException>(async () => await cache.GetAsync(default));
    }

    private static FoundBy How(PriceBook book) => Assert.IsType<PriceLookup.Found>(book.Find(Query)).How;

    private sealed class Store
    {
        private Task held = Task.CompletedTask;

        internal IReadOnlyList<PriceOverride> Overrides { get; set; } = [];

        internal Exception? Fault { get; set; }

        internal int Reads { get; private set; }

        internal TaskCompletionSource Hold()
        {
            var gate = new TaskCompletionSource();
            held = gate.Task;
            return gate;
        }

        internal async Task<IReadOnlyList<PriceOverride>> ReadAsync(CancellationToken stop)
        {
            Reads++;
            await held.WaitAsync(stop).ConfigureAwait(false);
            return Fault is null ? Overrides : throw Fault;
        }
    }

    private sealed class ManualTime : TimeProvider
    {
        internal TimeSpan Now { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Now.Ticks;
    }
}
