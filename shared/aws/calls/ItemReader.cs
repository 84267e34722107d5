using System.Globalization;

namespace AiGateway.Aws;

/// <summary>
/// Reads one item or map. Whatever is missing or of another type makes the item malformed, by the attribute's name.
/// </summary>
internal readonly struct ItemReader(IReadOnlyDictionary<string, AttributeValue> item)
{
    /// <summary>Sortable as text, exact to the tick.</summary>
    public const string InstantFormat = "yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'";

    public string Text(string name) => OptionalText(name) ?? throw Missing(name, "text");

    public string? OptionalText(string name) =>
        item.TryGetValue(name, out var value) ? value.S ?? throw Missing(name, "text") : null;

    public decimal Decimal(string name) => OptionalDecimal(name) ?? throw Missing(name, "a number");

    public decimal? OptionalDecimal(string name) =>
        item.TryGetValue(name, out var value) ? Numbers.Decimal(value.N ?? throw Missing(name, "a number")) : null;

    public long Long(string name) => OptionalLong(name) ?? throw Missing(name, "a whole number");

    public long? OptionalLong(string name) =>
        item.TryGetValue(name, out var value) ? Numbers.Long(value.N ?? throw Missing(name, "a whole number")) : null;

    public bool Flag(string name) =>
        item.TryGetValue(name, out var value) && (value.BOOL ?? throw Missing(name, "true or false"));

    public DateTimeOffset Instant(string name) => OptionalInstant(name) ?? throw Missing(name, "an instant");

    public DateTimeOffset? OptionalInstant(string name)
    {
        if (OptionalText(name) is not { } text)
        {
            return null;
        }

        const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        return DateTimeOffset.TryParseExact(text, InstantFormat, CultureInfo.InvariantCulture, Utc, out var instant)
            ? instant
            : throw Missing(name, $"an instant ({InstantFormat})");
    }

    public ItemReader Map(string name) => OptionalMap(name) ?? throw Missing(name, "a map");

    public ItemReader? OptionalMap(string name) =>
        item.TryGetValue(name, out var value) ? new ItemReader(value.M ?? throw Missing(name, "a map")) : null;

    public IReadOnlyList<T> List<T>(string name, Func<ItemReader, T> read) =>
        item.TryGetValue(name, out var value) && value.L is { } parts
            ? [.. parts.Select(part => read(new ItemReader(part.M ?? throw Missing(name, "a list of maps"))))]
            : throw Missing(name, "a list");

    public IReadOnlyList<string> Texts(string name) =>
        item.TryGetValue(name, out var value)
            ? [.. (value.L ?? throw Missing(name, "a list"))
                .Select(part => part.S ?? throw Missing(name, "a list of texts"))]
            : [];

    /// <summary>Every attribute, for items whose names are data.</summary>
    public IEnumerable<KeyValuePair<string, AttributeValue>> All => item;

    private static MalformedItemException Missing(string name, string type) =>
        new($"The item's '{name}' is missing or not {type}.");
}
