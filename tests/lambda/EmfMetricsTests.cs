using System.Text.Json;
using AiGateway.Domain;
using FsCheck;
using FsCheck.Fluent;

namespace AiGateway.Lambda.Tests;

public static class EmfMetricsTests
{
    [Fact]
    public static void A_line_of_several_metrics_has_the_shape_of_the_specification()
    {
        var line = Written(metrics => metrics.Line()
            .Dimension("function", "budget_enforcement")
            .Dimension("decision", "admit")
            .Metric("decisions", 1, EmfUnit.Count)
            .Metric("latency", TimeSpan.FromMilliseconds(12))
            .Metric("hold_usd", new Usd(0.000000123m))
            .Property("request_id", "req-1")
            .Property("absent", null)
            .Write());

        const string Expected = """
            {"function":"budget_enforcement","decision":"admit","decisions":1,"latency":12,"hold_usd":0.000000123,
            "request_id":"req-1","_aws":{"Timestamp":1795262400000,"CloudWatchMetrics":[{"Namespace":"AiGateway",
            "Dimensions":[["function","decision"]],"Metrics":[{"Name":"decisions","Unit":"Count"},
            {"Name":"latency","Unit":"Milliseconds"},{"Name":"hold_usd","Unit":"None"}]}]}}
            """;
        Assert.Equal(Expected.Replace("\n", "", StringComparison.Ordinal), line);
        Assert.Empty(EmfSpecification.Violations(line, ManualClock.Noon));
    }

    [Fact]
    public static void T49_every_line_has_a_timestamp_or_the_specification_refuses_it()
    {
        var line = Written(metrics => metrics.Line().Metric("decisions", 1, EmfUnit.Count).Write());
        var without = line.Replace("\"Timestamp\":1795262400000,", "", StringComparison.Ordinal);

        Assert.Empty(EmfSpecification.Violations(line, ManualClock.Noon));
        Assert.NotEqual(line, without);
        Assert.NotEmpty(EmfSpecification.Violations(without, ManualClock.Noon));
    }

    [Fact]
    public static void Any_text_as_a_dimension_keeps_the_specification() =>
        Prop.ForAll<string?, long>((text, value) => EmfSpecification.Violations(
            Written(metrics => metrics.Line()
                .Dimension("team", text)
                .Dimension("model", text + "\n é😀" + new string('x', 2_000))
                .Metric("value", value, EmfUnit.Count)
                .Property("text", text)
                .Write()),
            ManualClock.Noon).Count == 0).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" \t")]
    public static void A_dimension_without_text_is_called_none(string? text)
    {
        var line = Written(metrics => metrics.Line().Dimension("team", text).Metric("n", 1, EmfUnit.Count).Write());

        using var document = JsonDocument.Parse(line);
        Assert.Equal("none", document.RootElement.GetProperty("team").GetString());
    }

    [Theory]
    [InlineData("_aws")]
    [InlineData("team")]
    [InlineData(" ")]
    public static void A_name_that_is_taken_or_blank_is_a_bug(string name) =>
        Assert.Throws<ArgumentException>(() => Metrics(TextWriter.Null).Line()
            .Dimension("team", "payments")
            .Metric(name, 1, EmfUnit.Count));

    [Fact]
    public static void A_line_without_a_metric_is_a_bug() =>
        Assert.Throws<InvalidOperationException>(() => Metrics(TextWriter.Null).Line().Dimension("team", "a").Write());

    [Fact]
    public static void More_than_a_hundred_metrics_in_a_line_are_a_bug()
    {
        var line = Metrics(TextWriter.Null).Line();
        for (var n = 0; n < 100; n++)
        {
            line.Metric($"n{n}", n, EmfUnit.Count);
        }

        Assert.Throws<ArgumentException>(() => line.Metric("n100", 100, EmfUnit.Count));
    }

    [Fact]
    public static void Every_unit_is_one_of_CloudWatch()
    {
        foreach (var unit in Enum.GetValues<EmfUnit>())
        {
            var line = Written(metrics => metrics.Line().Metric("n", 1, unit).Write());
            Assert.Empty(EmfSpecification.Violations(line, ManualClock.Noon));
        }
    }

    private static string Written(Action<EmfMetrics> write)
    {
        using var text = new StringWriter();
        write(Metrics(text));
        return text.ToString().TrimEnd('\n');
    }

    private static EmfMetrics Metrics(TextWriter text) => new(new JsonLines(text), new ManualClock());
}
