using AiGateway.Domain.AccessLog;

namespace CostAttribution.Decode;

/// <summary>What a CloudWatch Logs subscription delivered.</summary>
internal abstract record LogPayload
{
    private LogPayload()
    {
    }

    /// <summary>CloudWatch asks whether anybody is there.</summary>
    internal sealed record Control : LogPayload;

    /// <param name="Group">Where the lines stand, so that a refused one can be found again.</param>
    /// <param name="Stream">The same.</param>
    /// <param name="Events">In their order.</param>
    internal sealed record Lines(string? Group, string? Stream, IReadOnlyList<LogEvent> Events) : LogPayload;
}
