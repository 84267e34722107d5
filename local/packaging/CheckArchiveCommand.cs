using AiGateway.Domain;

namespace AiGateway.Local.Packaging;

/// <summary>
/// What <c>./dev package</c> asks of each archive that it made: <c>check-archive x86_64|arm64 any|net10.0|net9.0 ARCHIVE…</c>, one line an
/// archive, tab-separated: path, architecture, version of the C library needed, size of the binary in bytes.
/// </summary>
internal static class CheckArchiveCommand
{
    private static readonly string[] s_frameworks = ["any", "net10.0", "net9.0"];

    public static async Task<int> RunAsync(
        string[] args, TextReader input, TextWriter output, TextWriter errors, CancellationToken stop)
    {
        if (args.Length < 3 || !LambdaImage.Architectures.Contains(args[0]) || !s_frameworks.Contains(args[1]))
        {
            await errors.WriteLineAsync("usage: check-archive x86_64|arm64 any|net10.0|net9.0 ARCHIVE…");
            return ExitCode.Usage;
        }

        var code = ExitCode.Done;
        foreach (var file in args[2..])
        {
            stop.ThrowIfCancellationRequested();
            switch (FunctionArchive.Look(file, args[0], args[1] == "any" ? null : args[1]))
            {
                case Outcome<BinaryFacts>.Ok(var facts):
                    await output.WriteLineAsync($"{file}\t{args[0]}\t{facts.Glibc}\t{facts.Length}");
                    break;
                case Outcome<BinaryFacts>.Failed(var problem):
                    await errors.WriteLineAsync($"{file}: {problem.Message}");
                    code = ExitCode.BadInput;
                    break;
            }
        }

        return code;
    }
}
