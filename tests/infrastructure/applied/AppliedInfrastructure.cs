using System.IO.Compression;
using System.Text.Json.Nodes;
using AiGateway.Infrastructure.Tests.Workspace;

namespace AiGateway.Infrastructure.Tests.Applied;

/// <summary>Everything on, applied to the emulator once: what it made, what a second plan would still do, and whether destroying it works.</summary>
public sealed class AppliedInfrastructure : IAsyncLifetime
{
    /// <summary>What stands in every provider's secret when the second plan is made.</summary>
    internal const string OperatorsKey = "put in by an operator";

    internal ToolResult Apply { get; private set; } = null!;

    internal JsonNode State { get; private set; } = null!;

    internal JsonNode SecondPlan { get; private set; } = null!;

    /// <summary>Each feature turned off, and each turned on where all are off.</summary>
    internal TogglePlans Toggles { get; private set; } = null!;

    internal ToolResult Destroy { get; private set; } = null!;

    /// <summary>Every resource of the state, by its address.</summary>
    internal IReadOnlyDictionary<string, JsonNode> Resources { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        using var emulator = await AwsEmulator.StartAsync();
        using var terraform = await TerraformCopy.MakeAsync(forEmulator: true);
        await WriteSettingsAsync(terraform, await emulator.RequestCertificateAsync());
        string[] usual = ["-input=false", "-no-color", "-var-file=test.tfvars"];

        Apply = await terraform.RunAsync(emulator.Environment, ["apply", "-auto-approve", "-parallelism=20", .. usual]);
        Assert.True(Apply.Output.Contains("Creation complete", StringComparison.Ordinal), Apply.Errors);
        State = await JsonAsync(terraform, "show", "-json");
        Resources = Flatten(State["values"]?["root_module"]).ToDictionary(one => (string)one["address"]!);

        foreach (var secret in OfType("aws_secretsmanager_secret"))
        {
            await emulator.PutSecretAsync((string)secret["values"]!["id"]!, OperatorsKey);
        }

        await ForgetHalfMadeAsync(terraform);
        (await terraform.RunAsync(emulator.Environment, ["plan", "-out=second.plan", .. usual])).OrFail("the second plan");
        SecondPlan = await JsonAsync(terraform, "show", "-json", "second.plan");

        Toggles = await TogglePlans.MakeAsync(terraform, emulator.Environment);

        Destroy = await terraform.RunAsync(emulator.Environment, ["destroy", "-auto-approve", "-parallelism=20", .. usual]);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>The emulator took it and can't be asked for its tags, which would stop a plan and the destruction.</summary>
    internal static async Task ForgetHalfMadeAsync(TerraformCopy terraform) => (await terraform.RunAsync(
        null, "state", "rm", "module.compute.aws_appautoscaling_target.gateway")).OrFail("terraform state rm");

    internal IEnumerable<JsonNode> OfType(string type) => Resources.Values.Where(one => (string)one["type"]! == type);

    private static async Task<JsonNode> JsonAsync(TerraformCopy terraform, params IEnumerable<string> arguments) =>
        JsonNode.Parse((await terraform.RunAsync(null, arguments)).OrFail("terraform show").Output)!;

    private static IEnumerable<JsonNode> Flatten(JsonNode? module)
    {
        foreach (var resource in module?["resources"]?.AsArray() ?? [])
        {
            yield return resource!;
        }

        foreach (var child in module?["child_modules"]?.AsArray() ?? [])
        {
            foreach (var resource in Flatten(child))
            {
                yield return resource;
            }
        }
    }

    // The archives stand in for what ./dev package builds: the emulator only stores them.
    private static async Task WriteSettingsAsync(TerraformCopy terraform, string certificate)
    {
        foreach (var function in Repository.Functions)
        {
            await using var zip = await ZipFile.OpenAsync(
                Path.Combine(terraform.Folder, $"{function}-arm64.zip"), ZipArchiveMode.Create);
            zip.CreateEntry("bootstrap");
        }

        await File.WriteAllTextAsync(Path.Combine(terraform.Folder, "test.tfvars"), $$"""
            environment                = "test"
            region                     = "us-east-1"
            certificate_arn            = "{{certificate}}"
            deletion_protection        = false
            nat_per_zone               = true
            enable_interface_endpoints = true
            functions                  = { archive_directory = "." }
            bedrock_model_arns         = ["arn:aws:bedrock:us-east-1::foundation-model/anthropic.claude-haiku-4-5-20251001-v1:0"]
            providers_enabled          = { anthropic = true, openai = true, embeddings = true }
            alert_emails               = ["finops@example.com"]
            client_configs             = { batch = { allowed_scopes = ["invoke"], description = "Nightly batch", team = "search" } }
            """);
    }
}
