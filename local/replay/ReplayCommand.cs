using AiGateway.Domain;
using AiGateway.Domain.Budgets;
using AiGateway.Local.DynamoDb;
using AiGateway.Local.Stack;

namespace AiGateway.Local.Replay;

/// <summary><c>./dev replay</c>, and <c>./dev demo</c>, which replays the recorded day of this repository.</summary>
internal static class ReplayCommand
{
    public static Task<int> DemoAsync(
        string[] args, TextReader input, TextWriter output, TextWriter errors, CancellationToken stop) =>
        RunAsync([Repository.RecordedDay, "--batch", "5", .. args], input, output, errors, stop);

    public static async Task<int> RunAsync(
        string[] args, TextReader input, TextWriter output, TextWriter errors, CancellationToken stop)
    {
        if (ReplayOptions.Parse(args) is not Outcome<ReplayOptions>.Ok(var options))
        {
            var problem = ((Outcome<ReplayOptions>.Failed)ReplayOptions.Parse(args)).Problem;
            return await RefuseAsync(errors, problem.Message);
        }

        if (options.Folder.Length == 0)
        {
            return await RefuseAsync(errors, "Name the folder of the recording.");
        }

        if (Recording.Read(options.Folder, !options.IsLogOnly) is not Outcome<Recording>.Ok(var recording))
        {
            return await RefuseAsync(errors, ((Outcome<Recording>.Failed)Recording.Read(options.Folder, !options.IsLogOnly)).Problem.Message);
        }

        return BudgetSeed.Read(Repository.Budgets) switch
        {
            Outcome<IReadOnlyList<BudgetFields>>.Ok(var budgets) =>
                await ReplayAsync(options, recording, budgets, output, errors, stop),
            Outcome<IReadOnlyList<BudgetFields>>.Failed(var problem) => await RefuseAsync(errors, problem.Message),
            _ => ExitCode.Usage,
        };
    }

    private static async Task<int> ReplayAsync(
        ReplayOptions options,
        Recording recording,
        IReadOnlyList<BudgetFields> budgets,
        TextWriter output,
        TextWriter errors,
        CancellationToken stop)
    {
        var screen = new ReplayScreen(output, errors, showsRows: true);
        foreach (var bad in recording.Bad)
        {
            screen.Bad(bad);
        }

        await errors.WriteLineAsync("starting DynamoDB Local and the functions");
        await using var stack = await LocalStack.StartAsync(StackFor(options, budgets), stop);
        if (await stack.WarmUpAsync() is { } trouble)
        {
            await errors.WriteLineAsync(trouble);
            return ExitCode.BadInput;
        }

        using var run = new ReplayRun(recording, options, stack, screen);
        var report = await run.RunAsync(stop);
        screen.Table(report, LimitsOf(budgets));
        var books = await BooksComparison.AskAsync(stack.Functions);
        screen.Books(books);
        if (options.IsJson)
        {
            await output.WriteLineAsync(report.ToJson());
        }

        return recording.Bad.Count > 0 || report.Lines.Bad > 0 || run.Undelivered > 0 || !books.Agree
            ? ExitCode.BadInput
            : ExitCode.Done;
    }

    // Tables of its own, whatever DynamoDB they are in: a replay always begins on a fresh ledger.
    private static StackOptions StackFor(ReplayOptions options, IReadOnlyList<BudgetFields> budgets) => new(
        $"replay-{Guid.NewGuid():N}-",
        options.IsNative ? FunctionPrograms.Native() : FunctionPrograms.Built(),
        budgets,
        Path.Combine(Repository.LocalState, "logs", "replay.log"));

    private static Dictionary<string, Usd> LimitsOf(IReadOnlyList<BudgetFields> budgets) => budgets
        .Where(row => row is { Window: "month", Limits.Usd: not null } && row.Scope.StartsWith("team#", StringComparison.Ordinal))
        .ToDictionary(row => row.Scope["team#".Length..], row => new Usd(row.Limits.Usd!.Value));

    private static async Task<int> RefuseAsync(TextWriter errors, string why)
    {
        await errors.WriteLineAsync($"{why} See ./dev replay --help.");
        return ExitCode.Usage;
    }
}
