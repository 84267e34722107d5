using System.Globalization;
using System.Text;

namespace AiGateway.Local.Prices;

/// <summary>What an import left out, rounded or decided, line by line, each with its reason.</summary>
internal sealed class ImportReport
{
    private readonly SortedSet<string> dropped = new(StringComparer.Ordinal);
    private readonly SortedSet<string> rounded = new(StringComparer.Ordinal);
    private readonly SortedSet<string> decided = new(StringComparer.Ordinal);

    internal IReadOnlyCollection<string> Dropped => dropped;

    internal IReadOnlyCollection<string> Rounded => rounded;

    internal IReadOnlyCollection<string> Decided => decided;

    internal void Drop(string source, string entry, string reason) => dropped.Add($"{source}\t{entry}\t{reason}");

    internal void Round(string source, string entry, string field, decimal from, decimal to) =>
        rounded.Add($"{source}\t{entry}\t{field}\t{Plain(from)}\t{Plain(to)}");

    internal void Decide(Difference difference, string taken, string reason) =>
        decided.Add($"{difference}\t{taken}\t{reason}");

    internal static string Plain(decimal value) => value.ToString("0.############################", CultureInfo.InvariantCulture);

    internal static byte[] File(string heading, IEnumerable<string> lines) =>
        Encoding.UTF8.GetBytes(heading + "\n" + string.Concat(lines.Select(line => line + "\n")));
}

/// <summary>Two sources that do not say the same: USD per million tokens, or what else is compared.</summary>
internal sealed record Difference(string Provider, string Model, string Field, string First, string Second)
{
    public override string ToString() => $"{Provider}\t{Model}\t{Field}\t{First}\t{Second}";
}
