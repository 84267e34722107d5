namespace AiGateway.Domain.AccessLog;

/// <summary>One event of a log group's stream, as CloudWatch delivers it.</summary>
/// <param name="Id">CloudWatch's id of the event, the same on every delivery.</param>
/// <param name="TimestampMs">When the event was written, in milliseconds since 1970.</param>
/// <param name="Message">The line.</param>
public sealed record LogEvent(string Id, long TimestampMs, string Message);

/// <summary>What a line is. Exactly one of three, for any text at all.</summary>
public abstract record LineReading
{
    private LineReading()
    {
    }

    /// <summary>An access line, every field that matters checked.</summary>
    public sealed record Access(AccessLine Line) : LineReading;

    /// <summary>Another line of the same stream (start-up, warnings): nothing to book, counted.</summary>
    /// <param name="Reason">A stable snake_case name.</param>
    public sealed record Ignored(string Reason) : LineReading;

    /// <summary>A line that can't be trusted with money: refused, with its reason, and the others are booked.</summary>
    /// <param name="Key">The ledger's key as far as the line tells it; null: unknown.</param>
    /// <param name="Problem">What is wrong with it.</param>
    public sealed record Bad(string? Key, Problem Problem) : LineReading;
}
