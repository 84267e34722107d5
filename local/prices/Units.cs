namespace AiGateway.Local.Prices;

/// <summary>
/// The units that sources publish prices in. Each is a type of its own, and the only way out of each is
/// <c>PerToken</c>: dollars cannot be taken for cents, nor a thousand tokens for a million.
/// </summary>
internal readonly record struct UsdPerToken(decimal Amount)
{
    internal const int Decimals = 12;

    /// <summary>Rounded half to even to 1e-12 USD; a price above zero never becomes zero.</summary>
    internal UsdPerToken Rounded()
    {
        var rounded = decimal.Round(Amount, Decimals, MidpointRounding.ToEven);
        return rounded == 0m && Amount != 0m
            ? throw new InvalidDataException($"{Amount} USD per token is too small to book: it would become free.")
            : new(rounded);
    }
}

internal readonly record struct UsdPerThousandTokens(decimal Amount)
{
    internal UsdPerToken PerToken() => new(Amount / 1_000m);
}

internal readonly record struct UsdPerMillionTokens(decimal Amount)
{
    internal UsdPerToken PerToken() => new(Amount / 1_000_000m);
}

internal readonly record struct CentsPerToken(decimal Amount)
{
    internal UsdPerToken PerToken() => new(Amount / 100m);
}

/// <summary>What a request costs whatever its size.</summary>
internal readonly record struct UsdPerRequest(decimal Amount);

internal readonly record struct UsdPerThousandRequests(decimal Amount)
{
    internal UsdPerRequest PerRequest() => new(Amount / 1_000m);
}
