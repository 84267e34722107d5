using System.Globalization;

namespace AiGateway.Aws;

/// <summary>Writes attribute values. A null is left out: unknown is not empty.</summary>
/// <param name="attributes">About how many it will have.</param>
internal sealed class ItemWriter(int attributes = 0)
{
    public Dictionary<string, AttributeValue> Item { get; } = new(attributes);

    public static AttributeValue Number(decimal value) => new() { N = Numbers.Text(value) };

    public static AttributeValue Number(long value) => new() { N = Numbers.Text(value) };

    public static AttributeValue List<T>(IEnumerable<T> values, Func<T, AttributeValue> write) =>
        new() { L = [.. values.Select(write)] };

    /// <summary>In <see cref="ItemReader.InstantFormat"/>, which is what the round-trip format is in UTC.</summary>
    public static string Instant(DateTimeOffset instant) =>
        instant.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);

    public ItemWriter Text(string name, string? value) =>
        value is null ? this : Set(name, new AttributeValue { S = value });

    public ItemWriter Number(string name, decimal? value) => Set(name, value is { } number ? Number(number) : null);

    public ItemWriter Number(string name, long? value) => Set(name, value is { } number ? Number(number) : null);

    public ItemWriter Flag(string name, bool value) => Set(name, value ? new AttributeValue { BOOL = true } : null);

    public ItemWriter Instant(string name, DateTimeOffset? value) =>
        Text(name, value is { } instant ? Instant(instant) : null);

    public ItemWriter Set(string name, AttributeValue? value)
    {
        if (value is { } known)
        {
            Item.Add(name, known);
        }

        return this;
    }

    public AttributeValue AsMap() => new() { M = Item };
}
