using System.Diagnostics;
using AiGateway.Benchmarks.Results;

namespace AiGateway.Benchmarks.Decision;

/// <summary>Decisions on one core, one after the other, and what the machine was like meanwhile.</summary>
/// <param name="Decisions">How long each took.</param>
/// <param name="Machine">How long each piece of <see cref="MachineWork"/> took.</param>
/// <param name="ProcessorTime">Of the decisions: what they cost wherever they run. On a busy machine times are longer, and this is not.</param>
/// <param name="AllocatedBytes">By the decisions.</param>
/// <param name="DatabaseCalls">By the decisions.</param>
internal sealed record DecisionRun(
    Samples Decisions, Samples Machine, TimeSpan ProcessorTime, long AllocatedBytes, long DatabaseCalls)
{
    // Machines change from one second to the next: decisions and pieces of the fixed work take turns.
    private const int DecisionsInTurn = 50;
    private const int PiecesInTurn = 10;

    public static async Task<DecisionRun> OfAsync(int bytes, int runs, WarmUp warmUp)
    {
        var function = new DecisionFunction();
        var input = DecisionEvents.Of(bytes);
        var work = new MachineWork();
        await warmUp.RunAsync(() => TurnAsync(function, input, work, new Samples(DecisionsInTurn), new Samples(PiecesInTurn)));

        var turns = runs / DecisionsInTurn;
        var (decisions, machine) = (new Samples(runs), new Samples(turns * PiecesInTurn));
        var (busy, asked) = (TimeSpan.Zero, function.Database.Requests);
        var allocated = GC.GetTotalAllocatedBytes(precise: true);
        for (var turn = 0; turn < turns; turn++)
        {
            busy += await TurnAsync(function, input, work, decisions, machine);
        }

        allocated = GC.GetTotalAllocatedBytes(precise: true) - allocated;
        return new DecisionRun(decisions, machine, busy, allocated, function.Database.Requests - asked);
    }

    private static async Task<TimeSpan> TurnAsync(
        DecisionFunction function, byte[] input, MachineWork work, Samples decisions, Samples machine)
    {
        var busy = Environment.CpuUsage.TotalTime;
        for (var run = 0; run < DecisionsInTurn; run++)
        {
            var began = Stopwatch.GetTimestamp();
            await function.AnswerAsync(input);
            decisions.Add(Stopwatch.GetTimestamp() - began);
        }

        busy = Environment.CpuUsage.TotalTime - busy;
        for (var piece = 0; piece < PiecesInTurn; piece++)
        {
            var began = Stopwatch.GetTimestamp();
            work.DoPiece();
            machine.Add(Stopwatch.GetTimestamp() - began);
        }

        return busy;
    }
}
