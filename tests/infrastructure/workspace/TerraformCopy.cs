namespace AiGateway.Infrastructure.Tests.Workspace;

/// <summary>
/// A copy of infrastructure/ in a temporary folder, with the overrides that an older provider needs. The deployed files are never changed.
/// TF_PLUGIN_DIR names a folder of providers; without it, terraform asks the registry.
/// </summary>
internal sealed class TerraformCopy : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("aigateway-terraform-").FullName;

    private TerraformCopy()
    {
    }

    public string Folder => Path.Combine(_root, "infrastructure");

    public static async Task<TerraformCopy> MakeAsync(bool forEmulator)
    {
        var copy = new TerraformCopy();
        copy.CopyTree("infrastructure");
        File.Copy(Repository.PathOf("versions.env"), Path.Combine(copy._root, "versions.env"));
        copy.Override("root.tf", "relaxed_override.tf");
        copy.Override("auth/relaxed.tf", "modules/auth/relaxed_override.tf");
        copy.Override("guardrails/relaxed.tf", "modules/guardrails/relaxed_override.tf");
        if (forEmulator)
        {
            copy.Override("emulator.tf", "emulator_override.tf");
        }

        (await copy.RunAsync(null, ["init", "-input=false", "-no-color", .. PluginArguments()])).OrFail("terraform init");
        return copy;
    }

    /// <summary>Only the settings and what is refused of them: without a provider, a plan of them is a matter of a tenth of a second.</summary>
    public static async Task<TerraformCopy> OfSettingsAsync()
    {
        var copy = new TerraformCopy();
        copy.CopyTree("infrastructure/tests");
        foreach (var file in Repository.TerraformFiles.Where(IsOfSettings))
        {
            File.Copy(file, Path.Combine(copy.Folder, Path.GetFileName(file)));
        }

        (await copy.RunAsync(null, ["init", "-input=false", "-no-color"])).OrFail("terraform init");
        return copy;
    }

    public Task<ToolResult> RunAsync(IReadOnlyDictionary<string, string>? environment, params IEnumerable<string> arguments) =>
        Tool.RunAsync("terraform", arguments, Folder, "", Quiet(environment));

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private static Dictionary<string, string> Quiet(IReadOnlyDictionary<string, string>? environment) =>
        new(environment ?? new Dictionary<string, string>()) { ["TF_IN_AUTOMATION"] = "1", ["CHECKPOINT_DISABLE"] = "1" };

    private static string[] PluginArguments() =>
        Environment.GetEnvironmentVariable("TF_PLUGIN_DIR") is { Length: > 0 } folder ? [$"-plugin-dir={folder}"] : [];

    private static bool IsOfSettings(string file) => Path.GetDirectoryName(file) == Repository.PathOf("infrastructure")
        && (Path.GetFileName(file) == "guards.tf" || Path.GetFileName(file).StartsWith("variables.", StringComparison.Ordinal));

    private void Override(string source, string target) =>
        File.Copy(Repository.PathOf($"tests/infrastructure/overrides/{source}"), Path.Combine(Folder, target));

    private void CopyTree(string name)
    {
        var source = Repository.PathOf(name);
        foreach (var file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
        {
            if (file.Contains("/.terraform/", StringComparison.Ordinal))
            {
                continue;
            }

            var target = Path.Combine(_root, name, Path.GetRelativePath(source, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }
}
