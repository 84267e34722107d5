using AiGateway.Local.Gateway;
using AiGateway.Local.Packaging;
using AiGateway.Local.Replay;
using AiGateway.Local.Stack;

namespace AiGateway.Local;

/// <summary>What a command of <c>./dev</c> does: results on <paramref name="output"/>, the rest on <paramref name="errors"/>.</summary>
/// <returns>An <see cref="ExitCode"/>.</returns>
internal delegate Task<int> RunCommand(
    string[] args, TextReader input, TextWriter output, TextWriter errors, CancellationToken stop);

/// <summary>A command by its name.</summary>
internal sealed record Command(string Name, RunCommand RunAsync);

/// <summary>Every command that the local tool carries. <c>./dev --help</c> tells what each is for.</summary>
internal static class Commands
{
    public static IReadOnlyList<Command> All { get; } =
    [
        new("demo", ReplayCommand.DemoAsync),
        new("replay", ReplayCommand.RunAsync),
        new("up", UpCommand.RunAsync),
        new("smoke-native", SmokeCommand.RunAsync),
        new("check-archive", CheckArchiveCommand.RunAsync),
        new("gateway", GatewayCommand.RunAsync),
        new("ledger", Ledger.LedgerCommand.RunAsync),
        new("prices", Prices.PricesCommand.RunAsync),
        new("mutants-compare", Mutants.MutantsCommand.RunAsync),
    ];
}
