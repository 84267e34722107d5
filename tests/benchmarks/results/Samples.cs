using System.Diagnostics;

namespace AiGateway.Benchmarks.Results;

/// <summary>Measured times, in a fixed room, so that measuring allocates nothing.</summary>
internal sealed class Samples(int room)
{
    private readonly long[] ticks = new long[room];
    private int count;

    public int Count => count;

    public void Add(long elapsedTicks)
    {
        if (count < ticks.Length)
        {
            ticks[count++] = elapsedTicks;
        }
    }

    /// <summary>The share <paramref name="quantile"/> of all samples is at most this long.</summary>
    public TimeSpan At(double quantile)
    {
        Array.Sort(ticks, 0, count);
        var index = Math.Clamp((int)Math.Ceiling(quantile * count) - 1, 0, Math.Max(0, count - 1));
        return Stopwatch.GetElapsedTime(0, count == 0 ? 0 : ticks[index]);
    }
}
