using AiGateway.Domain;

namespace AiGateway.Lambda;

/// <summary>A log line in the making. Null fields are left out; text is cut at 1,000 characters.</summary>
public readonly ref struct LogLine
{
    /// <summary>An exception's message may quote what it could not read: only this much of it is logged.</summary>
    public const int ExceptionMessageCharactersMax = 500;

    private readonly LineBuffer? buffer;
    private readonly JsonLines? output;

    internal LogLine(LineBuffer buffer, JsonLines output)
    {
        this.buffer = buffer;
        this.output = output;
    }

    public LogLine Field(string name, string? value)
    {
        if (value is not null)
        {
            buffer?.Json.Member(name, LineBuffer.Bounded(value));
        }

        return this;
    }

    public LogLine Field(string name, long value)
    {
        buffer?.Json.Member(name, value);
        return this;
    }

    public LogLine Field(string name, bool value)
    {
        buffer?.Json.Member(name, value);
        return this;
    }

    /// <summary>Money is a plain decimal string: a reader of JSON numbers may make a binary float of it.</summary>
    public LogLine Field(string name, Usd value)
    {
        buffer?.Json.Name(name);
        buffer?.Json.NumberAsText(value.Amount);
        return this;
    }

    public LogLine Field(string name, DateTimeOffset value)
    {
        buffer?.Json.Name(name);
        buffer?.Json.Instant(value);
        return this;
    }

    /// <summary>Whole milliseconds; end the name in <c>_ms</c>.</summary>
    public LogLine Field(string name, TimeSpan value) => Field(name, value.Ticks / TimeSpan.TicksPerMillisecond);

    /// <summary>Adds <c>error_type</c>, the bounded <c>error_message</c>, and <c>error_cause</c>, the innermost type.</summary>
    public LogLine Failure(Exception failure)
    {
        if (buffer is not null)
        {
            buffer.Json.Member("error_type", failure.GetType().Name);
            buffer.Json.Member(
                "error_message", LineBuffer.Bounded(failure.Message, ExceptionMessageCharactersMax));
            var cause = failure.GetBaseException();
            if (!ReferenceEquals(cause, failure))
            {
                buffer.Json.Member("error_cause", cause.GetType().Name);
            }
        }

        return this;
    }

    public void Write()
    {
        if (buffer is not null)
        {
            buffer.Json.EndObject();
            buffer.WriteAndReturn(output!);
        }
    }
}
