using System.Text;
using System.Text.Json;

namespace AiGateway.Lambda.Tests;

/// <summary>
/// The rules of AWS's "Specification: Embedded metric format" and of the metric data types that it names
/// (MetricDatum's units, Dimension's characters), written from that text.
/// </summary>
internal static class EmfSpecification
{
    private static readonly HashSet<string> Units =
    [
        "Seconds", "Microseconds", "Milliseconds", "Bytes", "Kilobytes", "Megabytes", "Gigabytes", "Terabytes", "Bits",
        "Kilobits", "Megabits", "Gigabits", "Terabits", "Percent", "Count", "Bytes/Second", "Kilobytes/Second",
        "Megabytes/Second", "Gigabytes/Second", "Terabytes/Second", "Bits/Second", "Kilobits/Second",
        "Megabits/Second", "Gigabits/Second", "Terabits/Second", "Count/Second", "None",
    ];

    /// <summary>Every rule that the line breaks.</summary>
    public static IReadOnlyList<string> Violations(string line, DateTimeOffset now)
    {
        var found = new List<string>();
        void Check(bool holds, string rule)
        {
            if (!holds)
            {
                found.Add(rule);
            }
        }

        Check(Encoding.UTF8.GetByteCount(line) <= 1_048_576, "A log event has at most 1 MB.");
        Check(!line.Contains('\n', StringComparison.Ordinal), "A log event is one line.");
        using var document = JsonDocument.Parse(line);
        var root = document.RootElement;
        var names = root.EnumerateObject().Select(member => member.Name).ToList();
        Check(names.Count == names.Distinct().Count(), "Members of the root are unique.");
        if (!root.TryGetProperty("_aws", out var metadata))
        {
            return [.. found, "The root has the member _aws."];
        }

        Check(metadata.TryGetProperty("Timestamp", out var timestamp) && timestamp.TryGetInt64(out _),
            "Timestamp is there and is a whole number of milliseconds.");
        if (timestamp.ValueKind == JsonValueKind.Number)
        {
            var at = DateTimeOffset.FromUnixTimeMilliseconds(timestamp.GetInt64());
            Check(at > now.AddDays(-14) && at < now.AddHours(2), "Timestamp is at most 14 days old and 2 hours ahead.");
        }

        foreach (var directive in metadata.GetProperty("CloudWatchMetrics").EnumerateArray())
        {
            CheckDirective(root, directive, Check);
        }

        return found;
    }

    private static void CheckDirective(JsonElement root, JsonElement directive, Action<bool, string> check)
    {
        check(directive.GetProperty("Namespace").GetString() is { Length: >= 1 and <= 1_024 } name
            && !name.StartsWith("AWS/", StringComparison.Ordinal), "Namespace is text of the project's own.");
        var dimensionSets = directive.GetProperty("Dimensions").EnumerateArray().ToList();
        check(dimensionSets.Count >= 1, "Dimensions holds at least one set.");
        foreach (var dimension in dimensionSets.SelectMany(set => set.EnumerateArray()))
        {
            CheckDimension(root, dimension.GetString()!, check);
        }

        check(dimensionSets.All(set => set.GetArrayLength() <= 30), "A set has at most 30 dimensions.");
        var metrics = directive.GetProperty("Metrics").EnumerateArray().ToList();
        check(metrics.Count is >= 1 and <= 100, "A directive has 1 to 100 metrics.");
        foreach (var metric in metrics)
        {
            CheckMetric(root, metric, check);
        }
    }

    private static void CheckDimension(JsonElement root, string name, Action<bool, string> check)
    {
        check(name.Length is >= 1 and <= 250, "A dimension's name has 1 to 250 characters.");
        check(root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String,
            $"Dimension {name} is text at the root.");
        var text = value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
        check(text.Length is >= 1 and <= 1_024, $"Dimension {name} has 1 to 1,024 characters.");
        check(text.All(char.IsAscii) && !text.Any(char.IsControl), $"Dimension {name} is printable ASCII.");
        check(text.Any(character => character != ' '), $"Dimension {name} is not blank.");
    }

    private static void CheckMetric(JsonElement root, JsonElement metric, Action<bool, string> check)
    {
        var name = metric.GetProperty("Name").GetString()!;
        check(name.Length is >= 1 and <= 1_024, "A metric's name has 1 to 1,024 characters.");
        check(!metric.TryGetProperty("Unit", out var unit) || Units.Contains(unit.GetString()!), $"{name} has a known unit.");
        check(!metric.TryGetProperty("StorageResolution", out var resolution) || resolution.GetInt32() is 1 or 60,
            $"{name} is stored by the second or the minute.");
        check(root.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.Number or JsonValueKind.Array,
            $"Metric {name} is a number at the root.");
    }
}
