using System.Buffers;
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
    private const int UsualLengthMax = 40;

    // Before the gateway existed, or beyond any clock's drift, a time is an accident and would name an absurd period.
    private static readonly DateTimeOffset Earliest = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Latest = new(2100, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly string[] Formats = ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];

    /// <summary>
    /// The same of a text's bytes, which has no escapes.
    /// </summary>
    public static DateTimeOffset? Parse(ReadOnlySpan<byte> utf8)
    {
        Span<char> text = stackalloc char[UsualLengthMax];
        return Ascii.ToUtf16(utf8[..Math.Min(utf8.Length, UsualLengthMax)], text, out var length) == OperationStatus.Done
            && length == utf8.Length && TryParseUsual(text[..length], out var time)
                ? IsPlausible(time) ? time : null
                : Parse(Encoding.UTF8.GetString(utf8));
    }

    /// <summary>
    /// RFC 3339, with as many decimals as it likes: what is below a tick is cut. Null: it is not a usable time.
    /// </summary>
    public static DateTimeOffset? Parse(string? text)
    {
        const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        return text is not null
            && (TryParseUsual(text, out var time)
                || DateTimeOffset.TryParseExact(Cut(text), Formats, CultureInfo.InvariantCulture, Utc, out time))
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

    // As the gateway writes it: UTC, with decimals. Filled up to seven of them it is a form that .NET reads without a pattern.
    private static bool TryParseUsual(ReadOnlySpan<char> text, out DateTimeOffset time)
    {
        time = default;
        var decimals = text.Length - SecondsLength - 2;
        if (decimals < 1 || text[SecondsLength] != '.' || text[^1] != 'Z' || text.Slice(SecondsLength + 1, decimals).ContainsAnyExceptInRange('0', '9'))
        {
            return false;
        }

        Span<char> filled = stackalloc char[SecondsLength + 1 + TicksDigits + 1];
        filled.Fill('0');
        text[..(SecondsLength + 1 + Math.Min(decimals, TicksDigits))].CopyTo(filled);
        filled[^1] = 'Z';
        return DateTimeOffset.TryParseExact(filled, "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out time);
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
