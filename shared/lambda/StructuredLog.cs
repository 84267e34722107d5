namespace AiGateway.Lambda;

/// <summary>Named events as JSON lines.</summary>
/// <remarks>Each has <c>time</c>, <c>level</c>, <c>function</c>, <c>event</c>, perhaps <c>request_id</c>, and its fields.</remarks>
/// <param name="function">The capability's name, such as <c>budget_enforcement</c>.</param>
/// <param name="minimum">Quieter events are not written; their fields cost nothing.</param>
public sealed class StructuredLog(
    JsonLines output, TimeProvider clock, string function, LogSeverity minimum = LogSeverity.Info)
{
    public LogLine Debug(string eventName, string? requestId = null) => Line(LogSeverity.Debug, eventName, requestId);

    public LogLine Info(string eventName, string? requestId = null) => Line(LogSeverity.Info, eventName, requestId);

    public LogLine Warning(string eventName, string? requestId = null) =>
        Line(LogSeverity.Warning, eventName, requestId);

    public LogLine Error(string eventName, string? requestId = null) => Line(LogSeverity.Error, eventName, requestId);

    /// <summary>Begins a line, which <see cref="LogLine.Write"/> ends.</summary>
    /// <param name="eventName">A snake_case name out of the function's one file of event names.</param>
    /// <param name="requestId">The gateway's id of the request, where the event is about one.</param>
    public LogLine Line(LogSeverity severity, string eventName, string? requestId)
    {
        if (severity < minimum)
        {
            return default;
        }

        var buffer = LineBuffer.Rent();
        buffer.Json.BeginObject();
        buffer.Json.Name("time");
        buffer.Json.Instant(clock.GetUtcNow());
        buffer.Json.Member("level", NameOf(severity));
        buffer.Json.Member("function", function);
        buffer.Json.Member("event", eventName);
        return new LogLine(buffer, output).Field("request_id", requestId);
    }

    private static string NameOf(LogSeverity severity) => severity switch
    {
        LogSeverity.Debug => "debug",
        LogSeverity.Info => "info",
        LogSeverity.Warning => "warning",
        _ => "error",
    };
}
