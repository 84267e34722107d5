using System.Globalization;
using System.Text;

namespace AiGateway.Domain.AccessLog;

/// <summary>
/// When a request began. Never the log's <c>time</c>: that field loses zero padding, so it can be almost a second off,
/// and it is the end (T13). Never the time of processing: at the end of a month that is another month (T45).
/// </summary>
internal static class LineTime
{
    /// <summary>Other configurations' names for the gateway's own start and end of the request.</summary>
    public const string RequestStart = "request.startTime";
    public const string RequestEnd = "request.endTime";

    private const int TicksDigits = 7;
    private const int SecondsLength = 19;

    // Before the gateway existed, or beyond any clock's drift, a time is an accident and would name an absurd period.
    private static readonly DateTimeOffset Earliest = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Latest = new(2100, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly string[] Formats = ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];

    /// <summary>
    /// The same of a text's bytes, which has no escapes.
    /// </summary>
    public static DateTimeOffset? Parse(ReadOnlySpan<byte> utf8) => TryParseUsual(utf8, out var time)
        ? IsPlausible(time) ? time : null
        : Parse(Encoding.UTF8.GetString(utf8));

    /// <summary>
    /// RFC 3339, with as many decimals as it likes: what is below a tick is cut. Null: it is not a usable time.
    /// </summary>
    public static DateTimeOffset? Parse(string? text)
    {
        const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        return text is not null
            && DateTimeOffset.TryParseExact(Cut(text), Formats, CultureInfo.InvariantCulture, Utc, out var time)
            && IsPlausible(time)
                ? time
                : null;
    }

    /// <summary>
    /// CloudWatch's timestamp of the event, in milliseconds since 1970. Null: it is not a usable time.
    /// </summary>
    public static DateTimeOffset? FromMilliseconds(long milliseconds)
    {
        if (milliseconds < Earliest.ToUnixTimeMilliseconds() || milliseconds > Latest.ToUnixTimeMilliseconds())
        {
            return null;
        }

        return DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
    }

    private static bool IsPlausible(DateTimeOffset time) => time >= Earliest && time <= Latest;

    // As the gateway writes it: UTC, with decimals.
    private static bool TryParseUsual(ReadOnlySpan<byte> text, out DateTimeOffset time)
    {
        time = default;
        if (text.Length < SecondsLength + 3 || text[4] != '-' || text[7] != '-' || text[10] != 'T' || text[13] != ':' || text[16] != ':'
            || text[SecondsLength] != '.' || text[^1] != 'Z' || text[(SecondsLength + 1)..^1].ContainsAnyExceptInRange((byte)'0', (byte)'9'))
        {
            return false;
        }

        var (year, month, day) = (Number(text[..4]), Number(text[5..7]), Number(text[8..10]));
        var (hour, minute, second) = (Number(text[11..13]), Number(text[14..16]), Number(text[17..19]));
        if (year < Earliest.Year || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month)
            || hour is < 0 or > 23 || minute is < 0 or > 59 || second is < 0 or > 59)
        {
            return false;
        }

        time = new DateTimeOffset(year, month, day, hour, minute, second, TimeSpan.Zero).AddTicks(Ticks(text[(SecondsLength + 1)..^1]));
        return true;
    }

    // What is below a tick is cut.
    private static long Ticks(ReadOnlySpan<byte> decimals)
    {
        var ticks = Number(decimals[..Math.Min(decimals.Length, TicksDigits)]);
        for (var missing = decimals.Length; missing < TicksDigits; missing++)
        {
            ticks *= 10;
        }

        return ticks;
    }

    // Negative: it is none.
    private static int Number(ReadOnlySpan<byte> digits)
    {
        var number = 0;
        foreach (var digit in digits)
        {
            if (!char.IsAsciiDigit((char)digit))
            {
                return -1;
            }

            number = (number * 10) + (digit - '0');
        }

        return number;
    }

    private static string Cut(string text)
    {
        var dot = text.IndexOf('.', StringComparison.Ordinal);
        if (dot < 0)
        {
            return text;
        }

        var end = dot + 1;
        while (end < text.Length && char.IsAsciiDigit(text[end]))
        {
            end++;
        }

        return end - dot - 1 <= TicksDigits ? text : text[..(dot + 1 + TicksDigits)] + text[end..];
    }
}
