namespace AiGateway.Lambda;

/// <summary>CloudWatch metrics as log lines in the Embedded Metric Format. Nothing calls PutMetricData.</summary>
public sealed class EmfMetrics(JsonLines output, TimeProvider clock)
{
    /// <summary>The namespace of every metric of this project.</summary>
    public const string Namespace = "AiGateway";

    /// <summary>Begins a line: its dimensions are one set, its metrics share them. <see cref="EmfLine.Write"/> ends it.</summary>
    public EmfLine Line() => new(output, clock.GetUtcNow());
}
