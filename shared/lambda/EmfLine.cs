using AiGateway.Domain;

namespace AiGateway.Lambda;

/// <summary>One line of metrics in the making: dimensions, metrics and properties, in any order.</summary>
/// <remarks>
/// Rules from AWS's "Specification: Embedded metric format": at most 30 dimensions in a set and 100 metrics in a
/// line, every name at the root and once only, dimension values are text, metric values are numbers.
/// A name that breaks them is a bug and throws; a dimension's value is callers' text and is made to fit.
/// </remarks>
public sealed class EmfLine
{
    private const int DimensionsMax = 30;
    private const int MetricsMax = 100;
    private const int DimensionCharactersMax = 1_024;

    private static readonly string[] UnitNames = Enum.GetNames<EmfUnit>();

    // The thread's last line, for its next one.
    [ThreadStatic]
    private static EmfLine? spare;

    private readonly List<string> dimensions = new(4);
    private readonly List<(string Name, EmfUnit Unit)> metrics = new(4);
    private readonly List<string> names = new(8);
    private LineBuffer buffer = null!;
    private JsonLines output = null!;
    private long timestamp;

    private EmfLine()
    {
    }

    internal static EmfLine Begin(JsonLines output, DateTimeOffset now)
    {
        var line = spare ?? new EmfLine();
        spare = null;
        line.output = output;
        line.timestamp = now.ToUnixTimeMilliseconds();
        line.buffer = LineBuffer.Rent();
        line.buffer.Json.BeginObject();
        line.names.Add("_aws");
        return line;
    }

    /// <summary>Only for few and known values: each combination of values is a metric of its own, and billed.</summary>
    public EmfLine Dimension(string name, string? value)
    {
        Claim(name, dimensions.Count < DimensionsMax, "dimensions");
        dimensions.Add(name);
        buffer.Json.Member(name, Fitting(value));
        return this;
    }

    public EmfLine Metric(string name, long value, EmfUnit unit)
    {
        ClaimMetric(name, unit);
        buffer.Json.Member(name, value);
        return this;
    }

    /// <summary>Dollars; CloudWatch has no unit for them.</summary>
    public EmfLine Metric(string name, Usd value)
    {
        ClaimMetric(name, EmfUnit.None);
        buffer.Json.Name(name);
        buffer.Json.Number(value.Amount);
        return this;
    }

    /// <summary>Whole milliseconds.</summary>
    public EmfLine Metric(string name, TimeSpan value) =>
        Metric(name, value.Ticks / TimeSpan.TicksPerMillisecond, EmfUnit.Milliseconds);

    /// <summary>Searchable in Logs Insights, and no metric. Null is left out.</summary>
    public EmfLine Property(string name, string? value)
    {
        Claim(name, holds: true, "properties");
        if (value is not null)
        {
            buffer.Json.Member(name, LineBuffer.Bounded(value));
        }

        return this;
    }

    /// <exception cref="InvalidOperationException">The line has no metric.</exception>
    public void Write()
    {
        if (metrics.Count == 0)
        {
            throw new InvalidOperationException("A line of metrics holds at least one.");
        }

        var json = buffer.Json;
        json.Literal(",\"_aws\":{\"Timestamp\":"u8);
        json.Number(timestamp);
        json.Literal(",\"CloudWatchMetrics\":[{\"Namespace\":"u8);
        json.Text(EmfMetrics.Namespace);
        json.Literal(",\"Dimensions\":[["u8);
        foreach (var dimension in dimensions)
        {
            json.Text(dimension);
        }

        json.Literal("]],\"Metrics\":["u8);
        WriteDefinitions(json);
        json.Literal("]}]}}"u8);
        buffer.WriteAndReturn(output);
        dimensions.Clear();
        metrics.Clear();
        names.Clear();
        spare = this;
    }

    private void WriteDefinitions(JsonText json)
    {
        for (var metric = 0; metric < metrics.Count; metric++)
        {
            var (name, unit) = metrics[metric];
            json.Literal(metric == 0 ? "{\"Name\":"u8 : ",{\"Name\":"u8);
            json.Text(name);
            json.Literal(",\"Unit\":"u8);
            json.Text(UnitNames[(int)unit]);
            json.Literal("}"u8);
        }
    }

    private void ClaimMetric(string name, EmfUnit unit)
    {
        Claim(name, metrics.Count < MetricsMax, "metrics");
        metrics.Add((name, unit));
    }

    private void Claim(string name, bool holds, string kind)
    {
        // A dozen at most in practice: looking through them is quicker than hashing.
        if (!holds || string.IsNullOrWhiteSpace(name) || names.Contains(name))
        {
            throw new ArgumentException($"Too many {kind}, or the name is blank or taken: \"{name}\".", nameof(name));
        }

        names.Add(name);
    }

    // CloudWatch takes printable ASCII, at least one character that is no space, at most 1,024 characters.
    private static string Fitting(string? value)
    {
        if (string.IsNullOrWhiteSpace(value))
        {
            return "none";
        }

        var kept = LineBuffer.Bounded(value, DimensionCharactersMax);
        return kept.ContainsAnyExceptInRange(' ', '~')
            ? string.Create(kept.Length, kept, static (target, source) =>
            {
                for (var i = 0; i < source.Length; i++)
                {
                    target[i] = source[i] is >= ' ' and <= '~' ? source[i] : '?';
                }
            })
            : kept.ToString();
    }
}
