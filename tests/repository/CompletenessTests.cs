using System.Text.RegularExpressions;

namespace AiGateway.Repository.Tests;

/// <summary>Nothing is there without its tests.</summary>
public static partial class CompletenessTests
{
    public static TheoryData<string> Capabilities => CapabilityTests.Capabilities;

    [Theory]
    [MemberData(nameof(Capabilities))]
    public static void Every_function_has_tests_and_a_readme(string capability)
    {
        var tests = RepositoryTree.Code($"tests/{capability}").Sum(file => TestAttribute().Count(RepositoryTree.Read(file)));

        Assert.True(tests > 0, $"tests/{capability} has no test");
        Assert.True(RepositoryTree.Has($"functions/{capability}/README.md"), $"functions/{capability} has no README.md");
    }

    [Fact]
    public static void Every_test_project_has_tests()
    {
        string[] supporting = ["tests/support", "tests/stack_probe", "tests/benchmarks"];
        var empty = ProjectGraph.Projects
            .Where(project => project.Folder.StartsWith("tests/", StringComparison.Ordinal) && !supporting.Contains(project.Folder))
            .Where(project => !RepositoryTree.Code(project.Folder).Any(file => TestAttribute().IsMatch(RepositoryTree.Read(file))))
            .Select(project => project.File);

        Offences.None(empty);
    }

    [GeneratedRegex(@"\[(?:Fact|Theory)\b")]
    private static partial Regex TestAttribute();
}
