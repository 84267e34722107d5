using AiGateway.Domain.Pricing;
using AiGateway.Engine;

namespace AiGateway.Aws;

/// <summary>Reads every override of the table.</summary>
public delegate Task<IReadOnlyList<PriceOverride>> ReadPriceOverrides(CancellationToken stop);

/// <summary>
/// The book under the table's overrides, never older than a minute. Under traffic the next reading begins before the
/// last one is too old, off the request's path; only after a pause (a process just started, or frozen) a request waits.
/// </summary>
public sealed class CachedPriceBook(PriceBook book, ReadPriceOverrides read, TimeProvider time)
{
    /// <summary>How old the overrides may be.</summary>
    public static readonly TimeSpan AgeMax = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan RefreshAfter = TimeSpan.FromSeconds(40);

    private readonly Lock gate = new();
    private Snapshot? current;
    private Task<Snapshot>? refresh;

    /// <summary>The failed readings since the last good one: while it is above zero, what is served may be older than
    /// <see cref="AgeMax"/>, and somebody should be told.</summary>
    public int FailuresInARow { get; private set; }

    /// <summary>The book as of at most a minute ago. Where the table can't be read, the last overrides that were keep
    /// counting; without any, the failure is the caller's to answer.</summary>
    public ValueTask<PriceBook> GetAsync(CancellationToken stop)
    {
        var now = time.GetTimestamp();
        if (current is { } fresh && time.GetElapsedTime(fresh.ReadAt, now) < RefreshAfter)
        {
            return new(fresh.Book);
        }

        var reading = Refresh();
        return current is { } usable && time.GetElapsedTime(usable.ReadAt, now) < AgeMax
            ? new(usable.Book)
            : new(AwaitAsync(reading, stop));
    }

    /// <summary>The same as a reading: where an operator's prices can't be known, list prices would be wrong for ever.</summary>
    public async Task<StoreResult<PriceBook>> ReadAsync(CancellationToken stop)
    {
        try
        {
            return new StoreResult<PriceBook>.Done(await GetAsync(stop).ConfigureAwait(false));
        }
        catch (InvalidDataException damaged)
        {
            return new StoreResult<PriceBook>.Failed(StoreFault.Malformed, $"prices: {damaged.Message}");
        }
        catch (Exception outage) when (outage is DynamoException
            or HttpRequestException or IOException or TimeoutException or OperationCanceledException)
        {
            var (fault, detail) = StoreFaults.Of(outage);
            return new StoreResult<PriceBook>.Failed(fault, $"prices: {detail}");
        }
    }

    private async Task<PriceBook> AwaitAsync(Task<Snapshot> reading, CancellationToken stop)
    {
        try
        {
            return (await reading.WaitAsync(stop).ConfigureAwait(false)).Book;
        }
        catch (Exception) when (current is not null && !stop.IsCancellationRequested)
        {
            return current.Book;
        }
    }

    /// <summary>The reading under way, or a new one: never two at once.</summary>
    private Task<Snapshot> Refresh()
    {
        lock (gate)
        {
            if (refresh is null or { IsCompleted: true })
            {
                refresh = ReadAsync();
                // Nobody may be waiting for it; its failure is counted, and the next caller tries again.
                _ = refresh.ContinueWith(
                    failed => _ = failed.Exception,
                    CancellationToken.None,
                    TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously,
                    TaskScheduler.Default);
            }

            return refresh;
        }
    }

    private async Task<Snapshot> ReadAsync()
    {
        // Its age counts from before the reading, and no caller's cancellation ends what others wait for.
        var readAt = time.GetTimestamp();
        try
        {
            var overrides = await read(CancellationToken.None).ConfigureAwait(false);
            var snapshot = new Snapshot(overrides.Count == 0 ? book : book.With(overrides), readAt);
            (current, FailuresInARow) = (snapshot, 0);
            return snapshot;
        }
        catch (Exception)
        {
            FailuresInARow++;
            throw;
        }
    }

    private sealed record Snapshot(PriceBook Book, long ReadAt);
}
