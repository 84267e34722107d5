using AiGateway.Domain;
using AiGateway.Domain.Budgets;
using AiGateway.Domain.Calendar;

namespace AiGateway.TimeZones.Tests;

/// <summary>Every instant of ten years, in every IANA zone, is in exactly one period of each window.</summary>
public static class EveryInstantTests
{
    private static readonly DateTimeOffset From = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset To = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static TheoryData<Window> Windows => new(Enum.GetValues<Window>());

    /// <summary>
    /// Walks from period to period around each change of the clocks, and over the whole ten years for the long windows: an instant's period
    /// contains it, the next one begins where it ends, and no name comes twice.
    /// </summary>
    [Theory]
    [MemberData(nameof(Windows))]
    public static void Is_in_exactly_one_period_in_every_zone(Window window)
    {
        foreach (var id in IanaZones.Ids)
        {
            var zone = Zone(id);
            foreach (var (from, to) in Stretches(zone, window))
            {
                WalkFrom(from, to, window, zone);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Windows))]
    public static void Random_instants_agree_with_the_period_they_fall_in(Window window)
    {
        var seed = Random.Shared.Next();
        var random = new Random(seed);
        foreach (var id in IanaZones.Ids)
        {
            var zone = Zone(id);
            var fiscal = ((Outcome<FiscalYear>.Ok)FiscalYear.StartingIn(random.Next(1, 13))).Value;
            var instant = From.AddTicks(random.NextInt64((To - From).Ticks));
            var period = Periods.Containing(instant, window, zone, fiscal);
            var message = $"{id} {instant:O} {window} seed {seed}";
            Assert.True(period.Start <= instant && instant < period.End, message);
            Assert.True(Periods.Containing(period.Start, window, zone, fiscal) == period, message);
            Assert.True(Periods.Containing(period.End.AddTicks(-1), window, zone, fiscal) == period, message);
        }
    }

    private static void WalkFrom(DateTimeOffset from, DateTimeOffset to, Window window, ZoneRules zone)
    {
        var seen = new HashSet<(string, string)>();
        var at = from;
        while (at < to)
        {
            var period = Periods.Containing(at, window, zone, FiscalYear.CalendarYear);
            var message = $"{zone.Id} {at:O} {window}: {period}";
            Assert.True(period.Start <= at && at < period.End, message);
            Assert.True(at == from || period.Start == at, message);
            Assert.True(seen.Add((period.Item, period.Name)), message);
            at = period.End;
        }
    }

    private static IEnumerable<(DateTimeOffset From, DateTimeOffset To)> Stretches(ZoneRules zone, Window window)
    {
        if (window is not (Window.Minute or Window.Hour))
        {
            yield return (From, To);
            yield break;
        }

        var around = window == Window.Minute ? TimeSpan.FromMinutes(90) : TimeSpan.FromHours(26);
        yield return (From, From + around);
        for (var change = zone.ChangesAround(From).Next; change < To; change = zone.ChangesAround(change.Value).Next)
        {
            yield return (change.Value - around, change.Value + around);
        }
    }

    private static ZoneRules Zone(string id) => ((Outcome<ZoneRules>.Ok)IanaZones.Find(id)).Value;
}
