using System.Text.RegularExpressions;

namespace AiGateway.Repository.Tests;

/// <summary>One name per capability everywhere: folder, tests, project, namespace.</summary>
public static partial class CapabilityTests
{
    public static TheoryData<string> Capabilities =>
    [
        .. RepositoryTree.Files
            .Select(file => file.Split('/'))
            .Where(path => path is ["functions", _, _, ..])
            .Select(path => path[1])
            .Distinct(),
    ];

    [Theory]
    [MemberData(nameof(Capabilities))]
    public static void A_capability_has_one_name(string capability)
    {
        var pascal = Pascal(capability);
        var foreign = RepositoryTree.Code($"functions/{capability}")
            .Where(file => RepositoryTree.Lines(file)
                .Any(line => line.StartsWith("namespace ", StringComparison.Ordinal)
                    && !line.StartsWith($"namespace {pascal};", StringComparison.Ordinal)
                    && !line.StartsWith($"namespace {pascal}.", StringComparison.Ordinal)));

        Assert.Matches(SnakeCase(), capability);
        Assert.True(RepositoryTree.Has($"functions/{capability}/{pascal}.csproj"));
        Assert.True(RepositoryTree.Has($"tests/{capability}/{pascal}.Tests.csproj"));
        Offences.None(foreign);
    }

    private static string Pascal(string name) =>
        string.Concat(name.Split('_').Select(word => char.ToUpperInvariant(word[0]) + word[1..]));

    [GeneratedRegex("^[a-z]+(?:_[a-z]+)*$")]
    private static partial Regex SnakeCase();
}
