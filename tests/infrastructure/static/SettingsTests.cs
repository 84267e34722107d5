using System.Text.Json.Nodes;
using AiGateway.Infrastructure.Tests.Workspace;

namespace AiGateway.Infrastructure.Tests.Static;

/// <summary>Settings that are unsafe or do nothing are refused, each with the sentence that says what to do (T82).</summary>
public static class SettingsTests
{
    /// <summary>infrastructure/tests/refusals.tftest.hcl and variables.tftest.hcl.</summary>
    [Fact]
    public static async Task Terraforms_own_tests_of_the_settings_pass()
    {
        using var terraform = await TerraformCopy.OfSettingsAsync();
        var result = (await terraform.RunAsync(
            null, "test", "-no-color", "-filter=tests/refusals.tftest.hcl", "-filter=tests/variables.tftest.hcl")).OrFail("terraform test");

        Assert.Matches("Success! [0-9]{2,} passed, 0 failed", result.Output);
    }

    [Fact]
    public static async Task Each_combination_that_is_refused_is_refused_with_its_own_sentence()
    {
        using var terraform = await TerraformCopy.OfSettingsAsync();
        var said = new List<string>();
        foreach (var (name, settings) in await RefusalsAsync())
        {
            var errors = PlannedChange.Errors((await PlanAsync(terraform, settings)).Output);
            said.Add(Assert.Single(errors));
            Assert.True(settings.Any(setting => errors[0].Contains(setting.Key, StringComparison.Ordinal)), $"{name}: {errors[0]}");
        }

        Assert.Equal((await SentencesAsync()).Order(), said.Order());
    }

    /// <summary>Whatever is on or off: the guards refuse, or everything is planned. Terraform never stumbles over a combination.</summary>
    [Theory]
    [InlineData("true")]
    [InlineData("false")]
    public static async Task Each_toggle_is_free_from_all_on_and_from_all_off_but_for_what_it_needs(string start)
    {
        using var terraform = await TerraformCopy.OfSettingsAsync();
        string[] toggles =
        [
            "enable_jwt", "enable_waf", "enable_cost_attribution", "enable_alerts", "enable_sweep", "enable_guardrails", "guardrails_enforce",
            "enable_tracing", "enable_dashboard", "enable_interface_endpoints", "nat_per_zone", "deletion_protection",
        ];
        string[] needed = start == "true" ? ["enable_cost_attribution", "enable_guardrails"] : ["enable_alerts", "guardrails_enforce", "enable_sweep"];
        // Booking and sweeping are never both off: nothing would end a hold.
        var all = toggles.ToDictionary(toggle => toggle, toggle => (JsonNode)(toggle == "enable_sweep" ? "true" : start));

        Assert.Equal(0, (await PlanAsync(terraform, all)).ExitCode);
        foreach (var toggle in toggles)
        {
            var errors = PlannedChange.Errors((await PlanAsync(terraform, new(all) { [toggle] = (string)all[toggle]! == "true" ? "false" : "true" })).Output);
            Assert.Equal(needed.Contains(toggle), errors.Count > 0);
        }

        Assert.Equal(await BooleansAsync(), toggles.Append("internal").Order());
    }

    private static Task<ToolResult> PlanAsync(TerraformCopy terraform, Dictionary<string, JsonNode> settings) => terraform.RunAsync(
        null,
        [
            "plan", "-json", "-input=false", "-lock=false", "-var-file=tests/shared.auto.tfvars",
            .. settings.Select(setting => $"-var={setting.Key}={Text(setting.Value)}"),
        ]);

    private static string Text(JsonNode value) => value is JsonValue ? value.ToString() : value.ToJsonString();

    private static async Task<List<(string Name, Dictionary<string, JsonNode> Settings)>> RefusalsAsync()
    {
        var file = (await HclFiles.ReadAsync([Repository.PathOf("infrastructure/tests/refusals.tftest.hcl")])).Single().Value;
        return
        [
            .. file["run"]!.AsObject().Select(run => (
                run.Key, run.Value![0]!["variables"]![0]!.AsObject().ToDictionary(one => one.Key, one => one.Value!))),
        ];
    }

    private static async Task<IEnumerable<string>> SentencesAsync()
    {
        var file = (await HclFiles.ReadAsync([Repository.PathOf("infrastructure/guards.tf")])).Single().Value;
        return file["resource"]!["terraform_data"]!["guards"]![0]!["lifecycle"]![0]!["precondition"]!.AsArray()
            .Select(condition => (string)condition!["error_message"]!);
    }

    private static async Task<IEnumerable<string>> BooleansAsync() =>
        from file in await HclFiles.ReadAsync(Repository.TerraformFiles.Where(file =>
            Path.GetDirectoryName(file) == Repository.PathOf("infrastructure") && Path.GetFileName(file).StartsWith("variables.", StringComparison.Ordinal)))
        from variable in file.Value["variable"]!.AsObject()
        where (string?)variable.Value![0]!["type"] is "${bool}" or "bool"
        orderby variable.Key
        select variable.Key;
}
