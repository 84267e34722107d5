using System.Globalization;

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

    // Before the gateway existed, or beyond any clock's drift, a time is an accident and would name an absurd period.
    private static readonly DateTimeOffset Earliest = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Latest = new(2100, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly string[] Formats = ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];

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
