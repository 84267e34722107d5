using System.Text.Json;

namespace AiGateway.Local.Replay;

/// <summary>What <c>cost_attribution</c> said of the lines it was given: <c>lines = booked + duplicate + ignored + bad</c>.</summary>
/// <param name="Access">How many were access lines.</param>
/// <param name="Booked">Lines whose request was booked.</param>
/// <param name="Duplicate">Lines whose request had been booked before.</param>
/// <param name="Ignored">Lines with nothing to book.</param>
/// <param name="Bad">Lines that can't be booked.</param>
internal sealed record LineCounts(long Access, long Booked, long Duplicate, long Ignored, long Bad)
{
    public static readonly LineCounts None = new(0, 0, 0, 0, 0);

    /// <summary>Why lines were bad, and how many.</summary>
    public IReadOnlyDictionary<string, long> BadByReason { get; init; } = new Dictionary<string, long>();

    /// <exception cref="FormatException">The function answered something else.</exception>
    public static LineCounts Read(ReadOnlyMemory<byte> reply)
    {
        using var document = JsonDocument.Parse(reply);
        var root = document.RootElement;
        if (root.ValueKind != JsonValueKind.Object)
        {
            throw new FormatException($"cost_attribution answered without counts: {root}");
        }

        var reasons = root.TryGetProperty("bad_by_reason", out var byReason) && byReason.ValueKind == JsonValueKind.Object
            ? byReason.EnumerateObject().ToDictionary(reason => reason.Name, reason => reason.Value.GetInt64())
            : [];
        return new LineCounts(Count("access"), Count("booked"), Count("duplicate"), Count("ignored"), Count("bad"))
        {
            BadByReason = reasons,
        };

        long Count(string name) => root.TryGetProperty(name, out var count)
            ? count.GetInt64()
            : throw new FormatException($"cost_attribution answered without '{name}': {root}");
    }

    public static LineCounts operator +(LineCounts left, LineCounts right) => new(
        left.Access + right.Access,
        left.Booked + right.Booked,
        left.Duplicate + right.Duplicate,
        left.Ignored + right.Ignored,
        left.Bad + right.Bad)
    {
        BadByReason = left.BadByReason.Concat(right.BadByReason)
            .GroupBy(reason => reason.Key)
            .ToDictionary(reason => reason.Key, reason => reason.Sum(one => one.Value)),
    };
}
