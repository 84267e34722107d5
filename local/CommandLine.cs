namespace AiGateway.Local;

/// <summary>Finds the command and runs it. An interruption ends as the shell expects it, a bug ends loudly.</summary>
internal static class CommandLine
{
    public static async Task<int> RunAsync(
        string[] args,
        IReadOnlyList<Command> commands,
        TextReader input,
        TextWriter output,
        TextWriter errors,
        CancellationToken stop)
    {
        var command = args.Length == 0 ? null : commands.FirstOrDefault(one => one.Name == args[0]);
        if (command is null)
        {
            var names = string.Join(", ", commands.Select(one => one.Name));
            var wrong = args.Length == 0 ? "No command." : $"There is no command '{args[0]}'.";
            await errors.WriteLineAsync($"{wrong} Commands: {names}");
            return ExitCode.Usage;
        }

        try
        {
            return await command.RunAsync(args[1..], input, output, errors, stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return ExitCode.Interrupted;
        }
    }
}
