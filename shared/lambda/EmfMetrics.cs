namespace AiGateway.Lambda;

/// <summary>CloudWatch metrics as log lines in the Embedded Metric Format. Nothing calls PutMetricData.</summary>
public sealed class EmfMetrics(JsonLines output, TimeProvider clock)
{
    /// <summary>The namespace of every metric of this project.</summary>
    public const string Namespace = "AiGateway";

    /// <summary>Begins a line of one dimension set, which <see cref="EmfLine.Write"/> ends.</summary>
    public EmfLine Line() => EmfLine.Begin(output, clock.GetUtcNow());
}
