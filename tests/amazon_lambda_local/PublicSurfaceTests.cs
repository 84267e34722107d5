using System.Reflection;
using Amazon.Lambda.APIGatewayEvents;
using Amazon.Lambda.CloudWatchLogsEvents;
using Amazon.Lambda.Core;
using Amazon.Lambda.RuntimeSupport;
using Amazon.Lambda.Serialization.SystemTextJson;
using Amazon.Lambda.TestUtilities;

namespace Amazon.Lambda.Local.Tests;

/// <summary>
/// <c>public_surface.txt</c> lists what the published packages have and this project uses (docs/lambda-packages.md).
/// Built on the subset, it must have exactly that; built on the packages, they must have at least that.
/// </summary>
public static class PublicSurfaceTests
{
    private static readonly Assembly[] Assemblies = new[]
    {
        typeof(ILambdaContext),
        typeof(LambdaBootstrap),
        typeof(JsonSerializerException),
        typeof(APIGatewayHttpApiV2ProxyRequest),
        typeof(CloudWatchLogsEvent),
        typeof(TestLambdaContext),
    }.Select(type => type.Assembly).Distinct().ToArray();

    [Fact]
    public static void Everything_in_the_table_is_there()
    {
        var present = Assemblies.SelectMany(assembly => PublicSurface.Of(assembly, inherited: true)).ToHashSet();

        var missing = Table().Except(present);

        Assert.Empty(missing);
    }

    [Fact]
    public static void The_subset_has_nothing_that_the_table_lacks()
    {
#if LAMBDA_PACKAGES_NUGET
        Assert.Skip("The published packages have more than this project uses.");
#else
        var table = Table().ToHashSet();
        var declared = Assemblies.SelectMany(assembly => PublicSurface.Of(assembly, inherited: false)).ToList();

        Assert.NotEmpty(declared);
        Assert.Empty(declared.Except(table));
#endif
    }

    [Fact]
    public static void No_reference_of_the_subset_is_annotated_for_nullability()
    {
#if LAMBDA_PACKAGES_NUGET
        Assert.Skip("The published packages are as they are.");
#else
        var context = new NullabilityInfoContext();
        var annotated = Assemblies
            .SelectMany(assembly => assembly.GetExportedTypes())
            .Where(type => !type.IsEnum)
            .SelectMany(type => type.GetProperties())
            .Where(property => Assemblies.Contains(property.DeclaringType!.Assembly))
            .Where(property => !property.PropertyType.IsValueType)
            .Where(property => context.Create(property).ReadState != NullabilityState.Unknown)
            .Select(property => $"{property.DeclaringType}.{property.Name}");

        Assert.Empty(annotated);
#endif
    }

    private static IEnumerable<string> Table()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("public_surface.txt")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd()
            .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Where(line => !line.StartsWith('#'))
            .ToList();
    }
}
