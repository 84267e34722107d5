namespace AiGateway.Domain.Pricing;

/// <summary>A price level that providers bill a whole request at.</summary>
public enum ServiceTier
{
    Standard,
    Priority,
    Flex,
    Batch,
}

/// <summary>Reads the names that requests and answers carry.</summary>
public static class ServiceTiers
{
    /// <summary>
    /// The tier that was billed. Null, <c>default</c>, <c>auto</c>, <c>standard</c>, <c>standard_only</c> and
    /// <c>on_demand</c> are standard. Prepaid capacity (<c>scale</c>, <c>reserved</c>) and names we do not know have
    /// no price per token: false.
    /// </summary>
    public static bool TryRead(string? name, out ServiceTier tier)
    {
        tier = ServiceTier.Standard;
        if (IsUndecided(name) || Is(name, "default") || Is(name, "standard") || Is(name, "standard_only")
            || Is(name, "on_demand") || Is(name, "ondemand"))
        {
            return true;
        }

        if (Is(name, "priority"))
        {
            tier = ServiceTier.Priority;
            return true;
        }

        if (Is(name, "flex"))
        {
            tier = ServiceTier.Flex;
            return true;
        }

        tier = ServiceTier.Batch;
        return Is(name, "batch");
    }

    /// <summary>Whether the provider chooses the tier: nothing was asked for, or <c>auto</c>.</summary>
    internal static bool IsUndecided(string? name) => string.IsNullOrEmpty(name) || Is(name, "auto");

    private static bool Is(string? name, string tier) => string.Equals(name, tier, StringComparison.OrdinalIgnoreCase);
}
