using System.Text.Json.Nodes;

namespace AiGateway.Infrastructure.Tests.Workspace;

/// <summary>Terraform files as JSON, read by HashiCorp's own parser (@cdktf/hcl2json, its Go code as WebAssembly).</summary>
internal static class HclFiles
{
    private static readonly string s_folder = Repository.PathOf("tests/infrastructure/hcl");

    public static async Task<IReadOnlyDictionary<string, JsonNode>> ReadAsync(IEnumerable<string> files)
    {
        if (!Directory.Exists(Path.Combine(s_folder, "node_modules")))
        {
            (await Tool.RunAsync("npm", ["ci", "--no-audit", "--no-fund"], s_folder)).OrFail("npm ci");
        }

        var result = (await Tool.RunAsync("node", ["read.mjs"], s_folder, string.Join('\n', files))).OrFail("node read.mjs");
        return JsonNode.Parse(result.Output)!.AsObject().ToDictionary(file => Path.GetRelativePath(Repository.Root, file.Key), file => file.Value!);
    }
}
