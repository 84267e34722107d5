using AiGateway.Domain;

namespace AiGateway.Local.Replay;

/// <summary>The command line of <c>./dev replay</c> and <c>./dev demo</c>.</summary>
internal sealed record ReplayOptions(string Folder)
{
    public const int BatchMax = 10_000;

    /// <summary>Books the log without asking first.</summary>
    public bool IsLogOnly { get; init; }

    /// <summary>Log lines in one CloudWatch payload.</summary>
    public int Batch { get; init; } = 25;

    /// <summary>Whether the last line of the output is the result as JSON.</summary>
    public bool IsJson { get; init; }

    /// <summary>The native binaries of <c>./dev aot</c> instead of the JIT builds.</summary>
    public bool IsNative { get; init; }

    public static Outcome<ReplayOptions> Parse(string[] args)
    {
        var options = new ReplayOptions("");
        for (var at = 0; at < args.Length; at++)
        {
            switch (args[at])
            {
                case "--log-only":
                    options = options with { IsLogOnly = true };
                    break;
                case "--json":
                    options = options with { IsJson = true };
                    break;
                case "--native":
                    options = options with { IsNative = true };
                    break;
                case "--batch" when at + 1 < args.Length && int.TryParse(args[at + 1], out var batch) && batch is >= 1 and <= BatchMax:
                    options = options with { Batch = batch };
                    at++;
                    break;
                case "--batch":
                    return new Problem("bad_batch", $"--batch is followed by a number from 1 to {BatchMax}.");
                case var folder when !folder.StartsWith('-') && options.Folder.Length == 0:
                    options = options with { Folder = folder };
                    break;
                default:
                    return new Problem("bad_argument", $"'{args[at]}' is not understood here.");
            }
        }

        return options;
    }
}
