using AiGateway.Aws;
using AiGateway.Domain;
using AiGateway.Engine;

namespace AiGateway.Local.Ledger;

/// <summary><c>./dev ledger verify|rebuild|sweep|resolve</c>: the accounts held against the ledger.</summary>
public static class LedgerCommand
{
    private const string Usage = """
        usage: ./dev ledger verify                        compare accounts with the ledger, explain each difference
               ./dev ledger rebuild                       set the accounts to what the ledger says
               ./dev ledger sweep                         expire what no line has cleared, now: the scheduled function, once
               ./dev ledger resolve REQUEST_ID --cost USD [--tokens N]
                                                          book what an expired or estimated request cost
               ./dev ledger resolve REQUEST_ID --not-sent take an expired charge back
        The tables are those of AWS_REGION, TABLE_PREFIX and, for a local database, DYNAMODB_ENDPOINT. The sweep reads
        HOLD_TIME_TO_LIVE_MINUTES too: give it the deployment's own.
        """;

    /// <summary>Exit 0: done, the books agree; 1: they do not, or the entry cannot be resolved; 2: usage.</summary>
    public static Task<int> RunAsync(
        string[] args, TextReader input, TextWriter output, TextWriter errors, CancellationToken stop) =>
        RunAsync(args, Environment.GetEnvironmentVariable, output, errors, stop);

    internal static async Task<int> RunAsync(
        string[] args,
        Func<string, string?> environment,
        TextWriter output,
        TextWriter errors,
        CancellationToken stop)
    {
        var sweeps = args is ["sweep"];
        var run = Parse(args);
        if (run is null && !sweeps)
        {
            await errors.WriteLineAsync(Usage);
            return ExitCode.Usage;
        }

        if (LedgerSettings.Read(environment, errors) is not { } settings)
        {
            return ExitCode.Usage;
        }

        if (run is null)
        {
            return await SweepRun.RunAsync(settings, environment, output, errors, stop);
        }

        try
        {
            using var client = settings.Client();
            var names = new TableNames(settings.Prefix);
            var books = new LedgerBooks(
                new AccountsTable(client, names, LedgerSettings.Timeout),
                new LedgerTable(client, names, LedgerSettings.Timeout),
                new PostingsTable(client, names, LedgerSettings.Timeout),
                output,
                errors);
            return await run(books, stop);
        }
        catch (StoreFailedException failed)
        {
            await errors.WriteLineAsync(failed.Message);
            return ExitCode.BadInput;
        }
    }

    private static Func<LedgerBooks, CancellationToken, Task<int>>? Parse(string[] args) => args switch
    {
        ["verify"] => (books, stop) => books.VerifyAsync(stop),
        ["rebuild"] => (books, stop) => books.RebuildAsync(stop),
        ["resolve", var id, "--not-sent"] => Resolve(id, new Resolution(null, 0)),
        ["resolve", var id, "--cost", var text] when Cost(text) is { } cost => Resolve(id, new Resolution(cost, 0)),
        ["resolve", var id, "--cost", var text, "--tokens", var count]
            when Cost(text) is { } cost && LedgerText.Tokens(count) is { } tokens =>
            Resolve(id, new Resolution(cost, tokens)),
        _ => null,
    };

    private static Func<LedgerBooks, CancellationToken, Task<int>> Resolve(string id, Resolution resolution) =>
        (books, stop) => books.ResolveAsync(id, resolution, stop);

    private static Usd? Cost(string text) => Usd.TryParse(text, out var usd) && usd >= Usd.Zero ? usd : null;
}
