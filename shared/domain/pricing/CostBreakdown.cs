namespace AiGateway.Domain.Pricing;

/// <summary>What a request cost, and of what. The parts sum to the total exactly.</summary>
public sealed record CostBreakdown
{
    public required Usd Total { get; init; }

    /// <summary>Uncached text and audio input.</summary>
    public required Usd Input { get; init; }

    public required Usd CacheRead { get; init; }

    public required Usd CacheWrite { get; init; }

    /// <summary>Text, audio and image output, without reasoning.</summary>
    public required Usd Output { get; init; }

    public required Usd Reasoning { get; init; }

    public required Usd RequestFee { get; init; }

    /// <summary>What the cached tokens would have cost at full price, less what they cost; negative when writes
    /// cost more than reads saved.</summary>
    public required Usd CacheSavings { get; init; }

    /// <summary>The card that the whole request was billed at.</summary>
    public required RateCard Card { get; init; }
}
