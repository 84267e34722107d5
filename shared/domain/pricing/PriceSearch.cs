namespace AiGateway.Domain.Pricing;

/// <summary>Looks spellings up under one provider, and keeps the first row in force. Lives on the stack.</summary>
internal ref struct PriceSearch(PriceTable table, ReadOnlySpan<char> provider, ReadOnlySpan<char> region, DateOnly day)
{
    private readonly ReadOnlySpan<char> provider = provider;
    private readonly ReadOnlySpan<char> region = region;

    internal ModelPrice? Found { get; private set; }

    /// <summary>A model of that name is known, but all its prices are later than the day.</summary>
    internal ModelPrice? Later { get; private set; }

    internal bool Takes(scoped ReadOnlySpan<char> name)
    {
        if (name.Length > ModelNames.LengthMax)
        {
            return false;
        }

        return (!region.IsEmpty && region.Length <= 40 && TakesRegional(name)) || TakesExactly(name);
    }

    private bool TakesRegional(scoped ReadOnlySpan<char> name)
    {
        Span<char> joined = stackalloc char[region.Length + 1 + name.Length];
        region.CopyTo(joined);
        joined[region.Length] = '/';
        name.CopyTo(joined[(region.Length + 1)..]);
        return TakesExactly(joined);
    }

    private bool TakesExactly(scoped ReadOnlySpan<char> name)
    {
        var row = table.Find(provider, name);
        if (row < 0)
        {
            return false;
        }

        Found = table.InForce(row, day);
        Later ??= Found is null ? table.Row(row) : null;
        return Found is not null;
    }
}
