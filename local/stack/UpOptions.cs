using AiGateway.Domain;

namespace AiGateway.Local.Stack;

/// <summary>The command line of <c>./dev up</c>.</summary>
internal sealed record UpOptions
{
    /// <summary>Of the Function URL; 0: any free one.</summary>
    public int Port { get; init; } = 8788;

    /// <summary>Of the Invoke API and the log subscription; 0: any free one.</summary>
    public int InvokePort { get; init; } = 8789;

    public string BudgetsFile { get; init; } = Repository.Budgets;

    public string TablePrefix { get; init; } = "aigateway-local-";

    public bool IsNative { get; init; }

    public static Outcome<UpOptions> Parse(string[] args)
    {
        var options = new UpOptions();
        for (var at = 0; at < args.Length; at++)
        {
            var value = at + 1 < args.Length ? args[at + 1] : null;
            switch (args[at])
            {
                case "--native":
                    options = options with { IsNative = true };
                    continue;
                case "--port" when IsPort(value, out var port):
                    options = options with { Port = port };
                    break;
                case "--invoke-port" when IsPort(value, out var port):
                    options = options with { InvokePort = port };
                    break;
                case "--budgets" when value is not null:
                    options = options with { BudgetsFile = value };
                    break;
                case "--prefix" when value is not null && value.All(one => char.IsAsciiLetterOrDigit(one) || one is '-' or '_' or '.'):
                    options = options with { TablePrefix = value };
                    break;
                default:
                    return new Problem("bad_argument", $"'{args[at]}' is not understood here, or what follows it is not.");
            }

            at++;
        }

        return options;
    }

    private static bool IsPort(string? text, out int port)
    {
        port = 0;
        return text is not null && int.TryParse(text, out port) && port is >= 0 and <= 65_535;
    }
}
