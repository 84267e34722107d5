namespace AiGateway.Local.Gateway;

/// <summary>How the gateway can be started on this machine: the program and what stands before its own arguments.</summary>
internal sealed record GatewayLauncher(string Program, IReadOnlyList<string> Before, bool IsContainer)
{
    /// <summary>What to do where neither a binary nor a container engine is there.</summary>
    public static string HowToGetOne
    {
        get
        {
            var pins = Pins.Read();
            return $"""
                agentgateway is missing. Either put its binary on the PATH (the release {pins["AGENTGATEWAY_REF"]} of
                github.com/agentgateway/agentgateway has one for each platform, as agentgateway-linux-amd64 and the like),
                or start Docker, which runs the pinned image {pins["AGENTGATEWAY_IMAGE"]}@{pins["AGENTGATEWAY_IMAGE_DIGEST"]}.
                """;
        }
    }

    /// <summary>A binary on the PATH; else the pinned image, where an engine runs; else null.</summary>
    public static async Task<GatewayLauncher?> FindAsync(string? path, CancellationToken stop)
    {
        if (OnPath(path, "agentgateway") is { } binary)
        {
            return new GatewayLauncher(binary, [], IsContainer: false);
        }

        if (OnPath(path, "docker") is not { } docker
            || await ToolRun.StartAsync(docker, ["info"], SourceTree.Root, stop) is not { ExitCode: 0 })
        {
            return null;
        }

        var pins = Pins.Read();
        string[] before =
        [
            "run", "--rm", "--network", "host", "-e", "AWS_ACCESS_KEY_ID", "-e", "AWS_SECRET_ACCESS_KEY", "-e", "AWS_REGION",
            $"{pins["AGENTGATEWAY_IMAGE"]}@{pins["AGENTGATEWAY_IMAGE_DIGEST"]}",
        ];
        return new GatewayLauncher(docker, before, IsContainer: true);
    }

    private static string? OnPath(string? path, string name) => (path ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Select(folder => Path.Combine(folder, name))
        .FirstOrDefault(File.Exists);
}
