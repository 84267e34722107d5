using System.Globalization;
using AiGateway.Domain.Pricing;

namespace AiGateway.Aws;

/// <summary>
/// The table <c>prices</c>: an operator's negotiated rates, private models and discounts, effective-dated. An item's
/// key
/// is <c>provider#model</c> (the model may be <c>*</c> for a provider's discount) and the day it counts from; what it
/// says is one of <c>rates</c>, <c>discount_percent</c>, <c>same_as</c> and <c>ended</c>.
/// </summary>
/// <param name="dynamo">The client.</param>
/// <param name="table">The table's full name.</param>
public sealed class PriceOverridesTable(DynamoClient dynamo, string table)
{
    private const string Key = "provider_model";
    private const string EffectiveFrom = "effective_from";
    private const string Rates = "rates";
    private const string DiscountPercent = "discount_percent";
    private const string SameAs = "same_as";
    private const string Ended = "ended";
    private const string ModelKindName = "model_kind";
    private const string ContextWindow = "context_window";
    private const string MaxOutputTokens = "max_output_tokens";

    // A page is 1 MB: thousands of overrides. More pages than this is a table that is no longer read in time.
    private const int PagesMax = 20;

    /// <summary>Every override.</summary>
    /// <exception cref="InvalidDataException">An item that no writer of ours makes.</exception>
    public async Task<IReadOnlyList<PriceOverride>> ReadAllAsync(CancellationToken stop)
    {
        var overrides = new List<PriceOverride>();
        Dictionary<string, AttributeValue>? cursor = null;
        for (var page = 0; page < PagesMax; page++)
        {
            var request = new ScanRequest { TableName = table, ExclusiveStartKey = cursor };
            var response = await dynamo.ScanAsync(request, stop);
            overrides.AddRange((response.Items ?? []).Select(Read));
            cursor = response.LastEvaluatedKey;
            if (cursor is null or { Count: 0 })
            {
                return overrides;
            }
        }

        throw new InvalidOperationException($"{table} has more than {PagesMax} pages of price overrides.");
    }

    /// <summary>Writes one override; the same key again replaces it.</summary>
    public async Task WriteAsync(PriceOverride change, CancellationToken stop) =>
        await dynamo.PutItemAsync(new PutItemRequest { TableName = table, Item = Item(change) }, stop);

    internal static Dictionary<string, AttributeValue> Item(PriceOverride change)
    {
        var item = new Dictionary<string, AttributeValue>
        {
            [Key] = new() { S = $"{change.Provider}#{change.Model}" },
            [EffectiveFrom] = new() { S = change.EffectiveFrom.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) },
        };
        switch (change.Terms)
        {
            case OverrideTerms.Rates rates:
                WriteRates(item, rates.Price);
                break;
            case OverrideTerms.Discount discount:
                item[DiscountPercent] = Number(discount.Percent);
                break;
            case OverrideTerms.SameAs same:
                item[SameAs] = new() { S = $"{same.Provider}#{same.Model}" };
                break;
            case OverrideTerms.Ended:
                item[Ended] = new() { BOOL = true };
                break;
            default:
                throw new InvalidOperationException($"No form for {change.Terms}.");
        }

        return item;
    }

    internal static PriceOverride Read(Dictionary<string, AttributeValue> item)
    {
        var key = item.TryGetValue(Key, out var named) ? named.S ?? string.Empty : string.Empty;
        try
        {
            var (provider, model) = Split(key);
            var from = DateOnly.ParseExact(Text(item[EffectiveFrom]), "yyyy-MM-dd", CultureInfo.InvariantCulture);
            return new PriceOverride(provider, model, from, Terms(item, provider, model, from));
        }
        catch (Exception malformed) when (malformed is FormatException or KeyNotFoundException or ArgumentException)
        {
            throw new InvalidDataException($"The price override {key} is malformed: {malformed.Message}", malformed);
        }
    }

    private static OverrideTerms Terms(
        Dictionary<string, AttributeValue> item, string provider, string model, DateOnly from)
    {
        if (item.TryGetValue(Rates, out var rates))
        {
            return new OverrideTerms.Rates(ReadRates(item, provider, model, from, Text(rates)));
        }

        if (item.TryGetValue(DiscountPercent, out var percent))
        {
            return new OverrideTerms.Discount(decimal.Parse(Text(percent.N), CultureInfo.InvariantCulture));
        }

        if (item.TryGetValue(SameAs, out var same))
        {
            var (otherProvider, otherModel) = Split(Text(same));
            return new OverrideTerms.SameAs(otherProvider, otherModel);
        }

        return item.ContainsKey(Ended)
            ? new OverrideTerms.Ended()
            : throw new FormatException("it says neither rates, discount_percent, same_as nor ended.");
    }

    // The rates are in the book's own notation, USD per million tokens: one grammar, one reader.
    private static void WriteRates(Dictionary<string, AttributeValue> item, ModelPrice price)
    {
        var fields = PriceRowText.Write(price).Split('\t');
        item[ModelKindName] = new() { S = fields[4] };
        item[Rates] = new() { S = fields[7] };
        if (price.ContextWindow is { } window)
        {
            item[ContextWindow] = Number(window);
        }

        if (price.MaxOutputTokens is { } output)
        {
            item[MaxOutputTokens] = Number(output);
        }
    }

    private static ModelPrice ReadRates(
        Dictionary<string, AttributeValue> item, string provider, string model, DateOnly from, string rates) =>
        PriceRowText.Read(string.Join(
            '\t',
            provider,
            model,
            from.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            "override",
            item.TryGetValue(ModelKindName, out var kind) ? kind.S : "chat",
            item.TryGetValue(ContextWindow, out var window) ? window.N : "-",
            item.TryGetValue(MaxOutputTokens, out var output) ? output.N : "-",
            rates));

    private static (string Provider, string Model) Split(string key)
    {
        var at = key.IndexOf('#', StringComparison.Ordinal);
        return at > 0 && at < key.Length - 1
            ? (key[..at], key[(at + 1)..])
            : throw new FormatException($"'{key}' is not provider#model.");
    }

    private static string Text(AttributeValue value) => Text(value.S);

    private static string Text(string? value) => value ?? throw new FormatException("a value is of another type.");

    private static AttributeValue Number(decimal value) =>
        new() { N = value.ToString(CultureInfo.InvariantCulture) };
}
