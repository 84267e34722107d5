using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using AiGateway.Infrastructure.Tests.Workspace;

namespace AiGateway.Infrastructure.Tests.Static;

/// <summary>
/// What terragrunt/root.hcl comes to for one environment. Terragrunt itself is in no package registry, so Terraform evaluates the expressions,
/// with Terragrunt's own functions replaced by what its documentation says that they return.
/// </summary>
internal static partial class TerragruntConfig
{
    public const string AccountId = "123456789012";

    /// <summary>The commands of <c>get_terraform_commands_that_need_vars</c>, as its source lists them.</summary>
    public static readonly string[] CommandsWithVariables = ["apply", "console", "destroy", "import", "plan", "push", "refresh"];

    private static readonly ConcurrentDictionary<string, Lazy<Task<JsonNode>>> s_evaluated = new();

    public static async Task<JsonNode> ParseAsync(string file) => (await HclFiles.ReadAsync([Repository.PathOf(file)])).Single().Value;

    /// <returns>An object with <c>state</c>, <c>terraform</c>, <c>arguments</c> and <c>inputs</c>. Evaluated once for all tests.</returns>
    public static Task<JsonNode> EvaluateAsync(string environment) =>
        s_evaluated.GetOrAdd(environment, one => new Lazy<Task<JsonNode>>(() => EvaluateOnceAsync(one))).Value;

    private static async Task<JsonNode> EvaluateOnceAsync(string environment)
    {
        var root = await ParseAsync("terragrunt/root.hcl");
        var terraform = root["terraform"]![0]!.DeepClone().AsObject();
        terraform.Remove("extra_arguments");
        var text = new JsonObject
        {
            // Terraform's own reader of .tfvars files is a function of its built-in provider.
            ["terraform"] = new JsonObject
            {
                ["required_providers"] = new JsonObject { ["terraform"] = new JsonObject { ["source"] = "terraform.io/builtin/terraform" } },
            },
            ["locals"] = root["locals"]![0]!.DeepClone(),
            ["output"] = new JsonObject
            {
                ["config"] = new JsonObject
                {
                    ["value"] = new JsonObject
                    {
                        ["state"] = root["remote_state"]![0]!.DeepClone(),
                        ["terraform"] = terraform,
                        ["arguments"] = root["terraform"]![0]!["extra_arguments"]!["settings"]![0]!.DeepClone(),
                        ["inputs"] = root["inputs"]!.DeepClone(),
                    },
                },
            },
        }.ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        return await OutputAsync(WithoutTerragrunt(text, environment));
    }

    private static string WithoutTerragrunt(string text, string environment)
    {
        var commands = string.Join(", ", CommandsWithVariables.Select(command => $"\\\"{command}\\\""));
        var result = ReadSettings().Replace(text, "jsonencode(provider::terraform::decode_tfvars(file($1)))")
            .Replace("get_terragrunt_dir()", $"\\\"{Repository.PathOf($"terragrunt/{environment}")}\\\"")
            .Replace("get_repo_root()", $"\\\"{Repository.Root}\\\"")
            .Replace("get_aws_account_id()", $"\\\"{AccountId}\\\"")
            .Replace("get_terraform_commands_that_need_vars()", $"[{commands}]");
        return result;
    }

    private static async Task<JsonNode> OutputAsync(string configuration)
    {
        var folder = Directory.CreateTempSubdirectory("terragrunt-").FullName;
        try
        {
            await File.WriteAllTextAsync(Path.Combine(folder, "main.tf.json"), configuration);
            (await Tool.RunAsync("terraform", ["init", "-input=false", "-no-color"], folder)).OrFail("terraform init");
            (await Tool.RunAsync("terraform", ["apply", "-auto-approve", "-no-color"], folder)).OrFail("terraform apply");
            var output = (await Tool.RunAsync("terraform", ["output", "-json", "config"], folder)).OrFail("terraform output");
            return JsonNode.Parse(output.Output)!;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [GeneratedRegex(@"read_tfvars_file\(([^()]*)\)")]
    private static partial Regex ReadSettings();
}
