using System.Globalization;
using System.IO.Enumeration;

namespace AiGateway.Local.Prices;

/// <summary>
/// <c>prices/decisions.tsv</c>: where sources differ, what the book takes and why. Provider, model and field may be
/// patterns (<c>*</c>); the first line that fits counts. What is taken is a source's name, <c>dearer</c>, or an amount
/// from the provider's own page in USD per million tokens.
/// </summary>
internal sealed class Decisions
{
    private readonly List<Decision> decisions;
    private readonly HashSet<Decision> used = [];

    private Decisions(List<Decision> decisions) => this.decisions = decisions;

    /// <summary>Lines that no difference needs any more.</summary>
    internal IEnumerable<string> Unused => decisions.Where(line => !used.Contains(line)).Select(line => line.ToString());

    internal static Decisions Read(string path) => new(
    [
        .. File.ReadLines(path)
            .Where(line => line.Length > 0 && line[0] != '#')
            .Select(line => line.Split('\t'))
            .Select(fields => fields.Length == 5
                ? new Decision(fields[0], fields[1], fields[2], fields[3], fields[4])
                : throw new InvalidDataException($"{path}: a decision has five fields: {string.Join(" ", fields)}")),
    ]);

    internal Decision? For(string provider, string model, string field)
    {
        var decision = decisions.Find(line => Fits(line.Provider, provider) && Fits(line.Model, model)
            && (IsExact(field) ? line.Field == field : Fits(line.Field, field)));
        if (decision is not null)
        {
            used.Add(decision);
        }

        return decision;
    }

    // Corrections ("set Input") and withdrawn changes ("dated 2026-09-01"): a pattern over fields never means them.
    private static bool IsExact(string field) =>
        field.StartsWith("set ", StringComparison.Ordinal) || field.StartsWith("dated ", StringComparison.Ordinal);

    private static bool Fits(string pattern, string name) => FileSystemName.MatchesSimpleExpression(pattern, name);
}

internal sealed record Decision(string Provider, string Model, string Field, string Take, string Reason)
{
    /// <summary>Neither could be checked: never under what is billed.</summary>
    internal const string Dearer = "dearer";

    /// <summary>The amount per million tokens, where the provider's page is taken.</summary>
    internal decimal? Amount => decimal.TryParse(
        Take, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount) ? amount : null;

    public override string ToString() => string.Join('\t', Provider, Model, Field, Take, Reason);
}
