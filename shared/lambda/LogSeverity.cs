namespace AiGateway.Lambda;

/// <summary>How loud an event is, from the least.</summary>
public enum LogSeverity
{
    Debug,
    Info,
    Warning,
    Error,
}
