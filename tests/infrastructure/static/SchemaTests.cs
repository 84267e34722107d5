using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using AiGateway.Infrastructure.Tests.Workspace;

namespace AiGateway.Infrastructure.Tests.Static;

/// <summary>Every argument in infrastructure/ is one that the AWS provider 6.25 knows, and none that it requires is missing.</summary>
public static class SchemaTests
{
    private static readonly string[] s_metaArguments = ["count", "for_each", "lifecycle", "depends_on", "provider", "provisioner", "connection"];

    /// <summary>Resources that the schema file leaves out: only the installed provider checks them.</summary>
    private static readonly string[] s_notInTheFile = ["aws_dynamodb_table_item"];

    [Fact]
    public static async Task Knows_every_argument()
    {
        var schema = JsonNode.Parse(await File.ReadAllTextAsync(Repository.PathOf("tests/infrastructure/schema/aws-6.25.0-schema.json")))!;
        var problems = new List<string>();
        var checkedBlocks = 0;
        foreach (var (file, parsed) in await HclFiles.ReadAsync(Repository.TerraformFiles))
        {
            foreach (var (kind, prefix) in new[] { ("resource", ""), ("data", "data.") })
            {
                foreach (var (type, named) in parsed[kind]?.AsObject() ?? [])
                {
                    if (!type.StartsWith("aws_", StringComparison.Ordinal) || s_notInTheFile.Contains(type))
                    {
                        continue;
                    }

                    Assert.True(schema[prefix + type] is not null, $"{file}: {prefix}{type} is not in the schema file.");
                    foreach (var (name, blocks) in named!.AsObject())
                    {
                        checkedBlocks++;
                        Check(schema[prefix + type]!["args"]!, blocks!.AsArray()[0]!, $"{file}: {type}.{name}", problems);
                    }
                }
            }
        }

        Assert.Empty(problems);
        Assert.InRange(checkedBlocks, 80, 1000);
    }

    /// <summary>A module asks for nothing that it does not use.</summary>
    [Fact]
    public static async Task Every_variable_is_used()
    {
        var unused = from file in await HclFiles.ReadAsync(Repository.TerraformFiles)
                     let folder = Repository.PathOf(Path.GetDirectoryName(file.Key)!)
                     let text = string.Concat(Directory.EnumerateFiles(folder, "*.tf").Select(File.ReadAllText))
                     from variable in file.Value["variable"]?.AsObject() ?? []
                     where !Regex.IsMatch(text, $@"\bvar\.{variable.Key}\b")
                     select $"{file.Key}: {variable.Key}";

        Assert.Empty(unused);
    }

    [Theory]
    [InlineData("""{"nmae": "x"}""", "nmae")]
    [InlineData("""{"name": "x", "attribute": [{"name": "x"}], "hash_key": "x"}""", "type")]
    [InlineData("""{"name": "x", "dynamic": {"ttl": [{"content": [{"attribute": "x"}]}]}}""", "attribute")]
    public static async Task Finds_a_planted_mistake(string block, string mistake)
    {
        var schema = JsonNode.Parse(await File.ReadAllTextAsync(Repository.PathOf("tests/infrastructure/schema/aws-6.25.0-schema.json")))!;
        var problems = new List<string>();

        Check(schema["aws_dynamodb_table"]!["args"]!, JsonNode.Parse(block)!, "planted", problems);

        Assert.Contains(problems, problem => problem.Contains($"'{mistake}'", StringComparison.Ordinal));
    }

    private static void Check(JsonNode arguments, JsonNode block, string where, List<string> problems)
    {
        var written = Written(block.AsObject()).ToList();
        foreach (var (name, values) in written)
        {
            if (s_metaArguments.Contains(name))
            {
                continue;
            }

            if (arguments[name] is not { } known)
            {
                problems.Add($"{where}: the provider does not know '{name}'.");
                continue;
            }

            if (known["fields"] is { } fields && (bool?)known["block"] == true)
            {
                values.ForEach(value => Check(fields, value, $"{where}.{name}", problems));
            }
        }

        problems.AddRange(arguments.AsObject()
            .Where(argument => (bool?)argument.Value!["required"] == true && written.All(one => one.Name != argument.Key))
            .Select(argument => $"{where}: '{argument.Key}' is required."));
    }

    // A dynamic block stands for blocks of its label; its content is what counts.
    private static IEnumerable<(string Name, List<JsonNode> Blocks)> Written(JsonObject block)
    {
        foreach (var (name, value) in block)
        {
            if (name != "dynamic")
            {
                yield return (name, value is JsonArray many ? [.. many.OfType<JsonObject>()] : []);
                continue;
            }

            foreach (var (label, dynamics) in value!.AsObject())
            {
                yield return (label, [.. dynamics!.AsArray().SelectMany(one => one!["content"]!.AsArray()).Select(one => one!)]);
            }
        }
    }
}
