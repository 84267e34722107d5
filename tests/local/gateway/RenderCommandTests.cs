using System.Text.Json.Nodes;
using AiGateway.Domain;
using AiGateway.Local.Gateway;

namespace AiGateway.Local.Tests.Gateway;

public static class RenderCommandTests
{
    [Fact]
    public static async Task Prints_the_configuration_and_nothing_else()
    {
        var run = await RunAsync(
            "render", "--set", "webhook_host=127.0.0.1", "--set", "webhook_port=9001", "--set", "webhook_tls=false",
            "--set", "issuer=http://127.0.0.1:9000/pool", "--set", "jwks_url=http://127.0.0.1:9000/keys");

        Assert.Equal((ExitCode.Done, ""), (run.Code, run.Errors));
        Assert.Contains("host: \"127.0.0.1:9001\"", run.Output, StringComparison.Ordinal);
        Assert.Contains("issuer: \"http://127.0.0.1:9000/pool\"", run.Output, StringComparison.Ordinal);
        Assert.Contains("jwks: {\"url\":\"http://127.0.0.1:9000/keys\"}", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("backendTLS: {}\n    backendAuth", run.Output, StringComparison.Ordinal);
        Assert.StartsWith("# agentgateway", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("'nope' is no setting", "render", "--set", "nope=1")]
    [InlineData("'port' is no setting", "render", "--set", "port")]
    [InlineData("port is a number", "render", "--set", "port=many")]
    [InlineData("'--sett' is not understood", "render", "--sett", "port=1")]
    [InlineData("'--set' is not understood", "render", "--set")]
    [InlineData("Turn webhook_tls on", "render", "--set", "webhook_tls=false")]
    [InlineData("region must be", "render", "--set", "region=moon")]
    [InlineData("usage:", "rendr")]
    [InlineData("usage:")]
    public static async Task Ends_with_2_and_a_sentence_for_what_it_does_not_know_or_refuses(string sentence, params string[] args)
    {
        var run = await RunAsync(args);

        Assert.Equal((ExitCode.Usage, ""), (run.Code, run.Output));
        Assert.Contains(sentence, run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public static async Task Lists_every_setting_with_its_type_and_default()
    {
        var run = await RunAsync("render", "--list");

        Assert.Equal((ExitCode.Done, ""), (run.Code, run.Errors));
        var list = JsonNode.Parse(run.Output)!.AsArray().Select(one => one!.AsObject()).ToList();
        Assert.All(list, one => Assert.Equal(["name", "type", "default"], one.Select(pair => pair.Key)));
        var byName = list.ToDictionary(one => one["name"]!.GetValue<string>());
        Assert.Superset(
            new HashSet<string> { "issuer", "jwks_url", "webhook_host", "webhook_port", "webhook_tls", "provider_hosts" },
            byName.Keys.ToHashSet());
        Assert.Equal(("bool", "true"), (Text(byName["webhook_tls"], "type"), Text(byName["webhook_tls"], "default")));
        Assert.Equal(("number", "443"), (Text(byName["webhook_port"], "type"), Text(byName["webhook_port"], "default")));
        Assert.Equal(GatewaySetting.Examples["issuer"], Text(byName["issuer"], "default"));
    }

    [Fact]
    public static async Task Every_default_that_it_lists_can_be_set()
    {
        var list = JsonNode.Parse((await RunAsync("render", "--list")).Output)!.AsArray();
        var args = list.SelectMany(one => new[] { "--set", $"{one!["name"]}={one["default"]}" });

        var all = await RunAsync(["render", .. args]);

        Assert.Equal((ExitCode.Done, ""), (all.Code, all.Errors));
        Assert.Equal((await RunAsync("render")).Output, all.Output);
    }

    [Fact]
    public static void Every_variable_of_the_module_is_a_setting()
    {
        var declared = Directory.GetFiles(SourceTree.PathOf(GatewaySetting.ModuleFolder), "*.tf")
            .SelectMany(File.ReadLines)
            .Where(line => line.StartsWith("variable \"", StringComparison.Ordinal))
            .Select(line => line.Split('"')[1]);

        Assert.Equal(declared.Order(), GatewaySetting.ReadAll().Select(setting => setting.Name).Order());
    }

    [Fact]
    public static void The_last_of_a_name_counts()
    {
        var settings = Assert.IsType<Outcome<JsonObject>.Ok>(RenderCommand.Parse(["--set", "port=1", "--set", "port=2"])).Value;

        Assert.Equal(2, settings["port"]!.GetValue<int>());
    }

    [Fact]
    public static async Task Help_is_a_result() => Assert.Equal(ExitCode.Done, (await RunAsync("--help")).Code);

    private static string Text(JsonObject one, string name) => one[name]!.GetValue<string>();

    private static async Task<(int Code, string Output, string Errors)> RunAsync(params string[] args)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        var code = await GatewayCommand.RunAsync(args, TextReader.Null, output, errors, CancellationToken.None);
        return (code, output.ToString(), errors.ToString());
    }
}
