using System.Diagnostics;
using System.Globalization;
using System.Text;
using AiGateway.Domain;
using AiGateway.Domain.Budgets;
using AiGateway.Local.Replay;

namespace AiGateway.Local.Stack;

/// <summary>
/// What <c>./dev aot</c> and <c>./dev package</c> do with the binaries they built: starts them on the stack, replays the beginning of the
/// recorded day, and tells size and start time. The start time is from the start of the process to its first correct reply over the Runtime API.
/// </summary>
internal static class SmokeCommand
{
    private const int StartsMax = 10;
    private const int LinesReplayed = 40;

    public static async Task<int> RunAsync(
        string[] args, TextReader input, TextWriter output, TextWriter errors, CancellationToken stop)
    {
        if (args.Length > 1)
        {
            await errors.WriteLineAsync("usage: smoke-native [FOLDER]; ./dev aot and ./dev package run it.");
            return ExitCode.Usage;
        }

        var programs = args is [var folder] ? FunctionPrograms.In(folder) : FunctionPrograms.Native();
        if (FunctionPrograms.Names.Select(programs.Of).FirstOrDefault(file => !File.Exists(file)) is { } missing)
        {
            await errors.WriteLineAsync($"There is no {missing}: ./dev aot builds it.");
            return ExitCode.Usage;
        }

        var day = ((Outcome<Recording>.Ok)Recording.Read(Repository.RecordedDay, withCalls: true)).Value;
        var budgets = ((Outcome<IReadOnlyList<BudgetFields>>.Ok)BudgetSeed.Read(Repository.Budgets)).Value;
        var options = new StackOptions(
            $"smoke-{Guid.NewGuid():N}-", programs, budgets, Path.Combine(Repository.LocalState, "logs", "native.log"));
        await using var stack = await LocalStack.StartAsync(options, stop);
        if (!await AnswersAsync(day, stack, output, errors, stop))
        {
            return ExitCode.BadInput;
        }

        foreach (var (function, payload) in WarmUps.All())
        {
            var program = programs.Of(function);
            var starts = await StartTimesAsync(stack.Database, options.TablePrefix, programs, function, payload, stop);
            await output.WriteLineAsync(
                $"{function,-20} {Megabytes(program)} MB   start to first reply: median {Milliseconds(starts[starts.Count / 2])} ms, "
                + $"slowest of {starts.Count} {Milliseconds(starts[^1])} ms");
        }

        return ExitCode.Done;
    }

    /// <summary>The beginning of the day: every question has to be answered by a decision, every line booked or ignored.</summary>
    private static async Task<bool> AnswersAsync(
        Recording day, LocalStack stack, TextWriter output, TextWriter errors, CancellationToken stop)
    {
        var lines = day.Lines.Take(LinesReplayed).ToList();
        var ids = lines.Select(line => line.RequestId).OfType<string>().ToHashSet();
        var part = new Recording([.. day.Calls.Where(call => ids.Contains(call.RequestId ?? ""))], lines, []);
        var screen = new ReplayScreen(output, errors, showsRows: false);
        using var run = new ReplayRun(part, new ReplayOptions("") { Batch = 10 }, stack, screen);
        var report = await run.RunAsync(stop);
        var admitted = report.Teams.Values.Sum(team => team.Admitted);
        var isRight = admitted == ids.Count && report.Lines.Booked == ids.Count && report.Lines.Bad == 0 && run.Undelivered == 0
            && report.Teams.Values.All(team => team.OpenHolds == 0)
            && (await BooksComparison.AskAsync(stack.Functions)).Agree;
        await output.WriteLineAsync(
            $"{admitted} of {ids.Count} recorded requests admitted, {report.Lines.Booked} booked: {(isRight ? "as they should be" : "NOT as they should be")}");
        return isRight;
    }

    private static async Task<List<TimeSpan>> StartTimesAsync(
        Uri database, string tablePrefix, FunctionPrograms programs, string function, byte[] payload, CancellationToken stop)
    {
        var times = new List<TimeSpan>();
        var spec = LocalFunctions.Specs(database, tablePrefix, programs).Single(one => one.Name == function);
        for (var start = 0; start < StartsMax; start++)
        {
            stop.ThrowIfCancellationRequested();
            await using var host = new FunctionHost([spec], TextWriter.Null);
            var began = Stopwatch.GetTimestamp();
            if (await host.InvokeAsync(function, payload) is InvocationResult.Failed failed)
            {
                throw new InvalidOperationException($"{function} failed: {Encoding.UTF8.GetString(failed.Payload.Span)}");
            }

            times.Add(Stopwatch.GetElapsedTime(began));
        }

        times.Sort();
        return times;
    }

    private static string Megabytes(string file) =>
        (new FileInfo(file).Length / 1_000_000m).ToString("0.0", CultureInfo.InvariantCulture);

    private static string Milliseconds(TimeSpan time) => ((long)time.TotalMilliseconds).ToString(CultureInfo.InvariantCulture);
}
