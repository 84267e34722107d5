using System.Text;

namespace AiGateway.Domain.Pricing;

/// <summary>Dated prices by gateway provider name and model, with an operator's overrides on top. Safe to share.</summary>
public sealed class PriceBook
{
    private const string Resource = "AiGateway.Domain.prices.book";

    private static readonly Lazy<PriceBook> Generated = new(OpenGenerated);

    private readonly PriceTable table;
    private readonly PriceOverrides overrides;

    private PriceBook(PriceTable table, PriceOverrides overrides)
    {
        this.table = table;
        this.overrides = overrides;
    }

    /// <summary>The generated book (<c>prices/book.tsv</c>), opened when it is first asked for.</summary>
    public static PriceBook Default => Generated.Value;

    /// <summary>How many rows there are, overrides not counted.</summary>
    public int Count => table.Count;

    /// <summary>Every row, in the book's order.</summary>
    public IEnumerable<ModelPrice> Rows => Enumerable.Range(0, table.Count).Select(table.Row);

    /// <summary>Opens a book's text, as the import tool writes it.</summary>
    public static PriceBook Open(byte[] text) => new(PriceTable.Open(text), PriceOverrides.None);

    /// <summary>A book of these rows.</summary>
    public static PriceBook Of(params IEnumerable<ModelPrice> prices)
    {
        var lines = prices
            .OrderBy(price => price.Provider, StringComparer.Ordinal)
            .ThenBy(price => price.Model, StringComparer.Ordinal)
            .ThenBy(price => price.EffectiveFrom)
            .Select(PriceRowText.Write);
        return Open(Encoding.UTF8.GetBytes(string.Join('\n', lines)));
    }

    /// <summary>The same book under an operator's overrides, which win over the book's rows.</summary>
    public PriceBook With(IEnumerable<PriceOverride> changes) => new(table, new PriceOverrides(changes));

    /// <summary>The price in force, and how it was found. Never guesses: what is not known is unknown.</summary>
    public PriceLookup Find(PriceQuery query)
    {
        if (query.Provider is null)
        {
            return FindDearest(query);
        }

        var named = overrides.Find(query);
        if (named is { Terms: OverrideTerms.Rates own })
        {
            return new PriceLookup.Found(own.Price, FoundBy.Override);
        }

        var asked = named is { Terms: OverrideTerms.SameAs same }
            ? query with { Provider = same.Provider, ResponseModel = same.Model, RequestModel = null }
            : query;
        var found = FindInBook(asked);
        if (found is not PriceLookup.Found hit)
        {
            return found;
        }

        var discount = overrides.DiscountFor(query);
        return discount is { } percent
            ? new PriceLookup.Found(percent.Applied(hit.Price), FoundBy.Override)
            : ReferenceEquals(asked, query) ? hit : hit with { How = FoundBy.Override };
    }

    /// <summary>As <see cref="Find"/>, but what is unknown counts as the provider's dearest model, flagged
    /// <see cref="FoundBy.Assumed"/>. Unknown only where the provider has no model with a price.</summary>
    public PriceLookup FindOrAssume(PriceQuery query)
    {
        var found = Find(query);
        if (found is PriceLookup.Found)
        {
            return found;
        }

        var dearest = Dearest(query.Provider, DateOnly.FromDateTime(query.At.UtcDateTime));
        return dearest is null ? found : new PriceLookup.Found(dearest, FoundBy.Assumed);
    }

    /// <summary>Opens the generated book anew: what its first use costs.</summary>
    public static PriceBook OpenGenerated()
    {
        using var stream = typeof(PriceBook).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"The assembly lacks the resource {Resource}.");
        var text = new byte[stream.Length];
        stream.ReadExactly(text);
        return Open(text);
    }

    private PriceLookup FindInBook(PriceQuery query)
    {
        var search = new PriceSearch(
            table, query.Provider, query.Region, DateOnly.FromDateTime(query.At.UtcDateTime));
        if (query.ResponseModel is { Length: > 0 } answered)
        {
            if (search.Takes(answered))
            {
                return new PriceLookup.Found(search.Found!, FoundBy.Exact);
            }

            if (ModelNames.Try(answered, ref search))
            {
                return new PriceLookup.Found(search.Found!, FoundBy.Normalised);
            }
        }

        if (query.RequestModel is { Length: > 0 } asked && (search.Takes(asked) || ModelNames.Try(asked, ref search)))
        {
            return new PriceLookup.Found(search.Found!, FoundBy.RequestModel);
        }

        return new PriceLookup.Unknown(UnknownReason.For(query, search.Later, HasProvider(query.Provider)));
    }

    private PriceLookup FindDearest(PriceQuery query)
    {
        PriceLookup.Found? dearest = null;
        var providers = Enumerable.Range(0, table.Count)
            .Where(row => row == 0 || !table.SameProvider(row - 1, row))
            .Select(row => Encoding.UTF8.GetString(table.ProviderOf(row)))
            .Union(overrides.Providers)
            .ToList();
        foreach (var provider in providers)
        {
            if (Find(query with { Provider = provider }) is PriceLookup.Found found
                && (dearest is null || Weight(found.Price) > Weight(dearest.Price)))
            {
                dearest = found;
            }
        }

        return (PriceLookup?)dearest ?? new PriceLookup.Unknown(UnknownReason.For(query, null, true));
    }

    private ModelPrice? Dearest(string? provider, DateOnly day)
    {
        ModelPrice? dearest = null;
        for (var row = 0; row < table.Count; row++)
        {
            if ((provider is null || table.IsProvider(row, provider)) && table.Row(row) is { } price
                && price.EffectiveFrom <= day && price.Kind == ModelKind.Chat
                && price.Standard is { Input: not null, Output: not null }
                && (dearest is null || Weight(price) > Weight(dearest)))
            {
                dearest = price;
            }
        }

        return dearest;
    }

    private bool HasProvider(string? provider)
    {
        for (var row = 0; row < table.Count; row++)
        {
            if (table.IsProvider(row, provider))
            {
                return true;
            }
        }

        return false;
    }

    // Dearer is what input and output together cost more at, one token each, at the dearest that may be billed.
    private static decimal Weight(ModelPrice price) =>
        price.ForHold(null) is { } hold ? hold.DearestInputUsdPerToken + hold.DearestOutputUsdPerToken : 0m;
}
