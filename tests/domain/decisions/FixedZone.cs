using AiGateway.Domain.Calendar;

namespace AiGateway.Domain.Tests.Decisions;

/// <summary>A zone that is always as far from UTC.</summary>
internal sealed class FixedZone(TimeSpan offset) : ZoneRules
{
    public override string Id => $"Test/{offset}";

    public override LocalTime LocalAt(DateTimeOffset instant) => LocalTime.At(instant, offset);

    public override DateTimeOffset StartOf(DateOnly date) => new(date, TimeOnly.MinValue, offset);

    public override OffsetChanges ChangesAround(DateTimeOffset instant) => new(null, null);
}
