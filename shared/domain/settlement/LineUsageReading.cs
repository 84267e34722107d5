using AiGateway.Domain.AccessLog;
using AiGateway.Domain.Pricing;

namespace AiGateway.Domain.Settlement;

/// <summary>A line's counts, read as its provider, client API and gateway version mean them.</summary>
internal static class LineUsageReading
{
    public static UsageResult Of(AccessLine line) => UsageReading.Read(new LoggedUsage
    {
        Provider = line.Call.Provider ?? "",
        Model = line.Answer.Model ?? line.Call.Model,
        Path = line.Call.Path,
        Streaming = line.Call.Streaming,
        GatewayVersion = line.GatewayVersion,
        Operation = line.Call.Operation,
        Input = line.Usage.Input,
        CacheRead = line.Usage.CacheRead,
        CacheCreation = line.Usage.CacheWrite,
        Output = line.Usage.Output,
        Total = line.Usage.Total,
        Reasoning = line.Usage.Reasoning,
        InputAudio = line.Usage.InputAudio,
        OutputAudio = line.Usage.OutputAudio,
        OutputImage = line.Usage.OutputImage,
        CountTokens = line.Usage.CountTokens,
        ProviderInput = line.Usage.ProviderInput,
    });
}
