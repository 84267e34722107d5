using AiGateway.Benchmarks.Results;
using AiGateway.Domain.AccessLog;

namespace AiGateway.Benchmarks.Attribution;

/// <summary>
/// Batches of one size, booked again and again, and what the machine was like meanwhile. Of every size all recorded lines are booked: small batches
/// of the first lines alone would say something about these lines.
/// </summary>
/// <param name="function">The same for all sizes, as in Lambda.</param>
/// <param name="lines">Of each batch.</param>
internal sealed class AttributionRun(AttributionFunction function, int lines)
{
    // A whole batch of the largest size: machines change from one second to the next, so that the sizes take turns.
    private const int LinesInTurn = 10_000;
    private const int PiecesInTurn = 40;

    private readonly IReadOnlyList<LogEvent>[] batches = [.. AttributionLines.Of(Math.Max(lines, AttributionLines.Recorded)).Chunk(lines)
        .Where(batch => batch.Length == lines)];

    private readonly MachineWork work = new();
    private TimeSpan busy;
    private TimeSpan pieces;
    private long allocated;
    private int turns;

    public int Lines => lines;

    public double PerSecond => turns * (double)LinesInTurn / busy.TotalSeconds;

    /// <summary>Lines for each piece of <see cref="MachineWork"/> that could have been done instead.</summary>
    public double PerPiece => PerSecond * pieces.TotalSeconds / (turns * PiecesInTurn);

    public double AllocatedPerLine => allocated / (turns * (double)LinesInTurn);

    public IReadOnlyList<LogEvent> Batch => batches[0];

    public async Task TurnAsync()
    {
        var bytes = GC.GetAllocatedBytesForCurrentThread();
        var began = Environment.CpuUsage.TotalTime;
        for (var batch = 0; batch < LinesInTurn / lines; batch++)
        {
            await function.BookAsync(batches[batch % batches.Length]);
        }

        busy += Environment.CpuUsage.TotalTime - began;
        allocated += GC.GetAllocatedBytesForCurrentThread() - bytes;

        began = Environment.CpuUsage.TotalTime;
        for (var piece = 0; piece < PiecesInTurn; piece++)
        {
            work.DoPiece();
        }

        pieces += Environment.CpuUsage.TotalTime - began;
        turns++;
    }

    /// <summary>What was measured so far was to warm up.</summary>
    public void Forget()
    {
        (busy, pieces) = (TimeSpan.Zero, TimeSpan.Zero);
        (allocated, turns) = (0, 0);
    }
}
