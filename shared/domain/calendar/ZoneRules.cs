namespace AiGateway.Domain.Calendar;

/// <summary>
/// A time zone's clock. The domain has no zone data of its own: the function brings it along (a Lambda image may have none).
/// </summary>
public abstract class ZoneRules
{
    /// <summary>The IANA name, such as <c>Europe/Berlin</c>.</summary>
    public abstract string Id { get; }

    /// <summary>What the zone's clocks show at an instant.</summary>
    public abstract LocalTime LocalAt(DateTimeOffset instant);

    /// <summary>The first instant of a local date: its midnight, or the end of the gap where that midnight does not exist.</summary>
    public abstract DateTimeOffset StartOf(DateOnly date);

    /// <summary>The changes of the offset before (or at) an instant and after it; null where there is none.</summary>
    public abstract OffsetChanges ChangesAround(DateTimeOffset instant);

    public static ZoneRules Utc { get; } = new UtcRules();

    private sealed class UtcRules : ZoneRules
    {
        public override string Id => "Etc/UTC";

        public override LocalTime LocalAt(DateTimeOffset instant) => LocalTime.At(instant, TimeSpan.Zero);

        public override DateTimeOffset StartOf(DateOnly date) => new(date, TimeOnly.MinValue, TimeSpan.Zero);

        public override OffsetChanges ChangesAround(DateTimeOffset instant) => new(null, null);
    }
}

/// <summary>When the clocks last changed, and when they change next.</summary>
public readonly record struct OffsetChanges(DateTimeOffset? Last, DateTimeOffset? Next);

/// <summary>A local date and time, with the offset from UTC that makes it an instant.</summary>
public readonly record struct LocalTime(DateOnly Date, TimeOnly Time, TimeSpan Offset)
{
    public static LocalTime At(DateTimeOffset instant, TimeSpan offset)
    {
        var local = instant.ToOffset(offset).DateTime;
        return new LocalTime(DateOnly.FromDateTime(local), TimeOnly.FromDateTime(local), offset);
    }
}
