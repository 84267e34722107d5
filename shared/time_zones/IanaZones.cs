using AiGateway.Domain;
using AiGateway.Domain.Calendar;
using NodaTime;
using NodaTime.Extensions;

namespace AiGateway.TimeZones;

/// <summary>The IANA time zones, from the data that NodaTime carries: the machine's own may be missing or old.</summary>
public static class IanaZones
{
    /// <summary>Every zone's name.</summary>
    public static IReadOnlyList<string> Ids => DateTimeZoneProviders.Tzdb.Ids;

    /// <summary>Finds a zone by its IANA name; loads no zone data for UTC.</summary>
    public static Outcome<ZoneRules> Find(string id)
    {
        if (id is "UTC" or "Etc/UTC")
        {
            return ZoneRules.Utc;
        }

        return DateTimeZoneProviders.Tzdb.GetZoneOrNull(id) is { } zone
            ? new NodaZone(zone)
            : new Problem("unknown_time_zone", "A time zone is an IANA name such as Europe/Berlin or America/New_York.");
    }

    /// <summary>Whether the data has a zone of this name.</summary>
    public static bool IsKnown(string id) => Find(id) is Outcome<ZoneRules>.Ok;

    /// <summary>A zone whose name was checked before, by <see cref="IsKnown"/>.</summary>
    /// <exception cref="ArgumentException">It was not.</exception>
    public static ZoneRules Known(string id) => Find(id) is Outcome<ZoneRules>.Ok(var zone)
        ? zone
        : throw new ArgumentException("The zone data has no such zone.", nameof(id));

    private sealed class NodaZone(DateTimeZone zone) : ZoneRules
    {
        public override string Id => zone.Id;

        public override Domain.Calendar.LocalTime LocalAt(DateTimeOffset instant) =>
            Domain.Calendar.LocalTime.At(instant, zone.GetUtcOffset(instant.ToInstant()).ToTimeSpan());

        public override DateTimeOffset StartOf(DateOnly date) =>
            zone.AtStartOfDay(date.ToLocalDate()).ToDateTimeOffset().ToUniversalTime();

        public override OffsetChanges ChangesAround(DateTimeOffset instant)
        {
            var interval = zone.GetZoneInterval(instant.ToInstant());
            return new OffsetChanges(
                interval.HasStart ? interval.Start.ToDateTimeOffset() : null,
                interval.HasEnd ? interval.End.ToDateTimeOffset() : null);
        }
    }
}
