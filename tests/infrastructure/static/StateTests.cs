using System.Text.Json.Nodes;
using AiGateway.Infrastructure.Tests.Workspace;

namespace AiGateway.Infrastructure.Tests.Static;

/// <summary>The state is kept and locked by the settings that the guide and the Terragrunt wrapper give: on the emulator's S3.</summary>
public sealed class StateTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("state-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Two_at_a_time_are_kept_apart()
    {
        using var emulator = await AwsEmulator.StartAsync();
        var state = (await TerragruntConfig.EvaluateAsync("dev"))["state"]!["config"]!.AsObject();
        var (bucket, key) = ((string)state["bucket"]!, (string)state["key"]!);
        await emulator.PutAsync(bucket);
        await File.WriteAllTextAsync(Path.Combine(_folder, "main.tf"), "terraform {\n  backend \"s3\" {}\n}\n\nresource \"terraform_data\" \"one\" {}\n");

        (await RunAsync(emulator, ["init", "-input=false", "-no-color", .. Arguments(state)])).OrFail("terraform init");
        (await RunAsync(emulator, ["apply", "-auto-approve", "-no-color"])).OrFail("terraform apply");
        var kept = await emulator.ReadAsync($"{bucket}?list-type=2");
        await emulator.PutAsync($"{bucket}/{key}.tflock", "somebody else's");
        var second = await RunAsync(emulator, ["apply", "-auto-approve", "-no-color"]);

        Assert.Contains($"<Key>{key}</Key>", kept);
        Assert.NotEqual(0, second.ExitCode);
        Assert.Contains("Error acquiring the state lock", second.Errors);
    }

    // The emulator has one name for all buckets.
    private static IEnumerable<string> Arguments(JsonObject state) =>
        state.Select(setting => $"-backend-config={setting.Key}={setting.Value}").Append("-backend-config=use_path_style=true");

    private Task<ToolResult> RunAsync(AwsEmulator emulator, IEnumerable<string> arguments) => Tool.RunAsync(
        "terraform", arguments, _folder, "",
        new Dictionary<string, string>(emulator.Environment) { ["AWS_ACCESS_KEY_ID"] = "test", ["AWS_SECRET_ACCESS_KEY"] = "test" });
}
