namespace AiGateway.Lambda;

/// <summary>The units of CloudWatch that are used here; the names are CloudWatch's own.</summary>
public enum EmfUnit
{
    /// <summary>For dollars and ratios, which CloudWatch has no unit for.</summary>
    None,
    Count,
    Bytes,
    Milliseconds,
    Seconds,
    Percent,
}
