using System.Text.Json.Nodes;
using AiGateway.Local.Gateway;

namespace AiGateway.DataPlane.Tests.Rendering;

/// <summary>The gateway's own JSON Schema for its configuration, through Ajv: draft 2020-12, many documents in one run.</summary>
internal static class SchemaValidator
{
    private const string SchemaFile = "config.schema.v1.4.1.json";
    private static readonly string s_folder = SourceTree.PathOf("tests/data_plane/schema");
    private static readonly SemaphoreSlim s_install = new(1);

    /// <summary>What the schema finds wrong, a sentence each, preceded by the document's name.</summary>
    public static async Task<IReadOnlyList<string>> ErrorsAsync(IReadOnlyDictionary<string, JsonNode> documents)
    {
        await InstallAsync();
        var lines = string.Concat(documents.Select(one =>
            new JsonObject { ["name"] = one.Key, ["config"] = one.Value.DeepClone() }.ToJsonString() + "\n"));
        var run = await ToolRun.StartAsync("node", ["validate.mjs", SchemaFile], s_folder, CancellationToken.None, lines);
        Assert.True(run is { ExitCode: 0 }, $"node validate.mjs: {run?.Errors ?? "node is missing: apt-get install nodejs npm"}");
        var answers = run!.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!).ToList();
        Assert.Equal(documents.Count, answers.Count);
        return [.. answers.SelectMany(answer => answer["errors"]!.AsArray().Select(error => $"{answer["name"]}: {error}"))];
    }

    private static async Task InstallAsync()
    {
        await s_install.WaitAsync();
        try
        {
            if (Directory.Exists(Path.Combine(s_folder, "node_modules", "ajv")))
            {
                return;
            }

            var npm = await ToolRun.StartAsync("npm", ["ci", "--no-audit", "--no-fund"], s_folder, CancellationToken.None);
            Assert.True(npm is { ExitCode: 0 }, $"npm ci: {npm?.Errors ?? "npm is missing: apt-get install nodejs npm"}");
        }
        finally
        {
            s_install.Release();
        }
    }
}
