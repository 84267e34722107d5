using System.Text.Json.Nodes;
using AiGateway.Infrastructure.Tests.Workspace;

namespace AiGateway.Infrastructure.Tests.Static;

/// <summary>The guardrails use the service's own words: Bedrock refuses <c>SSN</c> (T76).</summary>
public static class GuardrailTests
{
    private const string Words =
        "import json, botocore.loaders as l; m = l.Loader().load_service_model('bedrock', 'service-2'); "
        + "print(json.dumps({name: m['shapes'][name]['enum'] for name in ('GuardrailPiiEntityType', 'GuardrailContentFilterType')}))";

    [Fact]
    public static async Task Kinds_of_personal_data_and_of_content_are_among_the_services_own()
    {
        var known = JsonNode.Parse((await Tool.RunAsync("python3", ["-c", Words], Repository.Root)).OrFail("botocore").Output)!;
        var file = Repository.PathOf("infrastructure/modules/guardrails/main.tf");
        var locals = (await HclFiles.ReadAsync([file])).Single().Value["locals"]![0]!;
        var pii = locals["pii"]!.AsArray().Select(one => (string)one!).ToList();
        var filters = locals["content_filters"]!.AsObject().Select(one => one.Key).ToList();

        Assert.NotEmpty(pii);
        Assert.NotEmpty(filters);
        Assert.Subset(Names(known, "GuardrailPiiEntityType"), pii.ToHashSet());
        Assert.Subset(Names(known, "GuardrailContentFilterType"), filters.ToHashSet());
    }

    private static HashSet<string> Names(JsonNode known, string shape) => [.. known[shape]!.AsArray().Select(one => (string)one!)];
}
