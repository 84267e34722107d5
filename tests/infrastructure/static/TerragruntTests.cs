using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using AiGateway.Infrastructure.Tests.Workspace;

namespace AiGateway.Infrastructure.Tests.Static;

/// <summary>The Terragrunt wrapper comes to what the deployment guide says by hand.</summary>
public static partial class TerragruntTests
{
    /// <summary>Those of its documentation that the wrapper may use; all others have to be Terraform's.</summary>
    private static readonly string[] s_functions =
    [
        "find_in_parent_folders", "get_aws_account_id", "get_repo_root", "get_terraform_commands_that_need_vars", "get_terragrunt_dir",
        "read_tfvars_file",
    ];

    public static TheoryData<string> Environments =>
        [.. Directory.EnumerateFiles(Repository.PathOf("infrastructure/environments"), "*.tfvars").Select(file => Path.GetFileNameWithoutExtension(file))];

    public static TheoryData<string> Files =>
    [
        .. Directory.EnumerateFiles(Repository.PathOf("terragrunt"), "*.hcl", SearchOption.AllDirectories)
            .Where(file => !file.Contains("/.terragrunt-cache/", StringComparison.Ordinal))
            .Select(file => Path.GetRelativePath(Repository.Root, file)),
    ];

    [Theory]
    [MemberData(nameof(Files))]
    public static async Task Is_formatted_and_calls_functions_that_there_are(string file)
    {
        var text = await File.ReadAllTextAsync(Repository.PathOf(file));
        var formatted = (await Tool.RunAsync("terraform", ["fmt", "-"], Repository.Root, text)).OrFail("terraform fmt").Output;
        var known = JsonNode.Parse((await Tool.RunAsync("terraform", ["metadata", "functions", "-json"], Repository.Root)).OrFail("functions").Output)!
            ["function_signatures"]!.AsObject().Select(one => one.Key).Concat(s_functions).ToHashSet();

        Assert.Equal(text, formatted);
        Assert.All(Call().Matches(Comment().Replace(text, "")), call => Assert.Contains(call.Groups["name"].Value, known));
    }

    [Theory]
    [MemberData(nameof(Environments))]
    public static async Task Every_environment_has_a_unit_that_includes_the_shared_part(string environment)
    {
        var unit = await TerragruntConfig.ParseAsync($"terragrunt/{environment}/terragrunt.hcl");

        Assert.Equal("""{"include":{"root":[{"path":"${find_in_parent_folders(\u0022root.hcl\u0022)}"}]}}""", unit.ToJsonString());
    }

    [Theory]
    [MemberData(nameof(Environments))]
    public static async Task The_state_is_where_the_guide_puts_it(string environment)
    {
        var state = (await TerragruntConfig.EvaluateAsync(environment))["state"]!;
        var guide = await File.ReadAllTextAsync(Repository.PathOf("docs/deployment.md"));
        var region = (string)(await SettingsAsync(environment))["region"]!;
        var byHand = BackendSetting().Matches(guide).ToDictionary(
            one => one.Groups["name"].Value,
            one => one.Groups["value"].Value.Replace("ACCOUNT", TerragruntConfig.AccountId).Replace("REGION", region).Replace("dev/", $"{environment}/"));

        Assert.Equal("s3", (string?)state["backend"]);
        Assert.Equal(byHand, state["config"]!.AsObject().ToDictionary(one => one.Key, one => one.Value!.ToString()));
    }

    [Theory]
    [MemberData(nameof(Environments))]
    public static async Task What_it_deploys_and_reads_is_there(string environment)
    {
        var config = await TerragruntConfig.EvaluateAsync(environment);
        var source = ((string)config["terraform"]!["source"]!).Split("//");
        var leftOut = config["terraform"]!["exclude_from_copy"]!.AsArray().Select(one => (string)one!).ToList();

        // The part before the two slashes is copied, the part after them is deployed.
        Assert.Equal([Repository.Root, "infrastructure"], source);
        Assert.All(leftOut.Except(["artifacts"]), folder => Assert.True(Directory.Exists(Repository.PathOf(folder)), folder));
        Assert.DoesNotContain("infrastructure", leftOut);
        Assert.Equal(
            [Repository.PathOf($"infrastructure/environments/{environment}.tfvars")],
            config["arguments"]!["required_var_files"]!.AsArray().Select(one => (string)one!));
        Assert.Equal(environment, (string?)(await SettingsAsync(environment))["environment"]);
    }

    /// <summary>A setting in the environment's file would win over an input of the same name, and nobody would notice.</summary>
    [Theory]
    [MemberData(nameof(Environments))]
    public static async Task Every_input_is_a_variable_that_the_environments_file_leaves_alone(string environment)
    {
        var inputs = (await TerragruntConfig.EvaluateAsync(environment))["inputs"]!.AsObject();
        var variables = (await HclFiles.ReadAsync(Directory.EnumerateFiles(Repository.PathOf("infrastructure"), "variables*.tf")))
            .SelectMany(file => file.Value["variable"]!.AsObject()).Select(variable => variable.Key).ToHashSet();
        var settings = (await SettingsAsync(environment)).AsObject().Select(setting => setting.Key).ToList();

        Assert.NotEmpty(inputs);
        Assert.All(inputs.Select(input => input.Key).Concat(settings), name => Assert.Contains(name, variables));
        Assert.Empty(inputs.Select(input => input.Key).Intersect(settings));
        Assert.Equal(Repository.PathOf("artifacts/package"), (string?)inputs["functions"]!["archive_directory"]);
    }

    /// <summary>As Terragrunt calls it: the environment's file as an argument, the inputs as variables of the environment.</summary>
    [Theory]
    [MemberData(nameof(Environments))]
    public static async Task Terraform_takes_what_it_is_called_with(string environment)
    {
        var config = await TerragruntConfig.EvaluateAsync(environment);
        using var terraform = await TerraformCopy.OfSettingsAsync();
        var variables = config["inputs"]!.AsObject().ToDictionary(input => $"TF_VAR_{input.Key}", input => input.Value!.ToJsonString());
        string[] files = [.. config["arguments"]!["required_var_files"]!.AsArray().Select(file => $"-var-file={file}")];

        (await terraform.RunAsync(variables, ["plan", "-input=false", "-no-color", .. files])).OrFail("terraform plan");
        // push is of another time, and Terragrunt's list still has it.
        foreach (var command in config["arguments"]!["commands"]!.AsArray().Select(one => (string)one!).Except(["push"]))
        {
            var help = await terraform.RunAsync(null, command, "-help");
            Assert.Contains("-var-file", command == "destroy" ? (await terraform.RunAsync(null, "plan", "-help")).Output : help.Output);
        }
    }

    private static Task<JsonNode> SettingsAsync(string environment) =>
        TerragruntConfig.ParseAsync($"infrastructure/environments/{environment}.tfvars");

    [GeneratedRegex(@"(?<![\w.])(?<name>[a-z_0-9]+)\(")]
    private static partial Regex Call();

    [GeneratedRegex("#.*")]
    private static partial Regex Comment();

    [GeneratedRegex(@"-backend-config=(?<name>\w+)=(?<value>\S+)")]
    private static partial Regex BackendSetting();
}
