using AiGateway.Domain.Budgets;
using AiGateway.Domain.Calendar;

namespace AiGateway.Domain.Ledger;

/// <summary>
/// Which totals of a month item belong to minutes, hours and days that are over: the next write removes them, so that
/// the
/// item stays under 1 KB.
/// </summary>
public static class StaleTotals
{
    /// <summary>
    /// As long as a webhook can take at most: a request of that window that is still being reserved is answered too
    /// late to pass,
    /// so that no limit forgets an admitted one.
    /// </summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(60);

    private const long SecondsPerMinute = 60;

    private static readonly TimeSpan BehindUtcMost = TimeSpan.FromHours(12);

    /// <param name="account">The item, as an earlier answer showed it.</param>
    /// <param name="now">When it was shown, or earlier.</param>
    /// <param name="zone">The scope's.</param>
    public static IReadOnlyList<(Total Total, IReadOnlyList<long> Buckets)> Of(
        AccountTotals account, DateTimeOffset now, ZoneRules zone) =>
    [
        .. account.Totals
            .Where(total => EndOf(total.Key.Window, account.Account.Period, zone) is { } end && end + Grace <= now)
            .Select(total => (total.Key, (IReadOnlyList<long>)[.. total.Value.Buckets.Keys])),
    ];

    /// <summary>
    /// Those that are over whatever the scope's time zone is: for the sweep, which does not know it. A day ends at the
    /// latest twelve hours after UTC's.
    /// </summary>
    public static IReadOnlyDictionary<Total, RunningTotal> OfAnyZone(AccountTotals account, DateTimeOffset now) => account.Totals
        .Where(total => EndOf(total.Key.Window, account.Account.Period, ZoneRules.Utc) is { } end
            && end + Grace + (total.Key.Window is ['d', ..] ? BehindUtcMost : TimeSpan.Zero) <= now)
        .ToDictionary();

    // Null: a total of the item's own window, or a name that is not understood.
    private static DateTimeOffset? EndOf(string window, string period, ZoneRules zone) => window switch
    {
        ['n', .. var start] when Base36.Decode(start) is { } minutes => At(minutes + 1),
        ['h', .. var start] when Base36.Decode(start) is { } minutes => At(minutes + 60),
        ['d', .. var day] when DateOnly.TryParseExact($"{period}-{day}", "yyyy-MM-dd", out var date) =>
            zone.StartOf(date.AddDays(1)),
        _ => null,
    };

    private static DateTimeOffset At(long minutes) =>
        DateTimeOffset.FromUnixTimeSeconds(minutes * SecondsPerMinute);
}
