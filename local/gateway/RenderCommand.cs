using System.Text.Json.Nodes;
using AiGateway.Domain;

namespace AiGateway.Local.Gateway;

/// <summary>Prints a configuration, or what can be set in it.</summary>
internal static class RenderCommand
{
    private const string Only = "config";

    public static async Task<int> RunAsync(
        string[] args, TextWriter output, TextWriter errors, CancellationToken stop)
    {
        if (args is ["--list"])
        {
            return await ListAsync(output, errors, stop);
        }

        if (Parse(args) is not Outcome<JsonObject>.Ok(var settings))
        {
            await errors.WriteLineAsync(((Outcome<JsonObject>.Failed)Parse(args)).Problem.Message);
            return ExitCode.Usage;
        }

        var requests = new Dictionary<string, JsonObject> { [Only] = settings };
        switch (await ConfigRenderer.RenderAsync(requests, stop))
        {
            case RenderOutcome.Done done:
                await output.WriteAsync(done.Configs[Only].Yaml);
                return ExitCode.Done;
            case RenderOutcome.Refused refused:
                foreach (var reason in refused.Reasons)
                {
                    await errors.WriteLineAsync(reason);
                }

                return ExitCode.Usage;
            default:
                return await SayTerraformIsMissingAsync(errors);
        }
    }

    /// <summary>Reads <c>--set name=value</c> pairs over the examples; the last of a name counts.</summary>
    public static Outcome<JsonObject> Parse(IReadOnlyList<string> args)
    {
        var known = GatewaySetting.ReadAll().ToDictionary(setting => setting.Name);
        var settings = new JsonObject();
        foreach (var (name, example) in GatewaySetting.Examples)
        {
            settings[name] = example;
        }

        for (var index = 0; index < args.Count; index += 2)
        {
            if (args[index] != "--set" || index + 1 == args.Count)
            {
                return new Problem("arguments_unknown", $"'{args[index]}' is not understood: give --set name=value, or --list.");
            }

            var pair = args[index + 1].Split('=', 2);
            if (pair.Length != 2 || !known.TryGetValue(pair[0], out var setting))
            {
                return new Problem("setting_unknown", $"'{pair[0]}' is no setting: ./dev gateway render --list names them.");
            }

            switch (setting.Parse(pair[1]))
            {
                case Outcome<JsonNode>.Ok(var value):
                    settings[setting.Name] = value;
                    break;
                case Outcome<JsonNode>.Failed(var problem):
                    return problem;
            }
        }

        return settings;
    }

    private static async Task<int> ListAsync(TextWriter output, TextWriter errors, CancellationToken stop)
    {
        if (await ConfigRenderer.RenderAsync(new Dictionary<string, JsonObject>(), stop) is not RenderOutcome.Done done)
        {
            return await SayTerraformIsMissingAsync(errors);
        }

        var list = new JsonArray();
        foreach (var setting in GatewaySetting.ReadAll())
        {
            list.Add(new JsonObject
            {
                ["name"] = setting.Name,
                ["type"] = setting.Type,
                ["default"] = DefaultOf(setting, done.Defaults),
            });
        }

        await output.WriteLineAsync(list.ToJsonString());
        return ExitCode.Done;
    }

    private static string DefaultOf(GatewaySetting setting, IReadOnlyDictionary<string, JsonNode> defaults)
    {
        if (!defaults.TryGetValue(setting.Name, out var value))
        {
            return GatewaySetting.Examples[setting.Name];
        }

        return setting.Type == "string" ? value.GetValue<string>() : value.ToJsonString();
    }

    private static async Task<int> SayTerraformIsMissingAsync(TextWriter errors)
    {
        var version = Pins.Read()["TERRAFORM_VERSION"];
        await errors.WriteLineAsync(
            $"terraform is missing: install it (the project pins {version}; any from 1.9 on renders) and put it on the PATH.");
        return ExitCode.ToolMissing;
    }
}
