using System.Text.Json;
using System.Text.Json.Nodes;

namespace AiGateway.Local.Gateway;

/// <summary>
/// Renders configurations with Terraform itself, any number in one run: a root module of its own calls the module
/// once for each set of settings. Nothing is applied and no provider is needed.
/// </summary>
internal static class ConfigRenderer
{
    private static readonly Dictionary<string, string> s_environment = new()
    {
        ["TF_IN_AUTOMATION"] = "1",
        ["CHECKPOINT_DISABLE"] = "1",
        ["TF_DATA_DIR"] = ".terraform",
    };

    public static async Task<RenderOutcome> RenderAsync(
        IReadOnlyDictionary<string, JsonObject> requests, CancellationToken stop)
    {
        var folder = Directory.CreateDirectory(
            SourceTree.PathOf(Path.Combine("artifacts", "gateway_config", Guid.NewGuid().ToString("N")))).FullName;
        try
        {
            await File.WriteAllTextAsync(Path.Combine(folder, "requests.json"), Requests(requests), stop);
            await File.WriteAllTextAsync(Path.Combine(folder, "main.tf.json"), RootModule(folder), stop);
            return await RunAsync(folder, stop);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<RenderOutcome> RunAsync(string folder, CancellationToken stop)
    {
        if (await TerraformAsync(folder, stop, "init", "-backend=false", "-input=false", "-no-color") is not { } init)
        {
            return new RenderOutcome.NoTerraform();
        }

        if (init.ExitCode != 0)
        {
            throw new InvalidOperationException($"terraform init: {init.Output}{init.Errors}");
        }

        var plan = await TerraformAsync(folder, stop, "plan", "-json", "-input=false", "-out=plan");
        if (plan!.ExitCode != 0)
        {
            return new RenderOutcome.Refused(Reasons(plan.Output));
        }

        var shown = await TerraformAsync(folder, stop, "show", "-json", "plan");
        return Read(JsonNode.Parse(shown!.Output)!);
    }

    private static Task<ToolRun?> TerraformAsync(string folder, CancellationToken stop, params string[] arguments) =>
        ToolRun.StartAsync("terraform", arguments, folder, stop, environment: s_environment);

    private static string Requests(IReadOnlyDictionary<string, JsonObject> requests) =>
        new JsonObject(requests.Select(one => KeyValuePair.Create<string, JsonNode?>(one.Key, one.Value.DeepClone())))
            .ToJsonString();

    private static string RootModule(string folder)
    {
        // The source is a relative path: Terraform copies a module given by an absolute one, without its neighbours.
        var module = new JsonObject
        {
            ["for_each"] = "${jsondecode(file(\"${path.module}/requests.json\"))}",
            ["source"] = Path.GetRelativePath(folder, SourceTree.PathOf(GatewaySetting.ModuleFolder)),
        };
        foreach (var setting in GatewaySetting.ReadAll())
        {
            module[setting.Name] = $"${{try(each.value.{setting.Name}, null)}}";
        }

        var configs = "${{ for name, one in module.config : name => "
            + "{ config = one.config, environment_names = one.environment_names } }}";
        return new JsonObject
        {
            ["module"] = new JsonObject { ["config"] = module },
            ["output"] = new JsonObject { ["configs"] = new JsonObject { ["value"] = configs } },
        }.ToJsonString();
    }

    private static RenderOutcome.Done Read(JsonNode plan)
    {
        var configs = plan["planned_values"]?["outputs"]?["configs"]?["value"]?.AsObject() ?? [];
        var variables = plan["configuration"]!["root_module"]!["module_calls"]!["config"]!["module"]!["variables"]!;
        return new RenderOutcome.Done(
            configs.ToDictionary(
                one => one.Key,
                one => new RenderedConfig(
                    one.Value!["config"]!.GetValue<string>(),
                    [.. one.Value["environment_names"]!.AsArray().Select(name => name!.GetValue<string>())])),
            variables.AsObject()
                .Where(variable => variable.Value!["default"] is not null)
                .ToDictionary(variable => variable.Key, variable => variable.Value!["default"]!));
    }

    private static List<string> Reasons(string output)
    {
        var reasons = new List<string>();
        foreach (var line in output.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            using var message = JsonDocument.Parse(line);
            if (message.RootElement.TryGetProperty("diagnostic", out var diagnostic)
                && diagnostic.GetProperty("severity").GetString() == "error")
            {
                var detail = diagnostic.GetProperty("detail").GetString();
                reasons.Add(FirstParagraph(detail is { Length: > 0 } ? detail : diagnostic.GetProperty("summary").GetString()!));
            }
        }

        return reasons;
    }

    // Terraform adds where the check stands in the module, which tells the reader of a command nothing.
    private static string FirstParagraph(string text) => text.Split("\n\n")[0].Replace('\n', ' ');
}
