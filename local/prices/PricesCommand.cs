namespace AiGateway.Local.Prices;

/// <summary><c>./dev prices import|diff|explain|price</c>.</summary>
public static class PricesCommand
{
    private const string Usage = """
        usage: ./dev prices import [--check] [--from-scratch] [--folder PATH]   generate the book from prices/sources
               ./dev prices diff [--folder PATH]                               what an import would change, row by row
               ./dev prices explain PROVIDER MODEL USAGE                        how a cost comes about
               ./dev prices price [--unknown reject|assume]                    JSON lines in, one JSON line out for each
               ./dev prices bench                                              what look-up and pricing cost here
        """;

    /// <summary>Runs one command; the exit code is 0, 1 where some input was bad, 2 for a wrong command line.</summary>
    public static async Task<int> RunAsync(
        string[] args, TextReader input, TextWriter output, TextWriter errors, CancellationToken stop)
    {
        switch (args)
        {
            case ["import" or "diff", ..]:
                return Import(args, output, errors);
            case ["explain", var provider, var model, var usage]:
                return ExplainCommand.Run(provider, model, usage, TimeProvider.System.GetUtcNow(), output, errors);
            case ["bench"]:
                return BenchCommand.Run(output);
            case ["price"]:
            case ["price", "--unknown", "reject" or "assume"]:
                var assumes = args is [.., "assume"];
                return await PriceCommand.RunAsync(input, output, assumes, TimeProvider.System.GetUtcNow(), stop);
            default:
                await errors.WriteLineAsync(Usage.AsMemory(), stop);
                return ExitCode.Usage;
        }
    }

    private static int Import(string[] args, TextWriter output, TextWriter errors)
    {
        var at = Array.IndexOf(args, "--folder");
        var named = at > 0 && at + 1 < args.Length ? args[at + 1] : null;
        var known = args.Skip(1).Where((word, index) => index + 1 != at && index != at)
            .All(word => args[0] == "import" && word is "--check" or "--from-scratch");
        if (!known || (at > 0 && named is null))
        {
            errors.WriteLine(Usage);
            return ExitCode.Usage;
        }

        if (PriceFolder.Find(named) is not { } folder)
        {
            errors.WriteLine("No prices/sources here or above; --folder names the prices folder.");
            return ExitCode.Usage;
        }

        return args[0] == "diff"
            ? ImportCommand.Diff(folder, output, errors)
            : ImportCommand.Import(folder, args.Contains("--check"), args.Contains("--from-scratch"), output, errors);
    }
}
