using System.Text.Json.Nodes;
using AiGateway.Local.Gateway;

namespace AiGateway.DataPlane.Tests.Rendering;

/// <summary>Configurations as Terraform delivers them, with what they mean.</summary>
internal sealed record ConfigUnderTest(string Name, IReadOnlySet<string> On, RenderedConfig Rendered, JsonObject Config)
{
    public string Yaml => Rendered.Yaml;
}

/// <summary>Nothing, everything and pairwise, rendered once for all tests that look at them.</summary>
public sealed class RenderedConfigs : IAsyncLifetime
{
    internal IReadOnlyList<ConfigUnderTest> All { get; private set; } = [];

    internal ConfigUnderTest Everything => All.Single(one => one.On.Count == Toggles.All.Count);

    internal ConfigUnderTest Nothing => All.Single(one => one.On.Count == 0);

    public async ValueTask InitializeAsync() => All = await RenderAsync(Combinations.Pairwise());

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    internal static async Task<IReadOnlyList<ConfigUnderTest>> RenderAsync(IReadOnlyList<IReadOnlySet<string>> combinations)
    {
        var requests = combinations.ToDictionary(Toggles.NameOf, Toggles.Settings);
        var rendering = await ConfigRenderer.RenderAsync(requests, CancellationToken.None);
        Assert.True(rendering is RenderOutcome.Done, rendering.ToString()
            + (rendering is RenderOutcome.Refused refused ? string.Join("; ", refused.Reasons) : ""));
        var configs = ((RenderOutcome.Done)rendering).Configs;
        return
        [
            .. combinations.Select(on => (On: on, Name: Toggles.NameOf(on))).Select(one => new ConfigUnderTest(
                one.Name, one.On, configs[one.Name], YamlDocument.Parse(configs[one.Name].Yaml).AsObject())),
        ];
    }
}
