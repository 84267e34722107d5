using AiGateway.Local.Gateway;

namespace AiGateway.Local.Tests.Gateway;

public sealed class GatewayRunTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("gateway-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Without_a_binary_and_without_docker_there_is_no_launcher_and_it_says_how_to_get_one()
    {
        Assert.Null(await GatewayLauncher.FindAsync(_folder, CancellationToken.None));
        Assert.Contains(Pins.Read()["AGENTGATEWAY_REF"], GatewayLauncher.HowToGetOne, StringComparison.Ordinal);
        Assert.Contains(Pins.Read()["AGENTGATEWAY_IMAGE_DIGEST"], GatewayLauncher.HowToGetOne, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_run_ends_with_3_where_the_gateway_is_missing()
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();

        var code = await GatewayRunCommand.RunAsync(_folder, output, errors, CancellationToken.None);

        Assert.Equal((ExitCode.ToolMissing, ""), (code, output.ToString()));
        Assert.Contains("agentgateway is missing", errors.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_binary_on_the_path_comes_before_docker()
    {
        Stub("agentgateway", "exit 0");
        Stub("docker", "exit 0");

        var launcher = await GatewayLauncher.FindAsync(_folder, CancellationToken.None);

        Assert.Equal(Path.Combine(_folder, "agentgateway"), launcher!.Program);
        Assert.Empty(launcher.Before);
    }

    [Theory]
    [InlineData("exit 0", true)]
    [InlineData("exit 1", false)]
    public async Task Docker_counts_only_where_its_engine_runs_and_then_runs_the_pinned_image(string docker, bool isThere)
    {
        Stub("docker", docker);

        var launcher = await GatewayLauncher.FindAsync(_folder, CancellationToken.None);

        Assert.Equal(isThere, launcher is not null);
        Assert.Equal(isThere, launcher?.Before[^1].EndsWith(Pins.Read()["AGENTGATEWAY_IMAGE_DIGEST"], StringComparison.Ordinal) == true);
    }

    [Fact]
    public async Task A_gateway_that_ends_before_it_is_ready_says_why()
    {
        Stub("agentgateway", "echo \"Error: the configuration is wrong: $2\"; exit 1");
        using var errors = new StringWriter();
        var launcher = await GatewayLauncher.FindAsync(_folder, CancellationToken.None);

        var gateway = await GatewayProcess.StartAsync(
            launcher!, "the config", new Uri("http://127.0.0.1:9/"), errors, CancellationToken.None);

        Assert.Null(gateway);
        Assert.Contains("the configuration is wrong: the config", errors.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_trial_has_a_refusal_and_a_failover()
    {
        Assert.Contains(GatewayTrial.Requests, one => one.Expected == 402);
        Assert.Contains(GatewayTrial.Requests, one => one.MockHeaders.ContainsKey("x-mock-only") && one.Expected == 200);
        Assert.All(GatewayTrial.Requests, one => Assert.NotNull(System.Text.Json.Nodes.JsonNode.Parse(one.Body)));
    }

    private void Stub(string name, string lines)
    {
        File.WriteAllText(Path.Combine(_folder, name), $"#!/bin/bash\n{lines}\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(Path.Combine(_folder, name), (UnixFileMode)0b111_101_101);
        }
    }
}
