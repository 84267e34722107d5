namespace AiGateway.Domain.Pricing;

/// <summary>
/// What a request is billed for, in kinds that never overlap: a token is in exactly one of them. All counts are from 0
/// to <see cref="CountMax"/>.
/// </summary>
public sealed record BillableUsage
{
    /// <summary>More tokens than any request has; bounds the arithmetic, so that every cost is exact.</summary>
    public const long CountMax = 1_000_000_000_000;

    /// <summary>Text (and image) input that was neither read from nor written to a cache.</summary>
    public long UncachedInput { get; init; }

    public long CacheRead { get; init; }

    /// <summary>The sum over both lifetimes: the gateway does not log the split.</summary>
    public long CacheWrite { get; init; }

    /// <summary>Text output without reasoning.</summary>
    public long Output { get; init; }

    /// <summary>Reasoning tokens, whether or not the provider counts them in its output.</summary>
    public long Reasoning { get; init; }

    public long InputAudio { get; init; }

    public long OutputAudio { get; init; }

    public long OutputImage { get; init; }

    /// <summary>The request's whole input, cached tokens included: what context tiers go by.</summary>
    public long TotalInput => UncachedInput + CacheRead + CacheWrite + InputAudio;

    /// <summary>Everything generated.</summary>
    public long TotalOutput => Output + Reasoning + OutputAudio + OutputImage;

    public long TotalTokens => TotalInput + TotalOutput;

    /// <summary>Kind by kind, as when one request were split in two.</summary>
    public static BillableUsage operator +(BillableUsage left, BillableUsage right) => new()
    {
        UncachedInput = left.UncachedInput + right.UncachedInput,
        CacheRead = left.CacheRead + right.CacheRead,
        CacheWrite = left.CacheWrite + right.CacheWrite,
        Output = left.Output + right.Output,
        Reasoning = left.Reasoning + right.Reasoning,
        InputAudio = left.InputAudio + right.InputAudio,
        OutputAudio = left.OutputAudio + right.OutputAudio,
        OutputImage = left.OutputImage + right.OutputImage,
    };
}
