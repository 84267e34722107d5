namespace AiGateway.Domain.Pricing;

/// <summary>What no count may be, whoever logged it.</summary>
internal static class UsageChecks
{
    /// <summary>Null: all counts are possible.</summary>
    internal static string? Problem(in LoggedUsage usage) =>
        Problem(usage.Input, "input")
        ?? Problem(usage.CacheRead, "cache read")
        ?? Problem(usage.CacheCreation, "cache creation")
        ?? Problem(usage.Output, "output")
        ?? Problem(usage.Total, "total")
        ?? Problem(usage.Reasoning, "reasoning")
        ?? Problem(usage.InputAudio, "audio input")
        ?? Problem(usage.OutputAudio, "audio output")
        ?? Problem(usage.OutputImage, "image output")
        ?? Problem(usage.CountTokens, "count")
        ?? Problem(usage.ProviderInput, "provider input");

    private static string? Problem(long? count, string name) => count switch
    {
        < 0 => $"A negative number of {name} tokens.",
        > BillableUsage.CountMax => $"More {name} tokens than any request has.",
        _ => null,
    };
}
