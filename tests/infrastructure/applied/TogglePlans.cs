using System.Collections.Concurrent;
using AiGateway.Infrastructure.Tests.Workspace;

namespace AiGateway.Infrastructure.Tests.Applied;

/// <summary>
/// What turning features off and on would do: off, each by itself where everything is on; on, each by itself where everything is off.
/// Less what a plan without a change of settings would do, because the emulator forgets it.
/// </summary>
internal sealed class TogglePlans
{
    // Two, as a developer's machine has cores; a plan of its own uses little more than one.
    private const int AtOnceMax = 2;

    private readonly ConcurrentDictionary<string, IReadOnlyList<PlannedChange>> _off = new();
    private readonly ConcurrentDictionary<string, IReadOnlyList<PlannedChange>> _on = new();

    private TogglePlans()
    {
    }

    /// <summary>What the step from everything on to everything off said; it really happened.</summary>
    public ToolResult AllOff { get; private set; } = null!;

    public IReadOnlyList<PlannedChange> Off(Feature feature) => _off[feature.Name];

    public IReadOnlyList<PlannedChange> On(Feature feature) => _on[feature.Name];

    public static async Task<TogglePlans> MakeAsync(TerraformCopy terraform, IReadOnlyDictionary<string, string> emulator)
    {
        var plans = new TogglePlans();
        var allOff = Feature.All.Where(feature => !feature.StaysOn).SelectMany(feature => feature.Off).DistinctBy(setting => setting.Key).ToDictionary();
        var nothing = new Dictionary<string, string>();

        await PlanAllAsync(plans._off, Feature.All.Where(feature => !feature.IsOnlyPlanned).Select(feature => (feature.Name, feature.Off)), nothing);
        plans.AllOff = await terraform.RunAsync(
            emulator, ["apply", "-auto-approve", "-refresh=false", "-input=false", "-no-color", .. Settings(allOff)]);
        await AppliedInfrastructure.ForgetHalfMadeAsync(terraform);
        await PlanAllAsync(plans._on, Feature.All.Where(feature => !feature.StaysOn).Select(feature => (feature.Name, feature.On)), allOff);
        return plans;

        async Task PlanAllAsync(
            ConcurrentDictionary<string, IReadOnlyList<PlannedChange>> results,
            IEnumerable<(string Name, IReadOnlyDictionary<string, string> Settings)> all,
            Dictionary<string, string> before)
        {
            var usual = await PlanAsync(before);
            await Parallel.ForEachAsync(all, new ParallelOptions { MaxDegreeOfParallelism = AtOnceMax }, async (one, _) =>
                results[one.Name] = [.. (await PlanAsync(new(before.Where(setting => !one.Settings.ContainsKey(setting.Key)).Concat(one.Settings)))).Except(usual)]);
        }

        async Task<IReadOnlyList<PlannedChange>> PlanAsync(Dictionary<string, string> settings) => PlannedChange.Read((await terraform.RunAsync(
            emulator, ["plan", "-json", "-refresh=false", "-lock=false", "-input=false", .. Settings(settings)])).OrFail("terraform plan").Output);
    }

    private static IEnumerable<string> Settings(IReadOnlyDictionary<string, string> settings) =>
        ["-var-file=test.tfvars", .. settings.Select(setting => $"-var={setting.Key}={setting.Value}")];
}
