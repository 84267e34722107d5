using AiGateway.Domain.Pricing;

namespace AiGateway.Local.Prices;

/// <summary>The kinds of tokens that have prices, for code that treats them alike.</summary>
internal enum Rate
{
    Input,
    Output,
    CacheRead,
    CacheWrite,
    CacheWriteOneHour,
    Reasoning,
    InputAudio,
    OutputAudio,
    InputImage,
    OutputImage,
}

internal static class RateExtensions
{
    internal static readonly Rate[] All = Enum.GetValues<Rate>();

    internal static decimal? Of(this TokenRates rates, Rate rate) => rate switch
    {
        Rate.Input => rates.Input,
        Rate.Output => rates.Output,
        Rate.CacheRead => rates.CacheRead,
        Rate.CacheWrite => rates.CacheWrite,
        Rate.CacheWriteOneHour => rates.CacheWriteOneHour,
        Rate.Reasoning => rates.Reasoning,
        Rate.InputAudio => rates.InputAudio,
        Rate.OutputAudio => rates.OutputAudio,
        Rate.InputImage => rates.InputImage,
        _ => rates.OutputImage,
    };

    internal static TokenRates With(this TokenRates rates, Rate rate, decimal? value) => rate switch
    {
        Rate.Input => rates with { Input = value },
        Rate.Output => rates with { Output = value },
        Rate.CacheRead => rates with { CacheRead = value },
        Rate.CacheWrite => rates with { CacheWrite = value },
        Rate.CacheWriteOneHour => rates with { CacheWriteOneHour = value },
        Rate.Reasoning => rates with { Reasoning = value },
        Rate.InputAudio => rates with { InputAudio = value },
        Rate.OutputAudio => rates with { OutputAudio = value },
        Rate.InputImage => rates with { InputImage = value },
        _ => rates with { OutputImage = value },
    };
}
