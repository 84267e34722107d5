namespace AiGateway.Domain.Pricing;

/// <summary>USD per token by kind, each a multiple of 1e-12. Null is unknown or not sold; 0 is free.</summary>
public sealed record TokenRates
{
    public decimal? Input { get; init; }

    public decimal? Output { get; init; }

    public decimal? CacheRead { get; init; }

    /// <summary>Writing to the cache with the provider's default lifetime (five minutes at Anthropic).</summary>
    public decimal? CacheWrite { get; init; }

    public decimal? CacheWriteOneHour { get; init; }

    public decimal? Reasoning { get; init; }

    public decimal? InputAudio { get; init; }

    public decimal? OutputAudio { get; init; }

    public decimal? InputImage { get; init; }

    public decimal? OutputImage { get; init; }

    /// <summary>Whether some rate is named, and none is above zero.</summary>
    public bool AllZero => Highest == 0m;

    /// <summary>The highest rate that is named; null: none is.</summary>
    public decimal? Highest =>
        Max(Max(Max(Input, Output), Max(CacheRead, CacheWrite)), Max(
            Max(CacheWriteOneHour, Reasoning), Max(Max(InputAudio, OutputAudio), Max(InputImage, OutputImage))));

    /// <summary>These rates, and where one is not named the other's: a context tier keeps the base price of a kind
    /// that it does not change.</summary>
    public TokenRates Or(TokenRates other) => new()
    {
        Input = Input ?? other.Input,
        Output = Output ?? other.Output,
        CacheRead = CacheRead ?? other.CacheRead,
        CacheWrite = CacheWrite ?? other.CacheWrite,
        CacheWriteOneHour = CacheWriteOneHour ?? other.CacheWriteOneHour,
        Reasoning = Reasoning ?? other.Reasoning,
        InputAudio = InputAudio ?? other.InputAudio,
        OutputAudio = OutputAudio ?? other.OutputAudio,
        InputImage = InputImage ?? other.InputImage,
        OutputImage = OutputImage ?? other.OutputImage,
    };

    /// <summary>Every rate through a function, for discounts.</summary>
    public TokenRates Map(Func<decimal, decimal> change) => new()
    {
        Input = Changed(Input, change),
        Output = Changed(Output, change),
        CacheRead = Changed(CacheRead, change),
        CacheWrite = Changed(CacheWrite, change),
        CacheWriteOneHour = Changed(CacheWriteOneHour, change),
        Reasoning = Changed(Reasoning, change),
        InputAudio = Changed(InputAudio, change),
        OutputAudio = Changed(OutputAudio, change),
        InputImage = Changed(InputImage, change),
        OutputImage = Changed(OutputImage, change),
    };

    private static decimal? Max(decimal? left, decimal? right) =>
        left is { } one && right is { } other ? Math.Max(one, other) : left ?? right;

    private static decimal? Changed(decimal? rate, Func<decimal, decimal> change) =>
        rate is { } value ? change(value) : null;
}
