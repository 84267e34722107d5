using AiGateway.Local.MockProvider;

namespace AiGateway.Local.Gateway;

/// <summary><c>./dev gateway render</c> and <c>./dev gateway run</c>.</summary>
internal static class GatewayCommand
{
    private const string Usage =
        """
        usage: ./dev gateway render [--set name=value ...]   the configuration, as Terraform delivers it
               ./dev gateway render --list                   the settings, with types and defaults, as JSON
               ./dev gateway run                             agentgateway on the local stack, and a few requests
               ./dev gateway mock-provider [--port N]        the providers' APIs on this machine, until stopped
        """;

    public static async Task<int> RunAsync(
        string[] args, TextReader input, TextWriter output, TextWriter errors, CancellationToken stop)
    {
        switch (args)
        {
            case ["render", .. var rest]:
                return await RenderCommand.RunAsync(rest, output, errors, stop);
            case ["run"]:
                var path = Environment.GetEnvironmentVariable("PATH");
                return await GatewayRunCommand.RunAsync(path, output, errors, stop);
            case ["mock-provider", .. var rest]:
                return await MockProviderCommand.RunAsync(rest, input, output, errors, stop);
            case ["--help"]:
                await output.WriteLineAsync(Usage);
                return ExitCode.Done;
            default:
                await errors.WriteLineAsync(Usage);
                return ExitCode.Usage;
        }
    }
}
