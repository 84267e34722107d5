using System.Text.Json.Nodes;

namespace AiGateway.Infrastructure.Tests.Workspace;

/// <summary>Terraform files as JSON, read by HashiCorp's own parser (@cdktf/hcl2json, its Go code as WebAssembly).</summary>
internal static class HclFiles
{
    private static readonly string s_folder = Repository.PathOf("tests/infrastructure/hcl");

    // Once for all tests of the process: those that run beside each other must not meet a half installed parser.
    private static readonly Lazy<Task> s_installed = new(InstallAsync);

    public static async Task<IReadOnlyDictionary<string, JsonNode>> ReadAsync(IEnumerable<string> files)
    {
        await s_installed.Value;
        var result = (await Tool.RunAsync("node", ["read.mjs"], s_folder, string.Join('\n', files))).OrFail("node read.mjs");
        return JsonNode.Parse(result.Output)!.AsObject().ToDictionary(file => Path.GetRelativePath(Repository.Root, file.Key), file => file.Value!);
    }

    // npm writes this file when everything is there.
    private static async Task InstallAsync()
    {
        if (!File.Exists(Path.Combine(s_folder, "node_modules", ".package-lock.json")))
        {
            (await Tool.RunAsync("npm", ["ci", "--no-audit", "--no-fund"], s_folder)).OrFail("npm ci");
        }
    }
}
