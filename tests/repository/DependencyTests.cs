using System.Text.RegularExpressions;

namespace AiGateway.Repository.Tests;

/// <summary>Dependencies point one way: functions → shared/lambda, shared/aws → shared/engine → shared/domain → nothing.</summary>
public static partial class DependencyTests
{
    /// <summary>What a project in a folder may reference. A folder that is not listed here is a decision that somebody has to make.</summary>
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["shared/domain"] = [],
        ["shared/time_zones"] = ["shared/domain"],
        ["shared/engine"] = ["shared/domain"],
        ["shared/prices"] = ["shared/domain"],
        ["shared/aws"] = ["shared/engine", "shared/domain", "shared/time_zones"],
        ["shared/lambda"] = ["shared/domain", "shared/engine"],
        ["shared/amazon_lambda_local"] = ["shared/amazon_lambda_local"],
        ["functions"] = ["shared"],
        ["local"] = ["shared", "local"],
        ["tools"] = ["shared"],
        ["tests"] = ["shared", "functions", "local", "tests", "tools"],
    };

    [Fact]
    public static void Every_reference_points_towards_the_domain()
    {
        var wrong = ProjectGraph.Projects.SelectMany(project => project.References
            .Where(reference => !AllowedFor(project.Folder).Any(folder => IsIn(reference, folder)))
            .Select(reference => $"{project.File} references {reference}"));

        Offences.None(wrong);
    }

    [Fact]
    public static void Every_reference_leads_to_a_project()
    {
        var missing = ProjectGraph.Projects.SelectMany(project => project.References
            .Where(reference => !RepositoryTree.Has(reference))
            .Select(reference => $"{project.File}: {reference}"));

        Offences.None(missing);
    }

    [Theory]
    [InlineData("shared/domain")]
    [InlineData("shared/engine")]
    public static void The_core_takes_no_package(string folder)
    {
        var project = Assert.Single(ProjectGraph.Projects, project => project.Folder == folder);

        Assert.Empty(project.Packages);
        Assert.False(project.UsesLambda);
    }

    [Fact]
    public static void No_function_references_another_or_names_a_database_client()
    {
        var functions = ProjectGraph.Projects.Where(project => IsIn(project.File, "functions")).ToList();

        Assert.NotEmpty(functions);
        Assert.All(functions, function => Assert.DoesNotContain(function.References, file => IsIn(file, "functions")));
        Assert.All(functions, function => Assert.DoesNotContain(function.Packages, name => name.StartsWith("AWSSDK", StringComparison.Ordinal)));
    }

    [Fact]
    public static void Every_project_is_in_the_solution()
    {
        var solution = RepositoryTree.Read("AiGateway.sln").Replace('\\', '/');

        Assert.All(ProjectGraph.Projects, project => Assert.Contains($"\"{project.File}\"", solution));
    }

    /// <summary>One file per table in shared/aws owns the stored shapes; whoever else builds an attribute value has begun a second one.</summary>
    [Fact]
    public static void Only_shared_aws_names_dynamodb_attributes()
    {
        var outside = RepositoryTree.Code("functions", "shared", "local")
            .Where(file => !IsIn(file, "shared/aws"))
            .Where(file => SourceText.CodeLines(RepositoryTree.Read(file)).Any(line => AttributeCode().IsMatch(line)));

        Offences.None(outside);
    }

    private static string[] AllowedFor(string folder)
    {
        var rule = Allowed.Keys.Where(key => IsIn(folder, key)).OrderByDescending(key => key.Length).FirstOrDefault();
        return rule is null
            ? throw new InvalidOperationException($"{folder} has no rule: add it to {nameof(Allowed)} on purpose.")
            : Allowed[rule];
    }

    private static bool IsIn(string path, string folder) =>
        path == folder || path.StartsWith(folder + "/", StringComparison.Ordinal);

    [GeneratedRegex(@"\bAttributeValue\b|\b(?:Key|Update|Condition|Filter|Projection)Expression\b|\bExpressionAttribute")]
    private static partial Regex AttributeCode();
}
