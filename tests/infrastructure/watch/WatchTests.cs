using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using AiGateway.Infrastructure.Tests.Applied;
using AiGateway.Infrastructure.Tests.Workspace;

namespace AiGateway.Infrastructure.Tests.Watch;

/// <summary>Filters, alarms, widgets and queries name what the code or the gateway really writes (T40, T75).</summary>
[Collection(AppliedCollection.Name)]
public sealed partial class WatchTests(AppliedInfrastructure applied)
{
    /// <summary>AWS's own metrics that are used, as the services' documentation names them.</summary>
    private static readonly string[] s_awsMetrics =
    [
        "AWS/Lambda Errors", "AWS/Lambda Throttles", "AWS/SQS ApproximateNumberOfMessagesVisible", "AWS/ApplicationELB HealthyHostCount",
        "AWS/ApplicationELB RequestCount", "AWS/ApplicationELB HTTPCode_Target_5XX_Count", "AWS/ECS CPUUtilization", "AWS/ECS MemoryUtilization",
    ];

    private static readonly string s_code = string.Concat(Directory
        .EnumerateFiles(Repository.PathOf("functions"), "*.cs", SearchOption.AllDirectories).Select(File.ReadAllText));

    [Fact]
    public void The_subscription_matches_every_access_line_and_no_other()
    {
        var pattern = (string)applied.OfType("aws_cloudwatch_log_subscription_filter").Single()["values"]!["filter_pattern"]!;

        Assert.All(Recorded.Day, line => Assert.Equal(Recorded.IsAccessLine(line), FilterPattern.Matches(pattern, line)));
        Assert.Equal(600, Recorded.Day.Count(line => FilterPattern.Matches(pattern, line)));
    }

    [Theory]
    [InlineData("GuardFailed", "webhook-down-fail-closed")]
    [InlineData("GuardFailed", "webhook-slow-fails-closed")]
    [InlineData("UpstreamFailure", "upstream-drop")]
    [InlineData("UpstreamTimeout", "upstream-timeout")]
    public void Counts_the_case(string filter, string recorded) =>
        Assert.Contains(Recorded.Cases, one => one.Case == recorded && FilterPattern.Matches(PatternOf(filter), one.Line));

    /// <summary>Bad JSON, closed routes and oversized bodies answer 503 as well, and are nobody's outage (T98).</summary>
    [Theory]
    [InlineData("body-not-json")]
    [InlineData("body-no-messages")]
    [InlineData("body-too-large")]
    [InlineData("openai-models")]
    [InlineData("production-limit-negative")]
    public void Alarms_nobody_for_a_clients_mistake(string recorded)
    {
        var lines = Recorded.Cases.Where(one => one.Case == recorded).ToList();

        Assert.Contains(lines, one => (int?)JsonNode.Parse(one.Line)!["http.status"] == 503);
        Assert.All(applied.OfType("aws_cloudwatch_log_metric_filter"), filter =>
            Assert.DoesNotContain(lines, one => FilterPattern.Matches((string)filter["values"]!["pattern"]!, one.Line)));
    }

    [Fact]
    public void Alarms_watch_metrics_that_somebody_writes()
    {
        var filters = applied.OfType("aws_cloudwatch_log_metric_filter")
            .Select(filter => filter["values"]!["metric_transformation"]![0]!)
            .Select(metric => $"{metric["namespace"]} {metric["name"]}").ToHashSet();

        Assert.All(applied.OfType("aws_cloudwatch_metric_alarm"), alarm => AssertWritten(
            (string)alarm["values"]!["namespace"]!, (string)alarm["values"]!["metric_name"]!, filters));
    }

    [Fact]
    public void Widgets_show_metrics_that_somebody_writes()
    {
        var body = JsonNode.Parse((string)applied.OfType("aws_cloudwatch_dashboard").Single()["values"]!["dashboard_body"]!)!;
        var metrics = body["widgets"]!.AsArray().SelectMany(widget => widget!["properties"]!["metrics"]!.AsArray()).ToList();

        Assert.NotEmpty(metrics);
        Assert.All(metrics, metric => AssertWritten((string)metric![0]!, (string)metric[1]!, new HashSet<string>()));
    }

    [Fact]
    public void Queries_ask_for_fields_that_somebody_writes()
    {
        // The emulator does not take queries: they are read from the file.
        var file = File.ReadAllText(Repository.PathOf("infrastructure/modules/observability/queries.tf"));
        var texts = QueryText().Matches(file).Select(match => match.Groups[1].Value.Replace("\\\"", "\"", StringComparison.Ordinal)).ToList();
        Assert.True(texts.Count >= 5, "The queries were not found.");
        foreach (var field in texts.SelectMany(Fields))
        {
            Assert.True(Recorded.AccessLogKeys.Contains(field) || IsWrittenField(field), $"Nothing writes the field '{field}'.");
        }
    }

    private static void AssertWritten(string @namespace, string name, IReadOnlySet<string> filters)
    {
        var known = @namespace switch
        {
            "AiGateway" => s_code.Contains($"Metric(\"{name}\"", StringComparison.Ordinal),
            "AiGateway/AccessLog" => filters.Contains($"{@namespace} {name}"),
            _ => s_awsMetrics.Contains($"{@namespace} {name}"),
        };
        Assert.True(known, $"Nothing writes the metric {@namespace} {name}.");
    }

    private static bool IsWrittenField(string field) =>
        field is "event" or "request_id" || s_code.Contains($"Field(\"{field}\"", StringComparison.Ordinal);

    // Names that are neither words of the query language nor aliases nor texts.
    private static IEnumerable<string> Fields(string query)
    {
        var aliases = Alias().Matches(query).Select(match => match.Groups[1].Value).ToHashSet();
        var bare = Text().Replace(query, " ");
        string[] words =
        [
            "filter", "stats", "sum", "count", "as", "by", "sort", "desc", "asc", "fields", "limit", "and", "ispresent", "timestamp",
        ];
        return Name().Matches(bare).Select(match => match.Value.Trim('`')).Where(name => !words.Contains(name) && !aliases.Contains(name));
    }

    private string PatternOf(string filter) => (string)applied.OfType("aws_cloudwatch_log_metric_filter")
        .Single(one => (string)one["index"]! == filter)["values"]!["pattern"]!;

    [GeneratedRegex("""query\s+= "((?:[^"\\]|\\.)*)"\s""")]
    private static partial Regex QueryText();

    [GeneratedRegex(@"\bas ([a-z_]+)")]
    private static partial Regex Alias();

    [GeneratedRegex("\"[^\"]*\"")]
    private static partial Regex Text();

    [GeneratedRegex("`[^`]+`|[A-Za-z_][A-Za-z_]*")]
    private static partial Regex Name();
}
